-- history:
CREATE TABLE customers (id bigint PRIMARY KEY, name text);
CREATE TABLE orders (id bigint PRIMARY KEY, note text, customer_id bigint);

-- case: a new column makes a name ambiguous
-- query:
SELECT orders.id, note FROM orders JOIN customers ON customers.id = customer_id;
-- file:
-- expect: MR150
ALTER TABLE customers ADD COLUMN note text;

-- case: the query says which one it means
-- query:
SELECT o.id, o.note FROM orders AS o JOIN customers AS c ON c.id = o.customer_id;
-- file:
ALTER TABLE customers ADD COLUMN note text;

-- case: another rule speaks about the statement
-- query:
SELECT note FROM orders;
-- file:
-- expect: MR102
ALTER TABLE orders DROP COLUMN note;

-- case: no query at all
ALTER TABLE customers ADD COLUMN note text;
