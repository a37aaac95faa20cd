-- history:
CREATE TYPE mood AS ENUM ('good');
CREATE TABLE orders (id bigint PRIMARY KEY, note text, mood mood);
CREATE TABLE items (order_id bigint REFERENCES orders);
CREATE INDEX items_order ON items (order_id);
CREATE VIEW noted AS SELECT id, note FROM orders;

-- case: a column that a view uses
-- expect: MR102, MR303
ALTER TABLE orders DROP COLUMN note CASCADE;

-- case: nothing depends on it, which is a note
-- expect: MR101, MR303
DROP TABLE items CASCADE;

-- case: a table
-- expect: MR101, MR303
DROP TABLE orders CASCADE;

-- case: a type
-- expect: MR106, MR303
DROP TYPE mood CASCADE;

-- case: TRUNCATE
-- expect: MR303, MR304
TRUNCATE orders CASCADE;

-- case: without CASCADE
-- expect: MR101
DROP TABLE items;

-- case: what no migration made
DROP TABLE IF EXISTS never_made CASCADE;

-- case: new
CREATE TABLE fresh (id bigint);
DROP TABLE fresh CASCADE;
