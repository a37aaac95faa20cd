-- history
CREATE TABLE customers (id int PRIMARY KEY AUTO_INCREMENT, email varchar(50) NOT NULL UNIQUE, name varchar(20), phone varchar(20), age int,
    active tinyint(1) NOT NULL DEFAULT 1, created datetime NOT NULL DEFAULT CURRENT_TIMESTAMP, kind enum('a','b','c') NOT NULL DEFAULT 'a');
CREATE TABLE orders (id int PRIMARY KEY AUTO_INCREMENT, customer int NOT NULL, total decimal(8,2) NOT NULL DEFAULT 0,
    state varchar(10) NOT NULL DEFAULT 'new', note text, CONSTRAINT of_customer FOREIGN KEY (customer) REFERENCES customers (id));
CREATE TABLE archive (id int, customer int, total decimal(8,2), state varchar(10), note text);
CREATE VIEW live AS SELECT id, customer, total FROM orders WHERE state <> 'gone';
CREATE VIEW everyone AS SELECT * FROM customers;
INSERT INTO customers (email, name, phone, age) VALUES ('a@x', 'ann', '1', 30), ('b@x', 'bob', NULL, NULL);
INSERT INTO orders (customer, total, state, note) VALUES (1, 5, 'open', 'x'), (2, 7, 'new', NULL);
-- queries
SELECT phone FROM customers;
SELECT c.phone, o.total FROM customers c JOIN orders o ON o.customer = c.id;
SELECT name, total FROM customers JOIN orders ON customers.id = customer;
SELECT `phone` FROM `customers` WHERE `phone` = "1" ORDER BY age;
SELECT * FROM customers;
SELECT PHONE FROM customers;
SELECT count(phone) FROM customers GROUP BY age HAVING max(age) > 1;
WITH p AS (SELECT * FROM customers) SELECT phone FROM p;
SELECT x.phone FROM (SELECT * FROM customers) x;
SELECT id FROM orders WHERE customer IN (SELECT id FROM customers WHERE phone IS NULL);
SELECT total FROM live;
SELECT phone FROM everyone;
SELECT * FROM orders UNION ALL SELECT * FROM archive;
SELECT id FROM customers WHERE kind = 'c';
SELECT upper(name), length(email), ifnull(phone, email), date_format(created, '%Y') FROM customers;
SELECT row_number() OVER (PARTITION BY state ORDER BY total) FROM orders;
INSERT INTO customers (email) VALUES ('z@x');
INSERT INTO customers (id, email, phone) VALUES (9, 'z@x', '5');
INSERT INTO customers (id, email) VALUES (NULL, 'z@x');
INSERT INTO customers (email, age) VALUES ('z@x', -5);
INSERT INTO customers (email, age) VALUES ('z@x', 300);
INSERT INTO customers (email, name) VALUES ('z@x', NULL);
INSERT INTO customers (email, name) VALUES ('z@x', 'a name of 18 chars');
INSERT INTO customers (email, kind) VALUES ('z@x', 'c');
INSERT INTO customers (email, phone) VALUES ('z@x', 'no number');
INSERT INTO orders (customer) VALUES (1);
INSERT INTO orders (customer, total) VALUES (1, 12345.5);
INSERT INTO orders (customer, state) VALUES (1, 'weird');
INSERT INTO orders SET customer = 1, note = 'x';
INSERT INTO archive SELECT * FROM orders;
INSERT INTO archive (id, customer) SELECT id, customer FROM orders;
INSERT INTO archive VALUES (1, 1, 1, 'x', 'y');
INSERT IGNORE INTO customers (id, email) VALUES (1, 'a@x');
REPLACE INTO archive (id, note) VALUES (1, 'x');
INSERT INTO customers (id, email) VALUES (1, 'a@x') ON DUPLICATE KEY UPDATE phone = VALUES(phone);
INSERT INTO live (customer, total) VALUES (1, 2);
UPDATE customers SET phone = '5' WHERE id = 1;
UPDATE customers SET name = NULL WHERE id = 1;
UPDATE customers SET age = -1 WHERE id = 1;
UPDATE orders o JOIN customers c ON c.id = o.customer SET o.note = c.phone;
UPDATE live SET total = 3;
DELETE FROM orders WHERE note = 'x';
DELETE o FROM orders o JOIN customers c ON c.id = o.customer WHERE c.phone = '1';
DELETE FROM customers WHERE id = 77;
-- change: drop a column
DROP VIEW everyone;
ALTER TABLE customers DROP COLUMN phone;
-- change: drop a column under a view
ALTER TABLE customers DROP COLUMN phone;
-- change: rename a column
ALTER TABLE customers CHANGE phone tel varchar(20);
-- change: rename a column the short way
ALTER TABLE orders RENAME COLUMN total TO amount;
-- change: drop a column in the middle
ALTER TABLE archive DROP COLUMN state;
-- change: add a column
ALTER TABLE customers ADD COLUMN hobby text;
-- change: add a column first
ALTER TABLE archive ADD COLUMN extra int FIRST;
-- change: add a column to the source of a star
ALTER TABLE orders ADD COLUMN extra text;
-- change: add a required column
ALTER TABLE customers ADD COLUMN tenant int NOT NULL;
-- change: add a required column with a default
ALTER TABLE customers ADD COLUMN tenant int NOT NULL DEFAULT 1;
-- change: a new column makes a name ambiguous
ALTER TABLE orders ADD COLUMN name text;
-- change: another new column makes a name ambiguous
ALTER TABLE customers ADD COLUMN total int;
-- change: drop a table
DROP TABLE archive;
-- change: rename a table
RENAME TABLE archive TO old_orders;
-- change: rename a table under a view
ALTER TABLE customers RENAME TO clients;
-- change: rename a table, and a view takes its name
RENAME TABLE archive TO old_orders;
CREATE VIEW archive AS SELECT * FROM old_orders;
-- change: drop a view
DROP VIEW live;
-- change: a view gets other columns
CREATE OR REPLACE VIEW live AS SELECT id, total AS amount FROM orders;
-- change: a view that cannot be written
CREATE OR REPLACE VIEW live AS SELECT DISTINCT id, customer, total FROM orders;
-- change: a default is dropped
ALTER TABLE orders ALTER COLUMN state DROP DEFAULT;
-- change: NOT NULL without a default
ALTER TABLE customers MODIFY name varchar(20) NOT NULL;
-- change: NOT NULL with a default
ALTER TABLE customers MODIFY name varchar(20) NOT NULL DEFAULT '';
-- change: NULL is allowed
ALTER TABLE orders MODIFY state varchar(10);
-- change: varchar gets shorter
ALTER TABLE customers MODIFY name varchar(10);
-- change: varchar gets longer
ALTER TABLE customers MODIFY name varchar(100);
-- change: text becomes a number
ALTER TABLE customers MODIFY phone int;
-- change: int becomes tinyint
ALTER TABLE customers MODIFY age tinyint;
-- change: int becomes unsigned
ALTER TABLE customers MODIFY age int unsigned;
-- change: int becomes bigint
ALTER TABLE customers MODIFY age bigint;
-- change: decimal gets fewer digits
ALTER TABLE orders MODIFY total decimal(6,2) NOT NULL DEFAULT 0;
-- change: an enum loses a value
ALTER TABLE customers MODIFY kind enum('a','b') NOT NULL DEFAULT 'a';
-- change: an enum gets a value
ALTER TABLE customers MODIFY kind enum('a','b','c','d') NOT NULL DEFAULT 'a';
-- change: text becomes an enum
ALTER TABLE orders MODIFY state enum('new','open','closed') NOT NULL DEFAULT 'new';
-- change: a new check on a number
ALTER TABLE customers ADD CONSTRAINT grown CHECK (age >= 0);
-- change: a new check on a list
ALTER TABLE orders ADD CONSTRAINT known CHECK (state IN ('new', 'open'));
-- change: a column becomes generated
DROP VIEW everyone;
ALTER TABLE customers DROP COLUMN phone;
ALTER TABLE customers ADD COLUMN phone varchar(60) GENERATED ALWAYS AS (concat(email, '!')) STORED;
-- change: an AUTO_INCREMENT is taken away
ALTER TABLE orders MODIFY id int NOT NULL;
-- change: a new unique key
ALTER TABLE customers ADD UNIQUE (age);
-- change: a new foreign key
ALTER TABLE archive ADD FOREIGN KEY (customer) REFERENCES customers (id);
-- change: a foreign key is dropped
ALTER TABLE orders DROP FOREIGN KEY of_customer;
-- change: a unique key is dropped
ALTER TABLE customers DROP INDEX email;
-- change: an index is added
CREATE INDEX customers_phone ON customers (phone);
-- change: a column moves
ALTER TABLE archive MODIFY note text FIRST;
-- change: a table is swapped
CREATE TABLE archive_new (id bigint, customer bigint, total decimal(10,2), state varchar(20), note text);
RENAME TABLE archive TO archive_old, archive_new TO archive;
-- change: a table becomes one that lacks a column
CREATE TABLE archive_new (id int, customer int, total decimal(8,2));
RENAME TABLE archive TO archive_old, archive_new TO archive;
