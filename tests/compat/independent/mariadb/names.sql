-- case: a dropped column
-- history
CREATE TABLE guests (id BIGINT PRIMARY KEY, name VARCHAR(50), room INT);
-- queries
-- breaks
SELECT room FROM guests;
-- breaks
SELECT `room` FROM `guests` WHERE id = 1;
-- breaks
SELECT id FROM guests ORDER BY room;
-- breaks
INSERT INTO guests (id, room) VALUES (1, 2);
-- breaks
INSERT INTO guests SET id = 1, room = 2;
-- breaks
UPDATE guests SET room = 1;
-- breaks
DELETE FROM guests WHERE room IS NULL;
-- breaks
REPLACE INTO guests (id, room) VALUES (1, 2);
-- breaks
INSERT INTO guests (id, name) VALUES (1, 'a') ON DUPLICATE KEY UPDATE room = 3;
-- breaks
INSERT INTO guests VALUES (1, 'a', 2);
-- breaks
SELECT name FROM guests GROUP BY name HAVING max(room) > 1;
-- breaks
WITH g AS (SELECT room FROM guests) SELECT * FROM g;
SELECT id, name FROM guests;
SELECT ID, NAME FROM guests;
SELECT * FROM guests;
INSERT INTO guests (id) VALUES (2) ON DUPLICATE KEY UPDATE name = VALUES(name);
-- migration
ALTER TABLE guests DROP COLUMN room;

-- case: a column is changed to another name
-- history
CREATE TABLE guests (id BIGINT PRIMARY KEY, mail VARCHAR(50));
-- queries
-- breaks
SELECT mail FROM guests;
-- breaks
SELECT g.MAIL FROM guests g;
-- breaks
UPDATE guests SET mail = 'x';
SELECT id FROM guests;
INSERT INTO guests VALUES (1, 'x');
-- migration
ALTER TABLE guests CHANGE mail email VARCHAR(60);

-- case: a renamed table, and a view in its place
-- history
CREATE TABLE orders (id BIGINT PRIMARY KEY, total DECIMAL(10, 2));
CREATE TABLE items (id BIGINT PRIMARY KEY, order_id BIGINT);
-- queries
SELECT id, total FROM orders;
INSERT INTO orders (id, total) VALUES (1, 2);
UPDATE orders SET total = 3;
-- breaks
SELECT id FROM items;
-- breaks
DELETE items FROM items JOIN orders ON orders.id = items.order_id;
-- breaks
UPDATE orders JOIN items ON items.order_id = orders.id SET orders.total = 0;
-- migration
RENAME TABLE orders TO purchases, items TO lines_of_orders;
CREATE VIEW orders AS SELECT id, total FROM purchases;

-- case: a dropped table
-- history
CREATE TABLE a (id INT);
CREATE TABLE b (id INT);
-- queries
-- breaks
SELECT * FROM b;
-- breaks
SELECT a.id FROM a LEFT JOIN b ON b.id = a.id;
-- breaks
DELETE FROM a WHERE id IN (SELECT id FROM b);
-- breaks
TRUNCATE TABLE b;
SELECT id FROM a;
-- migration
DROP TABLE b;

-- case: a dropped view, and one over what is gone
-- history
CREATE TABLE a (id INT, x INT);
CREATE VIEW v AS SELECT id FROM a;
CREATE VIEW w AS SELECT x FROM a;
-- queries
-- breaks
SELECT id FROM v;
-- breaks
SELECT x FROM w;
SELECT id FROM a;
-- migration
DROP VIEW v;
ALTER TABLE a DROP COLUMN x;

-- case: a new column makes a name ambiguous
-- history
CREATE TABLE a (id INT, x INT);
CREATE TABLE b (bid INT, y INT);
-- queries
-- breaks
SELECT x FROM a JOIN b ON bid = id;
-- breaks
SELECT y FROM a, b WHERE x = 1;
-- breaks
UPDATE a JOIN b ON b.bid = a.id SET y = 1 WHERE x = 2;
SELECT a.x FROM a, b;
SELECT x FROM a;
-- migration
ALTER TABLE b ADD COLUMN x INT;

-- case: star arity
-- history
CREATE TABLE a (id INT, x INT);
CREATE TABLE b (id INT, x INT);
-- queries
-- breaks
INSERT INTO b SELECT * FROM a;
-- breaks
SELECT * FROM a UNION SELECT * FROM b;
-- breaks
INSERT INTO a VALUES (1, 2);
-- breaks
SELECT id FROM b WHERE (id, x) IN (SELECT * FROM a);
INSERT INTO a (id, x) VALUES (1, 2);
INSERT INTO b SELECT id, x FROM a;
-- migration
ALTER TABLE a ADD COLUMN y INT;

-- case: an added column in the middle
-- history
CREATE TABLE a (id INT, x VARCHAR(10));
-- queries
-- breaks
INSERT INTO a VALUES (1, 'x');
SELECT x FROM a;
INSERT INTO a (id, x) VALUES (1, 'x');
-- migration
ALTER TABLE a ADD COLUMN y INT FIRST;

-- case: USING and NATURAL
-- history
CREATE TABLE a (id INT, k INT);
CREATE TABLE b (id INT, k INT);
-- queries
-- breaks
SELECT a.id FROM a JOIN b USING (k);
SELECT a.id FROM a JOIN b USING (id);
SELECT 1 FROM a NATURAL JOIN b;
-- migration
ALTER TABLE b DROP COLUMN k;

-- case: functions and procedures
-- history
CREATE FUNCTION tax(n INT) RETURNS INT DETERMINISTIC RETURN n;
CREATE PROCEDURE sweep() SELECT 1;
-- queries
-- breaks
SELECT tax(1);
-- breaks
CALL sweep();
SELECT abs(1);
-- migration
DROP FUNCTION tax;
DROP PROCEDURE sweep;

-- case: names of tables are told apart by case
-- history
CREATE TABLE Orders (id INT);
CREATE TABLE orders (id INT);
-- queries
-- breaks
SELECT id FROM Orders;
SELECT id FROM orders;
-- migration
DROP TABLE Orders;
