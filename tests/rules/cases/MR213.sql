-- history:
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint CONSTRAINT k REFERENCES customers, total integer CONSTRAINT c CHECK (total > 0));

-- case: the constraint
-- expect: MR213
ALTER TABLE orders DROP CONSTRAINT k;

-- case: the column
-- expect: MR213, MR102
ALTER TABLE orders DROP COLUMN customer_id;

-- case: the table
-- expect: MR213, MR101
DROP TABLE orders;

-- case: a check
ALTER TABLE orders DROP CONSTRAINT c;

-- case: a column without a key
-- expect: MR102
ALTER TABLE orders DROP COLUMN total;

-- case: a table that came with the change
-- expect: MR212
CREATE TABLE fresh (customer_id bigint REFERENCES customers);
-- file:
-- expect: MR213
DROP TABLE fresh;
