-- case: a new column makes a name ambiguous
-- history
CREATE TABLE orders (id integer, customer integer, state text);
CREATE TABLE customers (cid integer, name text);
-- queries
-- breaks
SELECT state FROM orders JOIN customers ON cid = customer;
-- breaks
SELECT name FROM orders, customers WHERE state = 'x';
-- breaks
SELECT o.id FROM orders o LEFT JOIN customers c ON c.cid = o.customer ORDER BY state;
-- breaks
UPDATE orders SET customer = 1 FROM customers WHERE state = 'x';
-- breaks
SELECT count(*) FROM orders, customers GROUP BY state;
SELECT orders.state FROM orders JOIN customers ON cid = customer;
SELECT o.state FROM orders o, customers;
SELECT state FROM orders;
SELECT (SELECT state FROM orders LIMIT 1) FROM customers;
UPDATE orders SET state = 'x' FROM customers WHERE cid = customer;
SELECT name FROM customers WHERE EXISTS (SELECT 1 FROM orders WHERE state = 'x');
-- migration
ALTER TABLE customers ADD COLUMN state text;

-- case: a column of the inner table takes a name from the outer one
-- history
CREATE TABLE a (id integer, flag boolean);
CREATE TABLE b (a_id integer);
-- queries
SELECT id FROM a WHERE EXISTS (SELECT 1 FROM b WHERE a_id = id AND flag);
-- migration
ALTER TABLE b ADD COLUMN flag boolean;

-- case: ambiguity in ON CONFLICT, RETURNING and MERGE
-- history
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE TABLE s (sid integer, b integer);
-- queries
INSERT INTO t (id, a) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET a = t.a + 1;
-- breaks
UPDATE t SET a = b FROM s WHERE sid = id RETURNING a;
-- breaks
DELETE FROM t USING s WHERE sid = id AND a = 3;
-- breaks
MERGE INTO t USING s ON sid = id AND a = 1 WHEN MATCHED THEN DELETE;
MERGE INTO t USING s ON sid = id WHEN MATCHED THEN UPDATE SET a = 5;
-- migration
ALTER TABLE s ADD COLUMN a integer;

-- case: star arity
-- history
CREATE TABLE t (id integer, a integer);
CREATE TABLE copy_of_t (id integer, a integer);
-- queries
-- breaks
INSERT INTO copy_of_t SELECT * FROM t;
-- breaks
SELECT * FROM t UNION ALL SELECT * FROM copy_of_t;
-- breaks
SELECT * FROM t EXCEPT SELECT 1, 2;
-- breaks
SELECT id FROM copy_of_t WHERE (id, a) IN (SELECT * FROM t);
-- breaks
WITH x (p, q) AS (SELECT * FROM copy_of_t) SELECT p, q FROM x UNION SELECT * FROM (SELECT * FROM t) y;
INSERT INTO copy_of_t SELECT id, a FROM t;
SELECT id, a FROM t UNION ALL SELECT id, a FROM copy_of_t;
INSERT INTO t SELECT * FROM copy_of_t;
SELECT count(*) FROM (SELECT * FROM t) x;
SELECT EXISTS (SELECT * FROM t);
-- migration
ALTER TABLE t ADD COLUMN b integer;

-- case: star arity after a drop
-- history
CREATE TABLE t (id integer, a integer, b integer);
CREATE TABLE u (id integer, a integer, b integer);
-- queries
-- breaks
SELECT * FROM t UNION SELECT * FROM u;
-- breaks
INSERT INTO t SELECT * FROM u;
INSERT INTO u SELECT * FROM t;
-- breaks
INSERT INTO t VALUES (1, 2, 3);
-- breaks
SELECT x.c FROM (SELECT * FROM t) AS x (a, b, c);
-- migration
ALTER TABLE t DROP COLUMN b;

-- case: star arity where both tables change alike
-- history
CREATE TABLE t (id integer, a integer);
CREATE TABLE u (id integer, a integer);
-- queries
SELECT * FROM t UNION SELECT * FROM u;
INSERT INTO t SELECT * FROM u;
-- migration
ALTER TABLE t ADD COLUMN b integer;
ALTER TABLE u ADD COLUMN b integer;

-- case: the star of a scalar subquery
-- history
CREATE TABLE one (id integer);
CREATE TABLE t (id integer);
-- queries
-- breaks
SELECT id FROM t WHERE id IN (SELECT * FROM one);
-- breaks
SELECT (SELECT * FROM one LIMIT 1);
-- breaks
SELECT id FROM t WHERE id = ANY (SELECT * FROM one);
SELECT id FROM t WHERE EXISTS (SELECT * FROM one);
-- migration
ALTER TABLE one ADD COLUMN note text;

-- case: a star over a type that no longer fits
-- history
CREATE TABLE t (id integer, a integer);
CREATE TABLE u (id integer, a integer);
-- queries
-- breaks
SELECT * FROM t UNION SELECT * FROM u;
-- breaks
INSERT INTO u SELECT * FROM t;
SELECT id FROM t UNION SELECT id FROM u;
-- migration
ALTER TABLE t ALTER COLUMN a TYPE text;

