-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, placed timestamp, paid timestamptz);

-- case: without saying which
-- expect: MR606
ALTER TABLE orders ALTER placed TYPE timestamptz;

-- case: USING that says nothing
-- expect: MR606
ALTER TABLE orders ALTER placed TYPE timestamptz USING placed::timestamptz;

-- case: USING that does
-- expect: MR203
ALTER TABLE orders ALTER placed TYPE timestamptz USING placed AT TIME ZONE 'UTC';

-- case: the other way round
-- expect: MR305, MR606
ALTER TABLE orders ALTER paid TYPE timestamp;

-- case: a default that is read once
-- expect: MR606
ALTER TABLE orders ADD COLUMN sent timestamptz DEFAULT 'now';
-- expect: MR606
ALTER TABLE orders ALTER paid SET DEFAULT 'today'::timestamptz;

-- case: a default that is asked each time
ALTER TABLE orders ADD COLUMN sent timestamptz DEFAULT now();
ALTER TABLE orders ADD COLUMN state text DEFAULT 'now or never';
