-- history:
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, note text, total integer, customer_id bigint);
CREATE INDEX orders_customer ON orders (customer_id);

-- case: a unique index
-- migrail: transaction=off
-- expect: MR113
CREATE UNIQUE INDEX CONCURRENTLY i ON orders (note);

-- case: a unique index of a condition
-- migrail: transaction=off
-- expect: MR113
CREATE UNIQUE INDEX CONCURRENTLY i ON orders (note) WHERE total > 0;

-- case: SET NOT NULL
-- expect: MR113, MR202
ALTER TABLE orders ALTER note SET NOT NULL;

-- case: SET NOT NULL behind a check that says so
-- history:
ALTER TABLE orders ADD CONSTRAINT c CHECK (note IS NOT NULL);
-- file:
ALTER TABLE orders ALTER note SET NOT NULL;

-- case: a check and a foreign key
-- expect: MR113, MR206
ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0);
-- expect: MR113, MR205
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (customer_id) REFERENCES customers;

-- case: NOT VALID
ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0) NOT VALID;

-- case: over columns of this change
ALTER TABLE orders ADD COLUMN x integer;
-- expect: MR206
ALTER TABLE orders ADD CONSTRAINT c CHECK (x > 0);

-- case: an index that is not unique
-- migrail: transaction=off
CREATE INDEX CONCURRENTLY i ON orders (note);
