-- case: a dropped column, read in every clause
-- history
CREATE TABLE guests (id bigint PRIMARY KEY, name text NOT NULL, room integer, arrived date);
-- queries
-- breaks
SELECT room FROM guests;
-- breaks
SELECT g.room FROM guests g;
-- breaks
SELECT id FROM guests WHERE room > 3;
-- breaks
SELECT id FROM guests ORDER BY room;
-- breaks
SELECT count(*) FROM guests GROUP BY room;
-- breaks
SELECT name FROM guests GROUP BY name HAVING max(room) > 1;
-- breaks
SELECT row_number() OVER (PARTITION BY room ORDER BY id) FROM guests;
-- breaks
SELECT sum(id) OVER w FROM guests WINDOW w AS (ORDER BY room);
-- breaks
SELECT count(*) FILTER (WHERE room = 1) FROM guests;
-- breaks
SELECT CASE WHEN room = 1 THEN 'first' END FROM guests;
-- breaks
SELECT DISTINCT ON (room) id FROM guests;
-- breaks
SELECT coalesce(room, 0) FROM public.guests;
-- breaks
SELECT array_agg(id ORDER BY room) FROM guests;
SELECT id, name FROM guests ORDER BY arrived;
SELECT count(*) FROM guests;
SELECT * FROM guests;
SELECT 1 AS room FROM guests;
SELECT id AS room FROM guests ORDER BY room;
-- migration
ALTER TABLE guests DROP COLUMN room;

-- case: a dropped column, written
-- history
CREATE TABLE guests (id bigint PRIMARY KEY, name text, room integer);
-- queries
-- breaks
INSERT INTO guests (id, room) VALUES (1, 2);
-- breaks
UPDATE guests SET room = 3;
-- breaks
UPDATE guests SET name = 'x' WHERE room = 1;
-- breaks
UPDATE guests SET (name, room) = ('x', 1);
-- breaks
UPDATE guests SET name = room::text;
-- breaks
DELETE FROM guests WHERE room IS NULL;
-- breaks
INSERT INTO guests (id, name) VALUES (1, 'a') RETURNING room;
-- breaks
INSERT INTO guests (id, name) VALUES (1, 'a') ON CONFLICT (id) DO UPDATE SET room = 1;
-- breaks
INSERT INTO guests (id, name) VALUES (1, 'a') ON CONFLICT (id) DO UPDATE SET name = excluded.room::text;
-- breaks
INSERT INTO guests VALUES (1, 'a', 2);
-- breaks
INSERT INTO guests (id, name) SELECT id + 100, room::text FROM guests;
INSERT INTO guests (id, name) VALUES (1, 'a');
INSERT INTO guests VALUES (1, 'a');
UPDATE guests SET name = 'b' WHERE id = 1;
DELETE FROM guests WHERE id = 3 RETURNING name;
-- migration
ALTER TABLE guests DROP COLUMN room;

-- case: a dropped column behind CTEs, subqueries, LATERAL and set operations
-- history
CREATE TABLE guests (id bigint PRIMARY KEY, name text, room integer);
CREATE TABLE stays (guest_id bigint, nights integer);
-- queries
-- breaks
WITH g AS (SELECT room FROM guests) SELECT 1 FROM g;
-- breaks
WITH g AS (SELECT * FROM guests) SELECT room FROM g;
-- breaks
WITH RECURSIVE r AS (SELECT id, room FROM guests UNION ALL SELECT r.id + 1, r.room FROM r WHERE r.id < 2) SELECT id FROM r;
-- breaks
SELECT s.nights FROM stays s WHERE EXISTS (SELECT 1 FROM guests g WHERE g.id = s.guest_id AND g.room = 1);
-- breaks
SELECT (SELECT max(room) FROM guests) FROM stays;
-- breaks
SELECT nights FROM stays WHERE guest_id IN (SELECT room FROM guests);
-- breaks
SELECT x.r FROM (SELECT room AS r FROM guests) x;
-- breaks
SELECT s.nights, l.r FROM stays s CROSS JOIN LATERAL (SELECT g.room AS r FROM guests g WHERE g.id = s.guest_id) l;
-- breaks
SELECT nights FROM stays UNION SELECT room FROM guests;
-- breaks
WITH gone AS (DELETE FROM guests RETURNING room) SELECT count(*) FROM gone;
-- breaks
SELECT g.id FROM guests g JOIN stays s ON s.nights = g.room;
WITH g AS (SELECT id, name FROM guests) SELECT name FROM g;
WITH g AS (SELECT id AS room FROM guests) SELECT room FROM g;
SELECT x.id FROM (SELECT * FROM guests) x;
SELECT nights FROM stays UNION SELECT id FROM guests;
SELECT room FROM (SELECT nights AS room FROM stays) g;
-- migration
ALTER TABLE guests DROP COLUMN room;

