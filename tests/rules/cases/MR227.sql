-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
CREATE TABLE customers (id bigint PRIMARY KEY);

-- case: filled behind ADD COLUMN
ALTER TABLE orders ADD COLUMN x int;
-- expect: MR227
UPDATE orders SET x = 1;

-- case: another table is locked
ALTER TABLE customers ADD COLUMN x int;
-- expect: MR227
UPDATE orders SET note = '' WHERE note IS NULL;

-- case: in a migration of its own
ALTER TABLE orders ADD COLUMN x int;
-- file:
UPDATE orders SET x = 1 WHERE x IS NULL;

-- case: without a transaction
-- migrail: transaction=off
ALTER TABLE orders ADD COLUMN x int;
UPDATE orders SET x = 1 WHERE x IS NULL;

-- case: rows of a new table
ALTER TABLE orders ADD COLUMN x int;
CREATE TABLE fresh (id bigint);
UPDATE fresh SET id = 1;

-- case: no lock before
UPDATE orders SET note = '' WHERE note IS NULL;
ALTER TABLE orders ADD COLUMN x int;

-- case: a weak lock before
COMMENT ON TABLE orders IS 'x';
UPDATE orders SET note = '' WHERE note IS NULL;
