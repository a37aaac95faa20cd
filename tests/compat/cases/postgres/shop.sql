-- history
CREATE TABLE customers (
    id integer PRIMARY KEY, email text NOT NULL UNIQUE, name varchar(20), phone text, age integer,
    active boolean NOT NULL DEFAULT true, created timestamptz NOT NULL DEFAULT now(), "Nick" text);
CREATE TABLE orders (
    id serial PRIMARY KEY, customer integer NOT NULL REFERENCES customers (id), total numeric(8,2) NOT NULL DEFAULT 0,
    state text NOT NULL DEFAULT 'new', note text, placed date);
CREATE TABLE items (order_id integer NOT NULL REFERENCES orders (id), line integer NOT NULL, sku text, qty integer,
    PRIMARY KEY (order_id, line));
CREATE TABLE archive (id integer, customer integer, total numeric(8,2), state text, note text, placed date);
CREATE UNIQUE INDEX orders_note ON orders (note) WHERE state = 'open';
CREATE UNIQUE INDEX customers_lower ON customers (lower(name));
CREATE VIEW live AS SELECT id, customer, total FROM orders WHERE state <> 'gone';
CREATE VIEW live_totals AS SELECT customer, sum(total) AS total FROM live GROUP BY customer;
INSERT INTO customers (id, email, name, phone, age) VALUES (1, 'a@x', 'ann', '123', 30), (2, 'b@x', 'bob', NULL, NULL);
INSERT INTO orders (customer, total, state, note) VALUES (1, 5, 'open', 'x'), (2, 7, 'new', 'y');
INSERT INTO items VALUES (1, 1, 's', 2), (1, 2, 't', 1), (2, 1, 's', 5);
-- queries
SELECT phone FROM customers;
SELECT c.id FROM customers c WHERE c.phone = '1';
SELECT c.* FROM customers c;
SELECT id FROM customers ORDER BY phone NULLS LAST;
SELECT count(phone) FROM customers;
SELECT age, count(*) FROM customers GROUP BY age HAVING max(phone) > 'a';
SELECT id, row_number() OVER (PARTITION BY phone ORDER BY id) FROM customers;
SELECT id, sum(age) OVER w FROM customers WINDOW w AS (ORDER BY phone);
SELECT CASE WHEN phone IS NULL THEN 'none' ELSE phone END FROM customers;
SELECT coalesce(phone, email) AS contact FROM customers;
WITH p AS (SELECT id, phone FROM customers) SELECT p.phone FROM p;
WITH p AS (SELECT * FROM customers) SELECT p.phone FROM p;
SELECT x.phone FROM (SELECT * FROM customers) x;
SELECT o.id FROM orders o WHERE EXISTS (SELECT 1 FROM customers c WHERE c.id = o.customer AND c.phone = '1');
SELECT o.id, l.phone FROM orders o CROSS JOIN LATERAL (SELECT c.phone FROM customers c WHERE c.id = o.customer) l;
SELECT id FROM customers WHERE id IN (SELECT customer FROM orders WHERE total > 3);
SELECT c.name, o.total FROM customers c JOIN orders o ON o.customer = c.id;
SELECT name, total FROM customers JOIN orders ON customers.id = customer;
SELECT name, total, qty FROM customers c JOIN orders o ON o.customer = c.id LEFT JOIN items i ON i.order_id = o.id;
SELECT o.id, o.state FROM orders o LEFT JOIN items i ON i.order_id = o.id GROUP BY o.id;
SELECT c.id, c.email, count(*) FROM customers c JOIN orders o ON o.customer = c.id GROUP BY c.id;
SELECT state, sum(total) FROM orders GROUP BY state ORDER BY 2 DESC;
SELECT DISTINCT state FROM orders;
SELECT DISTINCT ON (customer) customer, total FROM orders ORDER BY customer, placed DESC;
SELECT * FROM orders UNION ALL SELECT * FROM archive;
SELECT id, state FROM orders EXCEPT SELECT id, state FROM archive;
SELECT "Nick" FROM customers;
SELECT customers FROM customers;
SELECT row_to_json(c) FROM customers c;
SELECT (c).phone FROM customers c;
SELECT ctid, xmin FROM orders;
SELECT total * 2, total + age FROM orders, customers;
SELECT upper(name) || '!' FROM customers;
SELECT length(email), substring(email from 1 for 2) FROM customers;
SELECT date_trunc('day', created), extract(year from created) FROM customers;
SELECT created + interval '1 day' FROM customers;
SELECT id FROM customers WHERE age = 30;
SELECT id FROM customers WHERE age = '30';
SELECT id FROM customers WHERE age BETWEEN 18 AND 99;
SELECT id FROM customers WHERE age IN (30, 31);
SELECT id FROM customers WHERE age = ANY (ARRAY[30, 31]);
SELECT id FROM customers WHERE age = $1;                                        --: 30
SELECT id FROM customers WHERE age > $1 AND active;                             --: 30
SELECT sum(age), avg(age) FROM customers;
SELECT id FROM customers WHERE phone LIKE '1%';
SELECT id FROM customers WHERE phone ~ '^1';
SELECT id FROM customers WHERE phone || 'x' = 'y';
SELECT id FROM customers WHERE active;
SELECT id FROM customers WHERE NOT active OR active IS NULL;
SELECT id FROM customers WHERE created > now() - interval '1 day';
SELECT id FROM customers WHERE created >= '2020-01-01';
SELECT id FROM orders WHERE placed = '2020-01-01' OR placed IS NULL;
SELECT id FROM orders WHERE state = 'open' AND total > 1.5;
SELECT id, state FROM orders WHERE state IN ('open', 'new') FOR UPDATE;
SELECT id FROM live WHERE total > 1;
SELECT * FROM live_totals;
SELECT t.customer FROM live_totals t JOIN customers c ON c.id = t.customer;
SELECT nextval('orders_id_seq');
SELECT max(id) FROM orders WHERE customer = $1;                                 --: 1
INSERT INTO customers (id, email) VALUES (9, 'z@x');
INSERT INTO customers (id, email, name, phone, age) VALUES ($1, $2, $3, $4, $5);  --: 9, 'z@x', 'zoe', '1', 5
INSERT INTO customers (id, email, name, age) VALUES (9, 'z@x', NULL, NULL);
INSERT INTO customers VALUES (9, 'z@x', 'zoe', '1', 30);
INSERT INTO customers (id, email, active) VALUES (9, 'z@x', DEFAULT);
INSERT INTO customers (id, email, age) VALUES (9, 'z@x', -5);
INSERT INTO customers (id, email, name) VALUES (9, 'z@x', 'a name of 18 chars') RETURNING id, phone;
INSERT INTO orders (customer) VALUES (1);
INSERT INTO orders (customer, total, state) VALUES (1, 9.99, 'weird');
INSERT INTO orders (customer, total) VALUES (1, 12345.5);
INSERT INTO orders (customer, state) VALUES (1, 'open') RETURNING *;
INSERT INTO orders (id, customer) VALUES (77, 1);
INSERT INTO orders (customer, note) SELECT id, phone FROM customers;
INSERT INTO archive SELECT * FROM orders;
INSERT INTO archive (id, customer) SELECT id, customer FROM orders;
INSERT INTO archive VALUES (1, 1, 1, 'x', 'y', now());
INSERT INTO customers (id, email) VALUES (1, 'a@x') ON CONFLICT (id) DO NOTHING;
INSERT INTO customers (id, email) VALUES (1, 'a@x') ON CONFLICT (id) DO UPDATE SET phone = excluded.email;
INSERT INTO customers (id, email) VALUES (3, 'a@x') ON CONFLICT (email) DO UPDATE SET name = excluded.name;
INSERT INTO customers (id, email) VALUES (3, 'a@x') ON CONFLICT ON CONSTRAINT customers_email_key DO NOTHING;
INSERT INTO customers (id, email, name) VALUES (3, 'q@x', 'ann') ON CONFLICT (lower(name)) DO NOTHING;
INSERT INTO customers (id, email) VALUES (1, 'a@x') ON CONFLICT DO NOTHING;
INSERT INTO orders (customer, note, state) VALUES (1, 'x', 'open') ON CONFLICT (note) WHERE state = 'open' DO NOTHING;
INSERT INTO items VALUES (1, 1, 'u', 1) ON CONFLICT (order_id, line) DO UPDATE SET qty = items.qty + excluded.qty;
INSERT INTO items (order_id, line) VALUES (2, 9);
INSERT INTO live (customer, total) VALUES (1, 3);
UPDATE customers SET phone = '5' WHERE id = 1;
UPDATE customers SET age = age + 1;
UPDATE customers SET name = NULL WHERE id = 2;
UPDATE customers SET age = -1 WHERE id = 1;
UPDATE customers SET name = $1, phone = $2 WHERE id = $3;                       --: 'x', 'y', 1
UPDATE customers SET (name, phone) = ('x', 'y') WHERE id = 1;
UPDATE customers SET (name, phone) = (SELECT o.note, o.state FROM orders o WHERE o.id = 1) WHERE id = 1;
UPDATE orders SET total = 0 FROM customers c WHERE c.id = customer AND c.phone = '123';
UPDATE orders o SET note = c.email FROM customers c WHERE c.id = o.customer RETURNING o.id, c.phone;
UPDATE orders SET state = 'closed' WHERE id = 1;
UPDATE orders SET total = 123456 WHERE id = 1;
UPDATE orders SET total = DEFAULT;
UPDATE live SET total = 1;
DELETE FROM items WHERE order_id = 1;
DELETE FROM items USING orders o WHERE o.id = order_id AND o.note = 'x';
DELETE FROM orders WHERE id = 5;
DELETE FROM items WHERE qty > 1 RETURNING sku;
WITH gone AS (DELETE FROM items RETURNING order_id, sku) SELECT g.sku, o.note FROM gone g JOIN orders o ON o.id = g.order_id;
MERGE INTO orders o USING customers c ON o.customer = c.id WHEN MATCHED THEN UPDATE SET note = c.phone WHEN NOT MATCHED THEN INSERT (customer) VALUES (c.id);
WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT i, c.name FROM n JOIN customers c ON c.id = n.i;
SELECT o.id, array_agg(i.sku ORDER BY i.line), string_agg(i.sku, ',') FROM orders o JOIN items i ON i.order_id = o.id GROUP BY o.id;
SELECT * FROM orders NATURAL JOIN archive;
SELECT id, o.total FROM orders o JOIN archive a USING (id);
TABLE items;
VALUES (1, 'a');
-- change: drop a column
ALTER TABLE customers DROP COLUMN phone;
-- change: rename a column
ALTER TABLE customers RENAME COLUMN phone TO tel;
-- change: rename a column of a view's table
ALTER TABLE orders RENAME COLUMN total TO amount;
-- change: drop a quoted column
ALTER TABLE customers DROP COLUMN "Nick";
-- change: rename a quoted column to lower case
ALTER TABLE customers RENAME COLUMN "Nick" TO nick;
-- change: drop a table with its views
DROP TABLE items;
-- change: drop a table with all that hangs on it
DROP TABLE orders CASCADE;
-- change: rename a table
ALTER TABLE customers RENAME TO clients;
-- change: rename a table, and a view takes the old name
ALTER TABLE customers RENAME TO clients;
CREATE VIEW customers AS SELECT * FROM clients;
-- change: rename a table, and a view with fewer columns takes the old name
ALTER TABLE customers RENAME TO clients;
CREATE VIEW customers AS SELECT id, email, name, active FROM clients;
-- change: rename a table, and a view with computed columns takes the old name
ALTER TABLE customers RENAME TO clients;
CREATE VIEW customers AS SELECT id, email, upper(name) AS name, phone, age, active, created, "Nick" FROM clients;
-- change: rename a table, and a view with a join takes the old name
ALTER TABLE orders RENAME TO sales;
CREATE VIEW orders AS SELECT s.* FROM sales s JOIN customers c ON c.id = s.customer;
-- change: move a table to another schema
CREATE SCHEMA shop;
ALTER TABLE orders SET SCHEMA shop;
-- change: drop a view
DROP VIEW live_totals;
-- change: drop a view and those on it
DROP VIEW live CASCADE;
-- change: replace a view by one with a further column
CREATE OR REPLACE VIEW live AS SELECT id, customer, total, note FROM orders;
-- change: replace a view by one of a query that cannot be written
CREATE OR REPLACE VIEW live AS SELECT DISTINCT id, customer, total FROM orders;
-- change: rename a view
ALTER VIEW live RENAME TO alive;
-- change: rename a view's column
ALTER VIEW live RENAME COLUMN total TO amount;
-- change: a new column makes a bare name ambiguous
ALTER TABLE orders ADD COLUMN name text;
-- change: a new column makes another bare name ambiguous
ALTER TABLE items ADD COLUMN total integer;
-- change: a new column of one side of a union
ALTER TABLE orders ADD COLUMN extra text;
-- change: a new column of the target of INSERT SELECT star
ALTER TABLE archive ADD COLUMN extra text;
-- change: drop a column in the middle
ALTER TABLE archive DROP COLUMN state;
-- change: a new required column
ALTER TABLE customers ADD COLUMN tenant integer NOT NULL DEFAULT 1;
ALTER TABLE customers ALTER COLUMN tenant DROP DEFAULT;
-- change: a new required column with a default
ALTER TABLE customers ADD COLUMN tenant integer NOT NULL DEFAULT 1;
-- change: a default is dropped
ALTER TABLE customers ALTER COLUMN active DROP DEFAULT;
-- change: a serial loses its default
ALTER TABLE orders ALTER COLUMN id DROP DEFAULT;
-- change: NOT NULL without a default
UPDATE orders SET note = 'n' || id;
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
-- change: NOT NULL with a default
UPDATE customers SET age = 0 WHERE age IS NULL;
ALTER TABLE customers ALTER COLUMN age SET DEFAULT 0, ALTER COLUMN age SET NOT NULL;
-- change: NOT NULL is dropped
ALTER TABLE orders ALTER COLUMN state DROP NOT NULL;
-- change: integer becomes text
ALTER TABLE customers ALTER COLUMN age TYPE text;
-- change: integer becomes bigint
ALTER TABLE customers ALTER COLUMN age TYPE bigint;
-- change: integer becomes smallint
ALTER TABLE customers ALTER COLUMN age TYPE smallint;
-- change: integer becomes boolean
ALTER TABLE customers ALTER COLUMN age TYPE boolean USING age > 0;
-- change: integer becomes numeric
ALTER TABLE customers ALTER COLUMN age TYPE numeric(5,1);
-- change: integer becomes an array
ALTER TABLE customers ALTER COLUMN age TYPE integer[] USING ARRAY[age];
-- change: text becomes integer
ALTER TABLE customers ALTER COLUMN phone TYPE integer USING phone::integer;
-- change: text becomes jsonb
ALTER TABLE customers ALTER COLUMN phone TYPE jsonb USING to_jsonb(phone);
-- change: text becomes an enum
DROP VIEW live CASCADE;
DROP INDEX orders_note;
CREATE TYPE order_state AS ENUM ('new', 'open', 'closed');
ALTER TABLE orders ALTER COLUMN state DROP DEFAULT;
ALTER TABLE orders ALTER COLUMN state TYPE order_state USING state::order_state;
ALTER TABLE orders ALTER COLUMN state SET DEFAULT 'new';
-- change: boolean becomes integer
ALTER TABLE customers ALTER COLUMN active DROP DEFAULT;
ALTER TABLE customers ALTER COLUMN active TYPE integer USING active::integer;
ALTER TABLE customers ALTER COLUMN active SET DEFAULT 1;
-- change: timestamptz becomes date
ALTER TABLE customers ALTER COLUMN created TYPE date;
-- change: timestamptz becomes text
ALTER TABLE customers ALTER COLUMN created TYPE text;
-- change: timestamptz becomes a number
ALTER TABLE customers ALTER COLUMN created DROP DEFAULT;
ALTER TABLE customers ALTER COLUMN created TYPE bigint USING extract(epoch FROM created)::bigint;
ALTER TABLE customers ALTER COLUMN created SET DEFAULT 0;
-- change: varchar gets shorter
ALTER TABLE customers ALTER COLUMN name TYPE varchar(10);
-- change: varchar becomes text
ALTER TABLE customers ALTER COLUMN name TYPE text;
-- change: numeric gets fewer digits
DROP VIEW live CASCADE;
ALTER TABLE orders ALTER COLUMN total TYPE numeric(6,2);
-- change: date becomes text
ALTER TABLE orders ALTER COLUMN placed TYPE text;
-- change: a new check on a number
ALTER TABLE customers ADD CONSTRAINT grown CHECK (age >= 0);
-- change: a new check on a list of texts
ALTER TABLE orders ADD CONSTRAINT known CHECK (state IN ('new', 'open', 'closed'));
-- change: a new check that is not validated
ALTER TABLE orders ADD CONSTRAINT known CHECK (state = ANY (ARRAY['new', 'open'])) NOT VALID;
-- change: a new check over two columns
ALTER TABLE customers ADD CHECK (phone IS NOT NULL OR age IS NULL) NOT VALID;
-- change: a unique constraint is dropped
ALTER TABLE customers DROP CONSTRAINT customers_email_key;
-- change: a unique constraint is renamed
ALTER TABLE customers RENAME CONSTRAINT customers_email_key TO unique_email;
-- change: a unique index becomes partial
ALTER TABLE customers DROP CONSTRAINT customers_email_key;
CREATE UNIQUE INDEX customers_email_key ON customers (email) WHERE active;
-- change: a unique constraint gets a further column
ALTER TABLE customers DROP CONSTRAINT customers_email_key, ADD CONSTRAINT customers_email_key UNIQUE (email, name);
-- change: a partial unique index loses its condition
DROP INDEX orders_note;
CREATE UNIQUE INDEX orders_note ON orders (note);
-- change: a partial unique index gets another condition
DROP INDEX orders_note;
CREATE UNIQUE INDEX orders_note ON orders (note) WHERE state = 'new';
-- change: an index on an expression is dropped
DROP INDEX customers_lower;
-- change: the primary key is dropped
ALTER TABLE items DROP CONSTRAINT items_pkey;
-- change: the primary key is dropped with those that refer to it
ALTER TABLE orders DROP CONSTRAINT orders_pkey CASCADE;
-- change: the primary key becomes another one
ALTER TABLE customers DROP CONSTRAINT customers_pkey CASCADE;
ALTER TABLE customers ADD PRIMARY KEY (email);
-- change: a new unique index
CREATE UNIQUE INDEX ON orders (customer);
-- change: a new foreign key
ALTER TABLE archive ADD FOREIGN KEY (customer) REFERENCES customers (id);
-- change: a serial becomes an identity that is always generated
ALTER TABLE orders ALTER COLUMN id DROP DEFAULT;
DROP SEQUENCE orders_id_seq;
ALTER TABLE orders ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (START WITH 50);
-- change: a column becomes generated
ALTER TABLE customers DROP COLUMN phone;
ALTER TABLE customers ADD COLUMN phone text GENERATED ALWAYS AS (email || '!') STORED;
-- change: a sequence is renamed
ALTER SEQUENCE orders_id_seq RENAME TO orders_numbers;
-- change: a trigger refuses everything
CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.missing := 1; RETURN NEW; END $$;
CREATE TRIGGER no BEFORE UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION no();
-- change: a column is added
ALTER TABLE customers ADD COLUMN hobby text;
-- change: an index is added
CREATE INDEX ON customers (age);
-- change: a column moves to the end
ALTER TABLE archive DROP COLUMN note;
ALTER TABLE archive ADD COLUMN note text;
-- change: the schema is renamed and made again
ALTER SCHEMA public RENAME TO old;
CREATE SCHEMA public;
-- change: a table of the same name comes in place
DROP TABLE archive;
CREATE TABLE archive (id bigint, customer bigint, total numeric, state text, note text, placed timestamptz);
-- change: a column is dropped and comes back with another type
ALTER TABLE customers DROP COLUMN age;
ALTER TABLE customers ADD COLUMN age text;
-- change: the type of a key changes
ALTER TABLE items DROP CONSTRAINT items_order_id_fkey;
ALTER TABLE items ALTER COLUMN order_id TYPE text;
