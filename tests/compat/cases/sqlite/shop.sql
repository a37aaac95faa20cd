-- history
CREATE TABLE customers (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT, phone TEXT, age INTEGER,
    active INTEGER NOT NULL DEFAULT 1);
CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, customer INTEGER NOT NULL REFERENCES customers (id),
    total NUMERIC NOT NULL DEFAULT 0, state TEXT NOT NULL DEFAULT 'new', note TEXT);
CREATE TABLE archive (id INTEGER, customer INTEGER, total NUMERIC, state TEXT, note TEXT);
CREATE TABLE plain (a TEXT, b TEXT);
CREATE TABLE tags (name TEXT NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (name, kind)) WITHOUT ROWID;
CREATE TABLE strict_one (id INTEGER PRIMARY KEY, n INTEGER, s TEXT) STRICT;
CREATE UNIQUE INDEX orders_note ON orders (note) WHERE state = 'open';
CREATE VIEW live AS SELECT id, customer, total FROM orders WHERE state <> 'gone';
CREATE VIEW everyone AS SELECT * FROM customers;
INSERT INTO customers VALUES (1, 'a@x', 'ann', '1', 30, 1), (2, 'b@x', NULL, NULL, NULL, 1);
INSERT INTO orders (customer, total, state, note) VALUES (1, 5, 'open', 'x'), (2, 7, 'new', NULL);
-- queries
SELECT phone FROM customers;
SELECT c.phone, o.total FROM customers c JOIN orders o ON o.customer = c.id;
SELECT name, total FROM customers JOIN orders ON customers.id = customer;
SELECT * FROM customers;
SELECT id FROM customers WHERE phone = '1' ORDER BY age;
SELECT count(phone) FROM customers GROUP BY age HAVING max(age) > 1;
WITH p AS (SELECT * FROM customers) SELECT phone FROM p;
SELECT x.phone FROM (SELECT * FROM customers) x;
SELECT id FROM orders WHERE customer IN (SELECT id FROM customers WHERE phone IS NULL);
SELECT rowid, id FROM customers;
SELECT rowid FROM strict_one;
SELECT total FROM live;
SELECT phone FROM everyone;
SELECT * FROM orders UNION ALL SELECT * FROM archive;
SELECT id, state FROM orders EXCEPT SELECT id, state FROM archive;
SELECT upper(name), length(email), coalesce(phone, email) FROM customers;
SELECT row_number() OVER (PARTITION BY state ORDER BY total) FROM orders;
INSERT INTO customers (email) VALUES ('z@x');
INSERT INTO customers (id, email, phone) VALUES (9, 'z@x', '5');
INSERT INTO customers VALUES (9, 'z@x', 'zoe', '1', 30, 1);
INSERT INTO customers (email, age) VALUES ('z@x', -5);
INSERT INTO customers (email, name) VALUES ('z@x', NULL);
INSERT INTO orders (customer) VALUES (1);
INSERT INTO orders (customer, state) VALUES (1, 'weird');
INSERT INTO archive SELECT * FROM orders;
INSERT INTO archive (id, customer) SELECT id, customer FROM orders;
INSERT INTO archive VALUES (1, 1, 1, 'x', 'y');
INSERT INTO plain DEFAULT VALUES;
INSERT INTO plain VALUES ('x', 'y');
INSERT INTO customers (id, email) VALUES (1, 'q@x') ON CONFLICT (id) DO NOTHING;
INSERT INTO customers (id, email) VALUES (3, 'a@x') ON CONFLICT (email) DO UPDATE SET phone = excluded.phone;
INSERT INTO orders (customer, note, state) VALUES (1, 'x', 'open') ON CONFLICT (note) WHERE state = 'open' DO NOTHING;
INSERT OR IGNORE INTO customers (id, email) VALUES (1, 'a@x');
INSERT OR REPLACE INTO archive (id, note) VALUES (2, '7');
INSERT INTO tags (name, kind) VALUES ('a', 'b') ON CONFLICT (name, kind) DO NOTHING;
INSERT INTO strict_one (n, s) VALUES (1, 'x');
INSERT INTO customers (email) VALUES ('r@x') RETURNING id, phone;
UPDATE customers SET phone = '5' WHERE id = 1;
UPDATE customers SET name = NULL WHERE id = 1;
UPDATE customers SET (name, phone) = ('x', 'y');
UPDATE orders SET note = c.phone FROM customers AS c WHERE c.id = customer AND note IS NULL;
UPDATE orders SET state = 'closed' WHERE id = 1;
DELETE FROM orders WHERE note = 'x';
DELETE FROM archive RETURNING state;
DELETE FROM customers WHERE id = 77;
-- change: drop a column
DROP VIEW everyone;
ALTER TABLE customers DROP COLUMN phone;
-- change: rename a column
ALTER TABLE customers RENAME COLUMN phone TO tel;
-- change: rename another column
ALTER TABLE orders RENAME COLUMN total TO amount;
-- change: drop a column in the middle
ALTER TABLE archive DROP COLUMN state;
-- change: add a column
ALTER TABLE customers ADD COLUMN hobby TEXT;
-- change: add a column to the target of a star
ALTER TABLE archive ADD COLUMN extra TEXT;
-- change: add a column to the source of a star
ALTER TABLE orders ADD COLUMN extra TEXT;
-- change: add a required column with a default
ALTER TABLE customers ADD COLUMN tenant INTEGER NOT NULL DEFAULT 1;
-- change: a new column makes a name ambiguous
ALTER TABLE orders ADD COLUMN name TEXT;
-- change: another new column makes a name ambiguous
ALTER TABLE customers ADD COLUMN total TEXT;
-- change: drop a table
DROP TABLE archive;
-- change: drop a table that a view reads
DROP VIEW live;
DROP TABLE orders;
-- change: rename a table
ALTER TABLE archive RENAME TO old_orders;
-- change: rename a table that a view reads
ALTER TABLE customers RENAME TO clients;
-- change: rename a table, and a view takes its name
ALTER TABLE plain RENAME TO fancy;
CREATE VIEW plain AS SELECT * FROM fancy;
-- change: drop a view
DROP VIEW live;
-- change: make a view anew with other columns
DROP VIEW live;
CREATE VIEW live AS SELECT id, total AS amount FROM orders;
-- change: drop a partial unique index
DROP INDEX orders_note;
-- change: a partial unique index gets another condition
DROP INDEX orders_note;
CREATE UNIQUE INDEX orders_note ON orders (note) WHERE state = 'new';
-- change: a new unique index
CREATE UNIQUE INDEX customers_age ON customers (age);
-- change: make a table anew with a required column
CREATE TABLE plain_new (a TEXT, b TEXT NOT NULL);
INSERT INTO plain_new SELECT a, coalesce(b, '') FROM plain;
DROP TABLE plain;
ALTER TABLE plain_new RENAME TO plain;
-- change: make a table anew with a check
CREATE TABLE archive_new (id INTEGER, customer INTEGER CHECK (customer > 5), total NUMERIC, state TEXT, note TEXT);
DROP TABLE archive;
ALTER TABLE archive_new RENAME TO archive;
-- change: make a table anew without a default
PRAGMA foreign_keys = OFF;
CREATE TABLE orders_new (id INTEGER PRIMARY KEY, customer INTEGER NOT NULL, total NUMERIC NOT NULL, state TEXT NOT NULL DEFAULT 'new', note TEXT);
INSERT INTO orders_new SELECT id, customer, total, state, note FROM orders;
DROP VIEW live;
DROP TABLE orders;
ALTER TABLE orders_new RENAME TO orders;
CREATE VIEW live AS SELECT id, customer, total FROM orders WHERE state <> 'gone';
-- change: make a table anew with a check on a list
PRAGMA foreign_keys = OFF;
CREATE TABLE orders_new (id INTEGER PRIMARY KEY, customer INTEGER NOT NULL, total NUMERIC NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'open', 'closed')), note TEXT);
INSERT INTO orders_new SELECT id, customer, total, state, note FROM orders;
DROP VIEW live;
DROP TABLE orders;
ALTER TABLE orders_new RENAME TO orders;
CREATE UNIQUE INDEX orders_note ON orders (note) WHERE state = 'open';
CREATE VIEW live AS SELECT id, customer, total FROM orders WHERE state <> 'gone';
-- change: make a table anew with a required name and without the unique key
PRAGMA foreign_keys = OFF;
CREATE TABLE customers_new (id INTEGER PRIMARY KEY, email TEXT NOT NULL, name TEXT NOT NULL, phone TEXT, age INTEGER CHECK (age >= 0), active INTEGER NOT NULL DEFAULT 1);
INSERT INTO customers_new SELECT id, email, coalesce(name, ''), phone, age, active FROM customers;
DROP VIEW everyone;
DROP TABLE customers;
ALTER TABLE customers_new RENAME TO customers;
CREATE VIEW everyone AS SELECT * FROM customers;
-- change: make a table anew with a generated column
CREATE TABLE plain_new (a TEXT, b TEXT GENERATED ALWAYS AS (a || '!') STORED);
DROP TABLE plain;
ALTER TABLE plain_new RENAME TO plain;
-- change: make a table anew without row numbers
CREATE TABLE strict_new (id INTEGER PRIMARY KEY, n INTEGER, s TEXT) WITHOUT ROWID;
DROP TABLE strict_one;
ALTER TABLE strict_new RENAME TO strict_one;
-- change: make a table anew with another type
CREATE TABLE strict_new (id INTEGER PRIMARY KEY, n INTEGER, s INTEGER) STRICT;
DROP TABLE strict_one;
ALTER TABLE strict_new RENAME TO strict_one;
-- change: make a table anew with another key
CREATE TABLE tags_new (name TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL);
DROP TABLE tags;
ALTER TABLE tags_new RENAME TO tags;
-- change: a trigger refuses
CREATE TRIGGER refuse BEFORE DELETE ON orders BEGIN INSERT INTO archive (missing) VALUES (1); END;
-- change: a trigger writes to a table that is there
CREATE TRIGGER remember AFTER UPDATE ON customers BEGIN INSERT INTO plain (a) VALUES (NEW.phone); END;
-- change: an index is added
CREATE INDEX customers_phone ON customers (phone);
