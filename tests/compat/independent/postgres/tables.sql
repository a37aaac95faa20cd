-- case: a dropped table
-- history
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);
CREATE TABLE items (id bigint PRIMARY KEY, order_id bigint);
-- queries
-- breaks
SELECT id FROM items;
-- breaks
SELECT o.id FROM orders o LEFT JOIN items i ON i.order_id = o.id;
-- breaks
INSERT INTO items (id) VALUES (1);
-- breaks
DELETE FROM orders USING items WHERE items.order_id = orders.id;
-- breaks
UPDATE orders SET total = 0 FROM items WHERE items.order_id = orders.id;
-- breaks
DELETE FROM orders WHERE id NOT IN (SELECT order_id FROM items);
-- breaks
TRUNCATE items;
-- breaks
MERGE INTO orders o USING items i ON i.order_id = o.id WHEN MATCHED THEN DELETE;
-- breaks
SELECT NULL::items;
SELECT id FROM orders;
WITH items AS (SELECT 1 AS id) SELECT id FROM items;
SELECT items.id FROM orders AS items;
-- migration
DROP TABLE items;

-- case: a renamed table
-- history
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);
-- queries
-- breaks
SELECT id FROM orders;
-- breaks
SELECT id FROM public.orders;
-- breaks
SELECT orders.id FROM orders;
-- breaks
INSERT INTO orders (id, total) VALUES (1, 2);
-- breaks
UPDATE orders SET total = 1;
-- breaks
MERGE INTO orders o USING (SELECT 1 AS id) s ON s.id = o.id WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id);
WITH orders AS (SELECT 1 AS id) SELECT id FROM orders;
-- migration
ALTER TABLE orders RENAME TO purchases;

-- case: a view takes the old name of a table
-- history
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric NOT NULL DEFAULT 0);
-- queries
SELECT id, total FROM orders;
INSERT INTO orders (id, total) VALUES (1, 2);
UPDATE orders SET total = 3 WHERE id = 1;
DELETE FROM orders WHERE id = 1;
INSERT INTO orders (id) VALUES (4);
-- breaks
TRUNCATE orders;
-- migration
ALTER TABLE orders RENAME TO purchases;
CREATE VIEW orders AS SELECT id, total FROM purchases;

-- case: a view that cannot be written takes the old name
-- history
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);
-- queries
SELECT id, total FROM orders;
-- breaks
INSERT INTO orders (id, total) VALUES (1, 2);
-- breaks
UPDATE orders SET total = 3 WHERE id = 1;
-- breaks
DELETE FROM orders WHERE id = 1;
-- migration
ALTER TABLE orders RENAME TO purchases;
CREATE VIEW orders AS SELECT DISTINCT id, total FROM purchases;

-- case: a view with a computed column takes the old name
-- history
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric, state text);
-- queries
SELECT id, total, state FROM orders;
INSERT INTO orders (id, total) VALUES (1, 2);
-- breaks
INSERT INTO orders (id, state) VALUES (1, 'new');
-- breaks
UPDATE orders SET state = 'old';
UPDATE orders SET total = 0;
-- migration
ALTER TABLE orders RENAME TO purchases;
CREATE VIEW orders AS SELECT id, total, upper(state) AS state FROM purchases;

-- case: a view without one of the columns takes the old name
-- history
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric, state text);
-- queries
SELECT id FROM orders;
-- breaks
SELECT state FROM orders;
-- breaks
INSERT INTO orders (id, state) VALUES (1, 'x');
INSERT INTO orders (id, total) VALUES (1, 3);
-- migration
ALTER TABLE orders RENAME TO purchases;
CREATE VIEW orders AS SELECT id, total FROM purchases;

-- case: ON CONFLICT through a view of the old name
-- history
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);
-- queries
INSERT INTO orders (id, total) VALUES (1, 2) ON CONFLICT (id) DO NOTHING;
INSERT INTO orders (id, total) VALUES (1, 2) ON CONFLICT (id) DO UPDATE SET total = excluded.total;
-- migration
ALTER TABLE orders RENAME TO purchases;
CREATE VIEW orders AS SELECT id, total FROM purchases;

-- case: a table moves to another schema
-- history
CREATE SCHEMA archive;
CREATE TABLE orders (id bigint PRIMARY KEY);
-- queries
-- breaks
SELECT id FROM orders;
-- breaks
SELECT id FROM public.orders;
-- breaks
SELECT public.orders.id FROM public.orders;
-- migration
ALTER TABLE orders SET SCHEMA archive;

