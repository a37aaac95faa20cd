-- history:
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, other_id bigint, third_id bigint);
CREATE INDEX orders_other ON orders (other_id) WHERE other_id IS NOT NULL;
CREATE INDEX orders_third ON orders (third_id) WHERE third_id > 5;

-- case: none
-- expect: MR507
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;

-- case: a partial one that leaves out NULLs
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (other_id) REFERENCES customers NOT VALID;

-- case: a partial one that leaves out more
-- expect: MR507
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (third_id) REFERENCES customers NOT VALID;

-- case: in a new table
-- expect: MR507
CREATE TABLE items (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers);

-- case: in a new table whose index comes in a later file
CREATE TABLE items (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers);
-- file:
CREATE INDEX ON items (customer_id, id);

-- case: the key of the table itself begins with it
CREATE TABLE items (customer_id bigint REFERENCES customers, line integer, PRIMARY KEY (customer_id, line));

-- case: a new column
-- expect: MR507
ALTER TABLE orders ADD COLUMN fourth_id bigint REFERENCES customers;
