-- history:
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);

-- case: a new table that points to an old one
-- expect: MR212
CREATE TABLE invoices (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers);

-- case: as a clause of its own
-- expect: MR212
CREATE TABLE invoices (customer_id bigint, FOREIGN KEY (customer_id) REFERENCES customers);

-- case: a new column
-- expect: MR212
ALTER TABLE orders ADD COLUMN buyer_id bigint REFERENCES customers;

-- case: NOT VALID locks as well
-- expect: MR212
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;

-- case: one that reads rows is another rule's
-- expect: MR205
ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers;

-- case: both are new
CREATE TABLE fresh (id bigint PRIMARY KEY);
CREATE TABLE fresher (fresh_id bigint REFERENCES fresh);

-- case: a table that points to itself
CREATE TABLE tree (id bigint PRIMARY KEY, parent_id bigint REFERENCES tree);

-- case: the other table is locked already
LOCK TABLE customers IN ACCESS EXCLUSIVE MODE;
CREATE TABLE invoices (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers);
