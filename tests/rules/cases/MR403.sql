-- history:
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE orders (id bigint PRIMARY KEY, note text DEFAULT 'good', number text, total integer, placed date);

-- case: a text becomes a number
-- expect: MR203, MR403
ALTER TABLE orders ALTER number TYPE integer;

-- case: USING says how
-- expect: MR203
ALTER TABLE orders ALTER number TYPE integer USING number::integer;

-- case: the default is not converted
-- expect: MR203, MR403
ALTER TABLE orders ALTER note TYPE mood USING note::mood;

-- case: the default goes before
ALTER TABLE orders ALTER note DROP DEFAULT;
-- expect: MR203
ALTER TABLE orders ALTER note TYPE mood USING note::mood;

-- case: the default goes in the same statement, wherever it is written
-- expect: MR203
ALTER TABLE orders ALTER note TYPE mood USING note::mood, ALTER note DROP DEFAULT;

-- case: what is assigned
-- expect: MR203
ALTER TABLE orders ALTER placed TYPE timestamptz;

-- case: a type that nothing is known of
-- expect: MR203
ALTER TABLE orders ALTER total TYPE app.weight;
