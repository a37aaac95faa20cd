-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);

-- case: the plain form
-- expect: MR104
ALTER TABLE orders RENAME COLUMN note TO remark;

-- case: without the word COLUMN
-- expect: MR104
ALTER TABLE orders RENAME note TO remark;

-- case: a new table
CREATE TABLE fresh (id bigint, x integer);
ALTER TABLE fresh RENAME COLUMN x TO y;

-- case: a constraint is no column
ALTER TABLE orders RENAME CONSTRAINT orders_pkey TO orders_key;

-- case: a column of the same change, and what becomes of it
ALTER TABLE orders ADD COLUMN x integer;
ALTER TABLE orders RENAME COLUMN x TO y;
ALTER TABLE orders DROP COLUMN y;

-- case: an old column under the name of a new one
-- expect: MR104
ALTER TABLE orders RENAME COLUMN note TO y;
-- expect: MR102
ALTER TABLE orders DROP COLUMN y;
