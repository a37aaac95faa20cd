-- case: a dropped view, and views on it
-- history
CREATE TABLE t (id integer, a integer);
CREATE VIEW v AS SELECT id, a FROM t;
CREATE VIEW w AS SELECT id FROM v;
-- queries
-- breaks
SELECT id FROM v;
-- breaks
SELECT id FROM w;
SELECT id FROM t;
-- migration
DROP VIEW v CASCADE;

-- case: a view is made anew with fewer columns
-- history
CREATE TABLE t (id integer, a integer, b integer);
CREATE VIEW v AS SELECT id, a, b FROM t;
-- queries
-- breaks
SELECT b FROM v;
SELECT id, a FROM v;
SELECT * FROM v;
SELECT b FROM t;
-- migration
DROP VIEW v;
CREATE VIEW v AS SELECT id, a FROM t;

-- case: a view's column is renamed
-- history
CREATE TABLE t (id integer, a integer);
CREATE VIEW v AS SELECT id, a FROM t;
-- queries
-- breaks
SELECT a FROM v;
SELECT a FROM t;
-- migration
ALTER VIEW v RENAME COLUMN a TO z;

-- case: a table's column under a view is renamed, and the view keeps its own name
-- history
CREATE TABLE t (id integer, a integer);
CREATE VIEW v AS SELECT id, a FROM t;
-- queries
SELECT a FROM v;
-- breaks
SELECT a FROM t;
UPDATE v SET a = 1;
INSERT INTO v (id, a) VALUES (1, 2);
-- migration
ALTER TABLE t RENAME COLUMN a TO z;

-- case: a column is dropped with the views on it
-- history
CREATE TABLE t (id integer, a integer, b integer);
CREATE VIEW v AS SELECT id, a FROM t;
CREATE VIEW u AS SELECT id, b FROM t;
-- queries
-- breaks
SELECT id FROM v;
SELECT id, b FROM u;
SELECT id FROM t;
-- migration
ALTER TABLE t DROP COLUMN a CASCADE;

-- case: a materialized view becomes a view
-- history
CREATE TABLE t (id integer);
CREATE MATERIALIZED VIEW m AS SELECT id FROM t;
-- queries
SELECT id FROM m;
-- breaks
REFRESH MATERIALIZED VIEW m;
-- migration
DROP MATERIALIZED VIEW m;
CREATE VIEW m AS SELECT id FROM t;

-- case: a view stops being writable
-- history
CREATE TABLE t (id integer, a integer);
CREATE VIEW v AS SELECT id, a FROM t;
-- queries
SELECT id FROM v;
-- breaks
INSERT INTO v (id, a) VALUES (1, 1);
-- breaks
DELETE FROM v;
-- migration
CREATE OR REPLACE VIEW v AS SELECT id, a FROM t LIMIT 10;

-- case: a dropped function, by its signature
-- history
CREATE FUNCTION tax(n integer) RETURNS integer LANGUAGE sql AS 'SELECT n';
CREATE FUNCTION tax(n text) RETURNS text LANGUAGE sql AS 'SELECT n';
CREATE TABLE t (id integer, name text);
-- queries
-- breaks
SELECT tax(id) FROM t;
-- breaks
SELECT tax(3);
SELECT tax(name) FROM t;
SELECT tax('x'::text);
-- migration
DROP FUNCTION tax(integer);

-- case: a function loses a default
-- history
CREATE FUNCTION price(n integer, rate integer DEFAULT 20) RETURNS integer LANGUAGE sql AS 'SELECT n * rate';
-- queries
-- breaks
SELECT price(1);
SELECT price(1, 2);
-- breaks
SELECT price(n => 1);
SELECT price(rate => 1, n => 2);
-- migration
DROP FUNCTION price(integer, integer);
CREATE FUNCTION price(n integer, rate integer) RETURNS integer LANGUAGE sql AS 'SELECT n * rate';

