-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
CREATE VIEW noted AS SELECT id FROM orders WHERE note IS NOT NULL;

-- case: with what depends on it
-- expect: MR101
DROP TABLE orders CASCADE;

-- case: two tables, one of them new
CREATE TABLE fresh (id bigint);
-- expect: MR101, MR405
DROP TABLE fresh, orders;

-- case: made anew, but empty
DROP VIEW noted;
-- expect: MR101
DROP TABLE orders;
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
CREATE VIEW noted AS SELECT id FROM orders WHERE note IS NOT NULL;

-- case: another table takes its name, without the rows
CREATE TABLE orders_new (id bigint PRIMARY KEY);
DROP VIEW noted;
-- expect: MR101
DROP TABLE orders;
ALTER TABLE orders_new RENAME TO orders;
CREATE VIEW noted AS SELECT id FROM orders;

-- case: another table takes its name and the rows
CREATE TABLE orders_new (id bigint PRIMARY KEY, note text);
INSERT INTO orders_new SELECT id, note FROM orders;
DROP VIEW noted;
DROP TABLE orders;
ALTER TABLE orders_new RENAME TO orders;
CREATE VIEW noted AS SELECT id FROM orders;

-- case: another table takes its name, perhaps with the rows
CREATE TABLE orders_new (id bigint PRIMARY KEY, note text);
CALL copy_orders();
DROP VIEW noted;
DROP TABLE orders;
ALTER TABLE orders_new RENAME TO orders;
CREATE VIEW noted AS SELECT id FROM orders;

-- case: temporary
CREATE TEMPORARY TABLE scratch (id bigint);
DROP TABLE scratch;

-- case: in a DO block
-- expect: MR101
DO $$ BEGIN DROP TABLE orders CASCADE; END $$;
