-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);

-- case: the plain form
-- expect: MR103
ALTER TABLE orders RENAME TO sales;

-- case: a view takes the old name in the same file
ALTER TABLE orders RENAME TO sales;
CREATE VIEW orders AS SELECT id, note FROM sales;

-- case: a view with the old name takes all columns
ALTER TABLE orders RENAME TO sales;
CREATE VIEW orders AS SELECT * FROM sales;

-- case: a view with the old name lacks a column
ALTER TABLE orders RENAME TO sales;
-- expect: MR103
CREATE VIEW orders AS SELECT id FROM sales;

-- case: a view with the old name calls a column otherwise
ALTER TABLE orders RENAME TO sales;
-- expect: MR103
CREATE VIEW orders (id, remark) AS SELECT id, note FROM sales;

-- case: a column is renamed with the table and has its old name in the view
ALTER TABLE orders RENAME TO sales;
-- expect: MR104
ALTER TABLE sales RENAME COLUMN note TO remark;
CREATE VIEW orders AS SELECT id, remark AS note FROM sales;

-- case: what the view has cannot be told
ALTER TABLE orders RENAME TO sales;
CREATE VIEW orders AS SELECT * FROM sales JOIN (SELECT 1 AS one) AS other ON true;

-- case: a table of the same change
CREATE TABLE fresh (id bigint PRIMARY KEY);
ALTER TABLE fresh RENAME TO ripe;

-- case: IF EXISTS of a table that is there
-- expect: MR103
ALTER TABLE IF EXISTS orders RENAME TO sales;