-- case: GROUP BY that relied on the primary key
-- history
CREATE TABLE t (id integer CONSTRAINT t_key PRIMARY KEY, name text, kind text);
CREATE TABLE u (t_id integer);
-- queries
-- breaks
SELECT id, name FROM t GROUP BY id;
-- breaks
SELECT t.name, count(u.t_id) FROM t LEFT JOIN u ON u.t_id = t.id GROUP BY t.id;
-- breaks
SELECT id FROM t GROUP BY id ORDER BY name;
-- breaks
SELECT id FROM t GROUP BY id HAVING kind = 'x';
SELECT name, count(*) FROM t GROUP BY name;
SELECT id, max(name) FROM t GROUP BY id;
SELECT id, name FROM t GROUP BY id, name;
-- migration
ALTER TABLE t DROP CONSTRAINT t_key;
ALTER TABLE t ADD UNIQUE (id);

-- case: GROUP BY when the primary key becomes wider
-- history
CREATE TABLE t (tenant integer NOT NULL, id integer PRIMARY KEY, name text);
-- queries
-- breaks
SELECT name FROM t GROUP BY id;
SELECT name FROM t GROUP BY tenant, id, name;
-- migration
ALTER TABLE t DROP CONSTRAINT t_pkey, ADD PRIMARY KEY (tenant, id);

-- case: results that may be NULL, or of another type, still answer
-- history
CREATE TABLE t (id integer NOT NULL, n integer NOT NULL);
-- queries
SELECT n FROM t;
SELECT id FROM t WHERE n > 1;
SELECT * FROM t;
SELECT id FROM t WHERE n = '3';
-- migration
ALTER TABLE t ALTER COLUMN n DROP NOT NULL;
ALTER TABLE t ALTER COLUMN n TYPE bigint;

-- case: a search path that shadows
-- history
CREATE SCHEMA app;
CREATE TABLE public.t (id integer, a integer);
SET search_path = app, public;
-- queries
SELECT id FROM t;
-- breaks
SELECT a FROM t;
SELECT a FROM public.t;
-- migration
CREATE TABLE app.t (id integer);

-- case: indexes, comments, and constraints that change no query
-- history
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE INDEX t_a ON t (a);
-- queries
SELECT a FROM t WHERE a = 1;
INSERT INTO t VALUES (1, 2);
UPDATE t SET a = 2;
INSERT INTO t VALUES (1, 2) ON CONFLICT (id) DO NOTHING;
-- migration
DROP INDEX t_a;
CREATE INDEX t_a2 ON t (a DESC);
COMMENT ON COLUMN t.a IS 'x';
ALTER TABLE t ALTER COLUMN a SET DEFAULT 5;
ALTER TABLE t ALTER COLUMN a SET STATISTICS 500;

-- case: row locks and cursors on what is renamed
-- history
CREATE TABLE t (id integer, a integer);
-- queries
-- breaks
SELECT a FROM t WHERE id = 1 FOR UPDATE;
-- breaks
SELECT x.a FROM t x WHERE id = 1 FOR UPDATE OF x SKIP LOCKED;
-- breaks
EXPLAIN SELECT a FROM t;
-- breaks
DECLARE c CURSOR FOR SELECT a FROM t;
-- breaks
COPY t (a) TO STDOUT;
-- breaks
CREATE TEMP TABLE x AS SELECT a FROM t;
SELECT id FROM t FOR SHARE;
-- migration
ALTER TABLE t RENAME COLUMN a TO b;

-- case: several steps that end where they began
-- history
CREATE TABLE t (id integer, a text, b integer);
-- queries
SELECT a, b FROM t;
INSERT INTO t VALUES (1, 'x', 2);
-- migration
ALTER TABLE t RENAME TO u;
ALTER TABLE u RENAME TO t;
ALTER TABLE t RENAME COLUMN a TO c;
ALTER TABLE t RENAME COLUMN c TO a;
ALTER TABLE t ALTER COLUMN b SET NOT NULL;
ALTER TABLE t ALTER COLUMN b DROP NOT NULL;

-- case: placeholders of the right type go on working
-- history
CREATE TABLE t (id integer, a text, gone_later text);
-- queries
-- with: 1
SELECT a FROM t WHERE id = $1;
-- with: 1, 'x'
INSERT INTO t (id, a) VALUES ($1, $2);
-- breaks
-- with: 'x'
SELECT id FROM t WHERE gone_later = $1;
-- breaks
-- with: 1, 'x'
UPDATE t SET gone_later = $2 WHERE id = $1;
-- with: 3
SELECT id FROM t LIMIT $1;
-- migration
ALTER TABLE t ADD COLUMN x integer;
ALTER TABLE t DROP COLUMN gone_later;
