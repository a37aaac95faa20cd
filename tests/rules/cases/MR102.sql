-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text, total integer);

-- case: one of several actions
-- expect: MR102
ALTER TABLE orders ALTER COLUMN total SET DEFAULT 0, DROP COLUMN note;

-- case: a column that the same change adds is dropped again
ALTER TABLE orders ADD COLUMN x integer;
ALTER TABLE orders DROP COLUMN x;

-- case: IF EXISTS of a column that no migration made
ALTER TABLE orders DROP COLUMN IF EXISTS never_made;

-- case: a new table
CREATE TABLE fresh (id bigint, x integer);
ALTER TABLE fresh DROP COLUMN x;
