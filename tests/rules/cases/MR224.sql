-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE products (id bigint PRIMARY KEY);
CREATE TABLE events (id bigint) PARTITION BY RANGE (id);
CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (10);

-- case: two tables
ALTER TABLE orders ADD COLUMN x int;
-- expect: MR224
ALTER TABLE customers ADD COLUMN x int;

-- case: the third is not named again
ALTER TABLE orders ADD COLUMN x int;
-- expect: MR224
ALTER TABLE customers ADD COLUMN x int;
ALTER TABLE products ADD COLUMN x int;

-- case: one table twice
ALTER TABLE orders ADD COLUMN x int;
ALTER TABLE orders ADD COLUMN y int;

-- case: without a transaction
-- migrail: transaction=off
ALTER TABLE orders ADD COLUMN x int;
ALTER TABLE customers ADD COLUMN x int;

-- case: transactions of the file's own
-- expect: MR404
BEGIN;
ALTER TABLE orders ADD COLUMN x int;
-- expect: MR404
COMMIT;
-- expect: MR404
BEGIN;
ALTER TABLE customers ADD COLUMN x int;
-- expect: MR404
COMMIT;

-- case: one statement that locks both
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;

-- case: partitions are one table
ALTER TABLE events ADD COLUMN x int;
ALTER TABLE events_1 ALTER x SET DEFAULT 1;

-- case: a new table
ALTER TABLE orders ADD COLUMN x int;
CREATE TABLE fresh (id bigint);
ALTER TABLE fresh ADD COLUMN x int;

-- case: weak locks
ALTER TABLE orders ADD COLUMN x int;
COMMENT ON TABLE customers IS 'x';
