-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text, total integer);
CREATE VIEW noted AS SELECT id, note FROM orders;

-- case: something new and something gone
ALTER TABLE orders ADD COLUMN remark text;
-- expect: MR504, MR102
ALTER TABLE orders DROP COLUMN total;

-- case: in one statement
-- expect: MR504, MR102
ALTER TABLE orders ADD COLUMN remark text, DROP COLUMN total;

-- case: an index is nothing that a version needs
-- expect: MR201
CREATE INDEX orders_total ON orders (total);
-- expect: MR102
ALTER TABLE orders DROP COLUMN total;

-- case: only what is gone
-- expect: MR102
ALTER TABLE orders DROP COLUMN total;

-- case: new in one file and gone in the next
ALTER TABLE orders ADD COLUMN remark text;
-- file:
-- expect: MR102
ALTER TABLE orders DROP COLUMN total;

-- case: a view that is made again with all its columns
ALTER TABLE orders ADD COLUMN remark text;
DROP VIEW noted;
CREATE VIEW noted AS SELECT id, note, remark FROM orders;

-- case: a view that is made again with a column less
ALTER TABLE orders ADD COLUMN remark text;
DROP VIEW noted;
-- expect: MR504, MR105
CREATE VIEW noted AS SELECT id FROM orders;

-- case: a type that is made and renamed
CREATE TYPE mood AS ENUM ('good');
ALTER TYPE mood RENAME TO temper;