-- case: an inner name that falls back to an outer column after a drop
-- history
CREATE TABLE guests (id bigint PRIMARY KEY, code text);
CREATE TABLE stays (guest_id bigint, code text);
-- queries
SELECT g.id FROM guests g WHERE EXISTS (SELECT 1 FROM stays s WHERE code = 'x');
-- breaks
SELECT s.code FROM stays s;
-- migration
ALTER TABLE stays DROP COLUMN code;

-- case: a renamed column
-- history
CREATE TABLE guests (id bigint PRIMARY KEY, mail text);
-- queries
-- breaks
SELECT mail FROM guests;
-- breaks
SELECT guests.mail FROM guests;
-- breaks
INSERT INTO guests (id, mail) VALUES (1, 'a');
-- breaks
SELECT id FROM guests WHERE (mail) = 'a';
-- breaks
SELECT (g).mail FROM guests g;
SELECT id FROM guests;
SELECT * FROM guests;
INSERT INTO guests VALUES (1, 'a');
SELECT guests FROM guests;
-- migration
ALTER TABLE guests RENAME COLUMN mail TO email;

-- case: a column is swapped for another under its old name
-- history
CREATE TABLE guests (id bigint PRIMARY KEY, mail text);
-- queries
SELECT mail FROM guests WHERE mail LIKE 'a%';
INSERT INTO guests (id, mail) VALUES (1, 'x');
-- migration
ALTER TABLE guests ADD COLUMN email text;
ALTER TABLE guests DROP COLUMN mail;
ALTER TABLE guests RENAME COLUMN email TO mail;

-- case: casing and quoting of columns
-- history
CREATE TABLE guests (id bigint PRIMARY KEY, "Room" integer, floor integer);
-- queries
SELECT "Room" FROM guests;
SELECT ID FROM Guests;
-- breaks
SELECT FLOOR FROM guests;
-- breaks
SELECT "floor" FROM guests;
-- breaks
SELECT Floor FROM "guests";
-- migration
ALTER TABLE guests RENAME COLUMN floor TO "Floor";

-- case: an added column changes nothing for those who name theirs
-- history
CREATE TABLE guests (id bigint PRIMARY KEY, name text);
-- queries
SELECT id FROM guests;
INSERT INTO guests (id, name) VALUES (1, 'a');
INSERT INTO guests VALUES (2, 'a');
SELECT * FROM guests;
UPDATE guests SET name = 'x' FROM (SELECT 1) y;
-- migration
ALTER TABLE guests ADD COLUMN room integer DEFAULT 1;

-- case: USING and NATURAL joins lose their column
-- history
CREATE TABLE a (id integer, k integer, x integer);
CREATE TABLE b (id integer, k integer, y integer);
-- queries
-- breaks
SELECT x, y FROM a JOIN b USING (k);
-- breaks
SELECT x, y FROM a JOIN b USING (id, k);
SELECT x, y FROM a JOIN b USING (id);
SELECT x, y FROM a NATURAL JOIN b;
-- breaks
SELECT k FROM a NATURAL JOIN b WHERE b.k = 1;
-- migration
ALTER TABLE b DROP COLUMN k;

-- case: whole rows and functions on rows
-- history
CREATE TABLE guests (id bigint PRIMARY KEY, name text, room integer);
-- queries
SELECT row_to_json(g) FROM guests g;
SELECT to_jsonb(guests.*) FROM guests;
-- breaks
SELECT (guests).room FROM guests;
-- breaks
SELECT (g.*).room FROM guests g;
SELECT (g).name FROM guests g;
SELECT count(g) FROM guests g;
-- migration
ALTER TABLE guests DROP COLUMN room;

-- case: dropped and never used
-- history
CREATE TABLE guests (id bigint PRIMARY KEY, name text, legacy text, other text);
-- queries
SELECT id, name FROM guests WHERE name = 'legacy';
SELECT 'legacy' AS legacy, id FROM guests;
UPDATE guests SET name = other;
-- migration
ALTER TABLE guests DROP COLUMN legacy;

-- case: aliases that hide what is dropped
-- history
CREATE TABLE guests (id bigint PRIMARY KEY, name text, room integer);
-- queries
SELECT a, b FROM guests AS g (a, b);
-- breaks
SELECT c FROM guests AS g (a, b, c);
SELECT x.room FROM (VALUES (1)) AS x (room);
SELECT room FROM (SELECT id FROM guests) AS s (room);
-- migration
ALTER TABLE guests DROP COLUMN room;
