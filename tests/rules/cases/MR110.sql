-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text NOT NULL, total integer);

-- case: a column that was NOT NULL
-- expect: MR110
ALTER TABLE orders ALTER COLUMN note DROP NOT NULL;

-- case: one that was not
ALTER TABLE orders ALTER total DROP NOT NULL;

-- case: a table that no migration shows
-- history:
ALTER TABLE elsewhere ADD COLUMN x integer;
-- file:
-- expect: MR110
ALTER TABLE elsewhere ALTER COLUMN note DROP NOT NULL;

-- case: a column of this change
ALTER TABLE orders ADD COLUMN x integer NOT NULL DEFAULT 0;
ALTER TABLE orders ALTER COLUMN x DROP NOT NULL;
