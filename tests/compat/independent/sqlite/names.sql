-- case: a dropped column
-- history
CREATE TABLE guests (id INTEGER PRIMARY KEY, name TEXT, room INTEGER);
-- queries
-- breaks
SELECT room FROM guests;
-- breaks
SELECT g.room FROM guests AS g WHERE g.id = 1;
-- breaks
SELECT id FROM guests ORDER BY guests.room;
-- breaks
INSERT INTO guests (id, room) VALUES (1, 2);
-- breaks
UPDATE guests SET room = 1;
-- breaks
DELETE FROM guests WHERE guests.room IS NULL;
-- breaks
INSERT INTO guests VALUES (1, 'a', 2);
-- breaks
SELECT name FROM guests GROUP BY name HAVING max(room) > 1;
-- breaks
WITH g AS (SELECT room FROM guests) SELECT * FROM g;
-- breaks
SELECT id FROM guests WHERE EXISTS (SELECT 1 FROM guests g WHERE g.room = guests.id);
-- breaks
INSERT INTO guests (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET room = 2;
SELECT id, name FROM guests;
SELECT * FROM guests;
INSERT INTO guests (id, name) VALUES (2, 'b');
SELECT Name FROM GUESTS;
-- migration
ALTER TABLE guests DROP COLUMN room;

-- case: a renamed column
-- history
CREATE TABLE guests (id INTEGER PRIMARY KEY, mail TEXT);
-- queries
-- breaks
SELECT mail FROM guests;
-- breaks
SELECT [mail] FROM guests;
-- breaks
UPDATE guests SET mail = 'x';
-- breaks
SELECT guests.MAIL FROM guests;
SELECT id FROM guests;
INSERT INTO guests VALUES (1, 'x');
-- migration
ALTER TABLE guests RENAME COLUMN mail TO email;

-- case: a renamed table
-- history
CREATE TABLE orders (id INTEGER PRIMARY KEY, total NUMERIC);
CREATE TABLE other (id INTEGER);
-- queries
-- breaks
SELECT id FROM orders;
-- breaks
INSERT INTO Orders (id) VALUES (1);
-- breaks
DELETE FROM "orders";
-- breaks
SELECT other.id FROM other JOIN orders USING (id);
WITH orders AS (SELECT 1 AS id) SELECT id FROM orders;
SELECT id FROM other;
-- migration
ALTER TABLE orders RENAME TO purchases;

-- case: a view takes the old name
-- history
CREATE TABLE orders (id INTEGER PRIMARY KEY, total NUMERIC);
-- queries
SELECT id, total FROM orders;
-- breaks
INSERT INTO orders (id) VALUES (1);
-- breaks
UPDATE orders SET total = 1;
-- breaks
DELETE FROM orders;
-- migration
ALTER TABLE orders RENAME TO purchases;
CREATE VIEW orders AS SELECT id, total FROM purchases;

-- case: a dropped table
-- history
CREATE TABLE a (id INTEGER);
CREATE TABLE b (id INTEGER);
-- queries
-- breaks
SELECT * FROM b;
-- breaks
SELECT a.id FROM a LEFT JOIN b ON b.id = a.id;
-- breaks
DELETE FROM a WHERE id IN (SELECT id FROM b);
-- breaks
INSERT INTO a SELECT id FROM b;
SELECT id FROM a;
-- migration
DROP TABLE b;

-- case: a dropped view
-- history
CREATE TABLE a (id INTEGER);
CREATE VIEW v AS SELECT id FROM a;
-- queries
-- breaks
SELECT id FROM v;
SELECT id FROM a;
-- migration
DROP VIEW v;

-- case: a view loses a column
-- history
CREATE TABLE a (id INTEGER, x INTEGER);
CREATE VIEW v AS SELECT id, x FROM a;
-- queries
-- breaks
SELECT x FROM v;
SELECT id FROM v;
SELECT x FROM a;
-- migration
DROP VIEW v;
CREATE VIEW v AS SELECT id FROM a;

-- case: a table is built anew in twelve steps
-- history
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT);
-- queries
SELECT id, a FROM t;
-- breaks
SELECT b FROM t;
-- breaks
INSERT INTO t (id) VALUES (1);
INSERT INTO t (id, a) VALUES (1, 'x');
-- migration
CREATE TABLE t_new (id INTEGER PRIMARY KEY, a TEXT NOT NULL);
INSERT INTO t_new SELECT id, a FROM t;
DROP TABLE t;
ALTER TABLE t_new RENAME TO t;

-- case: a new column makes a name ambiguous
-- history
CREATE TABLE a (id INTEGER, x TEXT);
CREATE TABLE b (bid INTEGER, y TEXT);
-- queries
-- breaks
SELECT x FROM a JOIN b ON bid = id;
-- breaks
SELECT y FROM a, b WHERE x = 'q';
SELECT a.x FROM a, b;
SELECT x FROM a;
-- migration
ALTER TABLE b ADD COLUMN x TEXT;

-- case: star arity
-- history
CREATE TABLE a (id INTEGER, x TEXT);
CREATE TABLE b (id INTEGER, x TEXT);
-- queries
-- breaks
INSERT INTO b SELECT * FROM a;
-- breaks
SELECT * FROM a UNION SELECT * FROM b;
-- breaks
INSERT INTO a VALUES (1, 'x');
-- breaks
SELECT id FROM b WHERE (id, x) IN (SELECT * FROM a);
INSERT INTO a (id, x) VALUES (1, 'x');
INSERT INTO b SELECT id, x FROM a;
SELECT count(*) FROM (SELECT * FROM a);
-- migration
ALTER TABLE a ADD COLUMN y TEXT;

-- case: USING and NATURAL
-- history
CREATE TABLE a (id INTEGER, k INTEGER);
CREATE TABLE b (id INTEGER, k INTEGER);
-- queries
-- breaks
SELECT a.id FROM a JOIN b USING (k);
SELECT a.id FROM a JOIN b USING (id);
SELECT 1 FROM a NATURAL JOIN b;
-- migration
ALTER TABLE b DROP COLUMN k;

-- case: a name in double quotes becomes a string
-- history
CREATE TABLE a (id INTEGER, old TEXT);
-- queries
-- breaks
SELECT old FROM a;
-- breaks
SELECT [old] FROM a;
-- breaks
SELECT a."old" FROM a;
-- migration
ALTER TABLE a DROP COLUMN old;