-- case: a function's parameter gets another name
-- history
CREATE FUNCTION price(n integer) RETURNS integer LANGUAGE sql AS 'SELECT n';
-- queries
SELECT price(1);
-- breaks
SELECT price(n => 1);
-- breaks
SELECT price(n := 1);
-- migration
DROP FUNCTION price(integer);
CREATE FUNCTION price(amount integer) RETURNS integer LANGUAGE sql AS 'SELECT amount';

-- case: a function is renamed
-- history
CREATE FUNCTION price(n integer) RETURNS integer LANGUAGE sql AS 'SELECT n';
CREATE TABLE t (id integer);
-- queries
-- breaks
SELECT price(1);
-- breaks
SELECT id FROM t WHERE public.price(id) > 1;
-- breaks
SELECT id FROM t ORDER BY price(id);
SELECT id AS price FROM t;
-- migration
ALTER FUNCTION price(integer) RENAME TO cost;

-- case: a table function gives fewer columns
-- history
CREATE FUNCTION found() RETURNS TABLE (id integer, title text) LANGUAGE sql AS $$ SELECT 1, 'a'::text $$;
-- queries
-- breaks
SELECT title FROM found();
SELECT id FROM found();
SELECT * FROM found();
-- breaks
SELECT f.title FROM found() f;
-- migration
DROP FUNCTION found();
CREATE FUNCTION found() RETURNS TABLE (id integer) LANGUAGE sql AS $$ SELECT 1 $$;

-- case: a function becomes a procedure
-- history
CREATE FUNCTION tidy() RETURNS void LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE sweep(n integer) LANGUAGE sql AS 'SELECT n';
-- queries
-- breaks
SELECT tidy();
-- breaks
CALL sweep(1);
-- migration
DROP FUNCTION tidy();
CREATE PROCEDURE tidy() LANGUAGE sql AS 'SELECT 1';
DROP PROCEDURE sweep(integer);

-- case: an aggregate is dropped
-- history
CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');
CREATE TABLE t (id integer);
-- queries
-- breaks
SELECT total(id) FROM t;
SELECT sum(id) FROM t;
-- migration
DROP AGGREGATE total(integer);

-- case: the body of a trigger function uses a dropped column
-- history
CREATE TABLE t (id integer, a integer, changed timestamptz);
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.changed := now();
  RETURN NEW;
END $$;
CREATE TRIGGER stamped BEFORE INSERT OR UPDATE ON t FOR EACH ROW EXECUTE FUNCTION stamp();
INSERT INTO t (id, a) VALUES (1, 1);
-- queries
-- breaks
INSERT INTO t (id, a) VALUES (2, 2);
-- breaks
UPDATE t SET a = 3;
SELECT id FROM t;
DELETE FROM t WHERE id = 1;
-- migration
ALTER TABLE t DROP COLUMN changed;

-- case: the body of a trigger function writes to a dropped table
-- history
CREATE TABLE t (id integer);
CREATE TABLE log (id integer);
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO log (id) VALUES (NEW.id);
  RETURN NEW;
END $$;
CREATE TRIGGER noted AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION note();
-- queries
-- breaks
INSERT INTO t (id) VALUES (1);
SELECT id FROM t;
UPDATE t SET id = 2;
-- migration
DROP TABLE log;

-- case: the body of a function in use reads a dropped column
-- history
CREATE TABLE t (id integer, a integer);
INSERT INTO t VALUES (1, 1);
CREATE FUNCTION biggest() RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
  RETURN (SELECT max(a) FROM t);
END $$;
-- queries
-- breaks
SELECT biggest();
SELECT max(id) FROM t;
-- migration
ALTER TABLE t DROP COLUMN a;

-- case: a dropped extension-like operator and a cast
-- history
CREATE FUNCTION close_to(a integer, b integer) RETURNS boolean LANGUAGE sql AS 'SELECT abs(a - b) < 2';
CREATE OPERATOR ~== (LEFTARG = integer, RIGHTARG = integer, FUNCTION = close_to);
CREATE TABLE t (id integer);
-- queries
-- breaks
SELECT id FROM t WHERE id ~== 3;
SELECT id FROM t WHERE id = 3;
-- migration
DROP OPERATOR ~== (integer, integer);
