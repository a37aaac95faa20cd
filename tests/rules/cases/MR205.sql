-- history:
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);
CREATE TABLE events (id bigint, customer_id bigint) PARTITION BY RANGE (id);
CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (10);

-- case: a key that is compared at once
-- expect: MR205
ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers;

-- case: NOT VALID
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;

-- case: validated by a later file
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;
-- file:
ALTER TABLE orders VALIDATE CONSTRAINT k;

-- case: validated in the same transaction
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;
-- expect: MR205
ALTER TABLE orders VALIDATE CONSTRAINT k;

-- case: validated in the same file, without a transaction
-- migrail: transaction=off
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT k;

-- case: a new column that is NULL everywhere has nothing to compare
ALTER TABLE orders ADD COLUMN buyer_id bigint REFERENCES customers;

-- case: where a default is written, be it NULL, the server compares
-- expect: MR205
ALTER TABLE orders ADD COLUMN buyer_id bigint DEFAULT NULL REFERENCES customers;

-- case: a new column with a value
-- expect: MR205
ALTER TABLE orders ADD COLUMN buyer_id bigint DEFAULT 1 REFERENCES customers;

-- case: the column is there already
ALTER TABLE orders ADD COLUMN IF NOT EXISTS customer_id bigint DEFAULT 1 REFERENCES customers;

-- case: a new table
CREATE TABLE fresh (customer_id bigint);
ALTER TABLE fresh ADD FOREIGN KEY (customer_id) REFERENCES customers;

-- case: an old table that points to a new one still reads itself
CREATE TABLE fresh (id bigint PRIMARY KEY);
-- expect: MR205
ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES fresh;

-- case 15: a partitioned table
-- expect: MR205
ALTER TABLE events ADD FOREIGN KEY (customer_id) REFERENCES customers;
