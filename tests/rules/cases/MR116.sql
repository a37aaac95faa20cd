-- history:
CREATE TABLE customers (id bigint PRIMARY KEY, email text CONSTRAINT customers_email UNIQUE);
CREATE TABLE orders (id bigint PRIMARY KEY, total integer, note text NOT NULL, customer_id bigint);
ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0);
ALTER TABLE orders ADD CONSTRAINT noted CHECK (note IS NOT NULL);
ALTER TABLE orders ADD CONSTRAINT owned FOREIGN KEY (customer_id) REFERENCES customers;

-- case: a unique key
-- expect: MR116
ALTER TABLE customers DROP CONSTRAINT customers_email;

-- case: a unique key that comes back as an index
ALTER TABLE customers DROP CONSTRAINT customers_email;
-- expect: MR201
CREATE UNIQUE INDEX customers_email ON customers (email);

-- case: a check
-- expect: MR116
ALTER TABLE orders DROP CONSTRAINT positive;

-- case: a check that comes back in the same statement
ALTER TABLE orders DROP CONSTRAINT positive, ADD CONSTRAINT positive CHECK (total >= 0) NOT VALID;

-- case: a check that NOT NULL says again
ALTER TABLE orders DROP CONSTRAINT noted;

-- case: a foreign key
-- expect: MR116
ALTER TABLE orders DROP CONSTRAINT owned;

-- case: one that no migration made, with IF EXISTS
ALTER TABLE orders DROP CONSTRAINT IF EXISTS never_made;
