-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);

-- case: the plain form
-- expect: MR103
ALTER TABLE orders RENAME TO sales;

-- case: a view takes the old name in the same file
ALTER TABLE orders RENAME TO sales;
CREATE VIEW orders AS SELECT id, note FROM sales;

-- case: a table of the same change
CREATE TABLE fresh (id bigint PRIMARY KEY);
ALTER TABLE fresh RENAME TO ripe;

-- case: IF EXISTS of a table that is there
-- expect: MR103
ALTER TABLE IF EXISTS orders RENAME TO sales;
