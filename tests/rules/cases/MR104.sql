-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);

-- case: the plain form
-- expect: MR104
ALTER TABLE orders RENAME COLUMN note TO remark;

-- case: without the word COLUMN
-- expect: MR104
ALTER TABLE orders RENAME note TO remark;

-- case: a column that the same change adds
ALTER TABLE orders ADD COLUMN x integer;
-- expect: MR104
ALTER TABLE orders RENAME COLUMN x TO y;

-- case: a new table
CREATE TABLE fresh (id bigint, x integer);
ALTER TABLE fresh RENAME COLUMN x TO y;

-- case: a constraint is no column
ALTER TABLE orders RENAME CONSTRAINT orders_pkey TO orders_key;