-- case: a schema is renamed
-- history
CREATE SCHEMA shop;
CREATE TABLE shop.orders (id bigint PRIMARY KEY);
CREATE FUNCTION shop.tax(n integer) RETURNS integer LANGUAGE sql AS 'SELECT n';
CREATE TYPE shop.state AS ENUM ('new', 'old');
-- queries
-- breaks
SELECT id FROM shop.orders;
-- breaks
SELECT shop.tax(1);
-- breaks
SELECT 'new'::shop.state;
SELECT 1 AS shop;
-- migration
ALTER SCHEMA shop RENAME TO store;

-- case: a schema is dropped with what is in it
-- history
CREATE SCHEMA shop;
CREATE TABLE shop.orders (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY);
-- queries
-- breaks
SELECT id FROM shop.orders;
SELECT id FROM orders;
SELECT id FROM public.orders;
-- migration
DROP SCHEMA shop CASCADE;

-- case: quoted names of tables
-- history
CREATE TABLE "Orders" (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY);
-- queries
-- breaks
SELECT id FROM "Orders";
SELECT id FROM Orders;
SELECT id FROM "orders";
-- migration
DROP TABLE "Orders";

-- case: a table is dropped and made anew with other columns
-- history
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric, note text);
-- queries
SELECT id, total FROM orders;
-- breaks
SELECT note FROM orders;
-- breaks
INSERT INTO orders (id, note) VALUES (1, 'x');
INSERT INTO orders (id, total) VALUES (1, 2);
-- migration
DROP TABLE orders;
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);

-- case: two tables swap their names
-- history
CREATE TABLE orders (id bigint PRIMARY KEY, old_total numeric);
CREATE TABLE orders_new (id bigint PRIMARY KEY, total numeric);
-- queries
SELECT id FROM orders;
-- breaks
SELECT old_total FROM orders;
-- breaks
SELECT id FROM orders_new;
-- migration
ALTER TABLE orders RENAME TO orders_old;
ALTER TABLE orders_new RENAME TO orders;

-- case: UPDATE, DELETE and MERGE with other tables lose a column
-- history
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric, customer bigint);
CREATE TABLE customers (id bigint PRIMARY KEY, name text, discount numeric);
-- queries
-- breaks
UPDATE orders o SET total = total * c.discount FROM customers c WHERE c.id = o.customer;
-- breaks
DELETE FROM orders o USING customers c WHERE c.id = o.customer AND c.discount = 1;
-- breaks
MERGE INTO orders o USING customers c ON c.id = o.customer WHEN MATCHED AND c.discount > 0 THEN UPDATE SET total = 0;
-- breaks
MERGE INTO customers c USING orders o ON c.id = o.customer WHEN MATCHED THEN UPDATE SET discount = 1;
-- breaks
MERGE INTO customers c USING orders o ON c.id = o.customer WHEN NOT MATCHED THEN INSERT (id, discount) VALUES (o.id, 1);
UPDATE orders o SET total = 0 FROM customers c WHERE c.id = o.customer AND c.name = 'x';
MERGE INTO orders o USING customers c ON c.id = o.customer WHEN MATCHED THEN UPDATE SET total = 0;
-- migration
ALTER TABLE customers DROP COLUMN discount;

-- case: partitions are detached and dropped
-- history
CREATE TABLE events (at date NOT NULL, what text) PARTITION BY RANGE (at);
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
-- queries
SELECT what FROM events;
SELECT what FROM events_2026;
-- breaks
SELECT what FROM events_2025;
-- breaks
INSERT INTO events (at, what) VALUES ('2025-06-01', 'x');
INSERT INTO events (at, what) VALUES ('2026-06-01', 'x');
-- migration
ALTER TABLE events DETACH PARTITION events_2025;
DROP TABLE events_2025;

-- case: a detached partition that stays
-- history
CREATE TABLE events (at date NOT NULL, what text) PARTITION BY RANGE (at);
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
-- queries
SELECT what FROM events_2025;
SELECT what FROM events WHERE at = '2025-03-01';
-- breaks
INSERT INTO events VALUES ('2025-06-01', 'x');
INSERT INTO events_2025 VALUES ('2025-06-01', 'x');
-- migration
ALTER TABLE events DETACH PARTITION events_2025;

-- case: inherited columns
-- history
CREATE TABLE base (id integer, kind text);
CREATE TABLE derived (extra text) INHERITS (base);
-- queries
-- breaks
SELECT kind FROM derived;
-- breaks
SELECT kind FROM base;
-- breaks
SELECT kind FROM ONLY base;
SELECT id, extra FROM derived;
-- migration
ALTER TABLE base DROP COLUMN kind;
