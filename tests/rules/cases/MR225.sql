-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text, total integer);

-- case: two scans
-- expect: MR202
ALTER TABLE orders ALTER note SET NOT NULL;
-- expect: MR225, MR206
ALTER TABLE orders ADD CHECK (total > 0);

-- case: a rewrite and a scan
-- expect: MR203
ALTER TABLE orders ALTER total TYPE bigint;
-- expect: MR225, MR202
ALTER TABLE orders ALTER note SET NOT NULL;

-- case: one statement
-- expect: MR202, MR206
ALTER TABLE orders ALTER note SET NOT NULL, ADD CHECK (total > 0);

-- case: nothing is read the first time
ALTER TABLE orders ADD COLUMN x int;
-- expect: MR202
ALTER TABLE orders ALTER note SET NOT NULL;

-- case: an index in between is another matter
-- expect: MR201
CREATE INDEX i ON orders (note);
-- expect: MR202
ALTER TABLE orders ALTER note SET NOT NULL;
