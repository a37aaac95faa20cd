-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, total integer);
CREATE TABLE customers (id bigint PRIMARY KEY);

-- case: an index of another table behind ADD COLUMN
ALTER TABLE orders ADD COLUMN x int;
-- expect: MR223, MR201
CREATE INDEX i ON customers (id);

-- case: an index of the same table keeps reads out as well
ALTER TABLE orders ADD COLUMN x int;
-- expect: MR223, MR201
CREATE INDEX i ON orders (x);

-- case: the other order
-- expect: MR201
CREATE INDEX i ON customers (id);
ALTER TABLE orders ADD COLUMN x int;

-- case: work that holds the same lock itself
ALTER TABLE orders ADD COLUMN x int;
-- expect: MR206
ALTER TABLE orders ADD CHECK (total > 0);

-- case: a sample is no long work
ALTER TABLE orders ADD COLUMN x int;
ANALYZE customers;

-- case: without a transaction
-- migrail: transaction=off
ALTER TABLE orders ADD COLUMN x int;
-- expect: MR201
CREATE INDEX i ON customers (id);

-- case: the lock is on a new table
CREATE TABLE fresh (id bigint);
ALTER TABLE fresh ADD COLUMN x int;
-- expect: MR201
CREATE INDEX i ON customers (id);

-- case: one statement takes the lock and does the work
-- expect: MR205
ALTER TABLE orders ADD COLUMN x bigint DEFAULT 1 REFERENCES customers;

-- case: validating what an older migration added
-- history:
ALTER TABLE customers ADD CONSTRAINT c CHECK (id > 0) NOT VALID;
-- file:
ALTER TABLE orders ADD COLUMN x int;
-- expect: MR223
ALTER TABLE customers VALIDATE CONSTRAINT c;
