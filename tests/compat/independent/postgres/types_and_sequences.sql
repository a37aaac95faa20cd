-- case: an enum type is renamed
-- history
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (id integer, m mood);
-- queries
-- breaks
SELECT 'sad'::mood;
-- breaks
SELECT id FROM t WHERE m = 'ok'::mood;
-- breaks
SELECT CAST('ok' AS public.mood);
-- breaks
SELECT ARRAY['ok']::mood[];
SELECT id FROM t WHERE m = 'ok';
-- migration
ALTER TYPE mood RENAME TO feeling;

-- case: an enum value is renamed
-- history
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (id integer, m mood);
-- queries
-- breaks
SELECT id FROM t WHERE m = 'sad';
-- breaks
INSERT INTO t (id, m) VALUES (1, 'sad');
-- breaks
UPDATE t SET m = 'sad';
-- breaks
SELECT id FROM t WHERE m IN ('ok', 'sad');
-- breaks
SELECT 'sad'::mood;
SELECT id FROM t WHERE m = 'ok';
SELECT id FROM t WHERE m::text = 'sad';
-- with: 'ok'
SELECT id FROM t WHERE m = $1;
-- migration
ALTER TYPE mood RENAME VALUE 'sad' TO 'unhappy';

-- case: an enum loses a value by way of a new type
-- history
CREATE TYPE mood AS ENUM ('sad', 'ok', 'glad');
CREATE TABLE t (id integer, m mood);
-- queries
-- breaks
INSERT INTO t (id, m) VALUES (1, 'glad');
-- breaks
SELECT id FROM t WHERE m = 'glad';
INSERT INTO t (id, m) VALUES (1, 'ok');
SELECT m FROM t;
SELECT 'ok'::mood;
-- migration
ALTER TYPE mood RENAME TO mood_old;
CREATE TYPE mood AS ENUM ('sad', 'ok');
ALTER TABLE t ALTER COLUMN m TYPE mood USING m::text::mood;
DROP TYPE mood_old;

-- case: an enum gets another value
-- history
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (id integer, m mood);
-- queries
SELECT id FROM t WHERE m = 'ok';
INSERT INTO t VALUES (1, 'sad');
-- migration
ALTER TYPE mood ADD VALUE 'glad' AFTER 'ok';

-- case: a domain is tightened
-- history
CREATE DOMAIN percent AS integer CHECK (VALUE >= 0);
CREATE TABLE t (id integer, p percent);
-- queries
-- breaks
INSERT INTO t (id, p) VALUES (1, 150);
-- breaks
SELECT 150::percent;
INSERT INTO t (id, p) VALUES (1, 50);
SELECT p FROM t;
-- migration
ALTER DOMAIN percent ADD CONSTRAINT at_most CHECK (VALUE <= 100);

-- case: a domain becomes NOT NULL
-- history
CREATE DOMAIN name AS varchar(10);
CREATE TABLE t (id integer, n public.name);
-- queries
-- breaks
INSERT INTO t (id) VALUES (1);
-- breaks
INSERT INTO t (id, n) VALUES (1, NULL);
INSERT INTO t (id, n) VALUES (1, 'x');
-- migration
ALTER DOMAIN public.name SET NOT NULL;

-- case: a composite type loses an attribute
-- history
CREATE TYPE place AS (street text, city text);
CREATE TABLE t (id integer, home place);
-- queries
-- breaks
SELECT (home).city FROM t;
-- breaks
UPDATE t SET home.city = 'x';
-- breaks
INSERT INTO t VALUES (1, ROW('a', 'b'));
SELECT (home).street FROM t;
SELECT home FROM t;
-- migration
ALTER TYPE place DROP ATTRIBUTE city;

-- case: a dropped sequence
-- history
CREATE SEQUENCE numbers;
CREATE SEQUENCE others;
-- queries
-- breaks
SELECT nextval('numbers');
-- breaks
SELECT nextval('public.numbers'::regclass);
-- breaks
SELECT setval('numbers', 5);
-- breaks
SELECT last_value FROM numbers;
SELECT nextval('others');
SELECT 'numbers';
-- migration
DROP SEQUENCE numbers;

-- case: a renamed sequence
-- history
CREATE TABLE t (id serial PRIMARY KEY, a text);
-- queries
-- breaks
SELECT nextval('t_id_seq');
-- breaks
SELECT currval('t_id_seq') WHERE false OR nextval('t_id_seq') > 0;
INSERT INTO t (a) VALUES ('x');
SELECT nextval(pg_get_serial_sequence('t', 'id'));
-- migration
ALTER SEQUENCE t_id_seq RENAME TO t_numbers;

-- case: a sequence goes with its column
-- history
CREATE TABLE t (id serial, a text);
-- queries
-- breaks
SELECT nextval('t_id_seq');
INSERT INTO t (a) VALUES ('x');
-- migration
ALTER TABLE t DROP COLUMN id;

-- case: text becomes integer
-- history
CREATE TABLE t (id integer, n text);
-- queries
-- breaks
SELECT id FROM t WHERE n LIKE 'a%';
-- breaks
SELECT upper(n) FROM t;
-- breaks
SELECT id FROM t WHERE n = 'abc';
-- breaks
INSERT INTO t (id, n) VALUES (1, 'abc');
-- breaks
SELECT length(n) FROM t;
-- breaks
SELECT id FROM t WHERE n ~ '^1';
-- breaks
SELECT coalesce(n, 'none') FROM t;
SELECT id FROM t WHERE n = '12';
INSERT INTO t (id, n) VALUES (1, '12');
SELECT n || 'x' FROM t;
SELECT n::text FROM t;
SELECT max(n) FROM t;
-- with: '5'
SELECT id FROM t WHERE n = $1;
-- migration
ALTER TABLE t ALTER COLUMN n TYPE integer USING n::integer;

-- case: integer becomes text
-- history
CREATE TABLE t (id integer, n integer);
CREATE TABLE u (n integer);
-- queries
-- breaks
SELECT id FROM t WHERE n = 5;
-- breaks
SELECT n + 1 FROM t;
-- breaks
SELECT sum(n) FROM t;
-- breaks
SELECT t.id FROM t JOIN u ON u.n = t.n;
-- breaks
SELECT id FROM t WHERE n IN (1, 2);
-- breaks
SELECT id FROM t WHERE n BETWEEN 1 AND 3;
-- breaks
SELECT n FROM t UNION SELECT n FROM u;
-- breaks
SELECT abs(n) FROM t;
-- breaks
SELECT CASE WHEN id = 1 THEN n ELSE 0 END FROM t;
-- breaks
SELECT id FROM t WHERE n = ANY (ARRAY[1, 2]);
SELECT id FROM t WHERE n = '5';
SELECT n FROM t ORDER BY n;
INSERT INTO t (id, n) VALUES (1, 5);
UPDATE t SET n = 7;
SELECT n::integer + 1 FROM t;
SELECT count(n), max(n) FROM t;
-- migration
ALTER TABLE t ALTER COLUMN n TYPE text;

-- case: uuid instead of text
-- history
CREATE TABLE t (id text PRIMARY KEY, a integer);
-- queries
-- breaks
SELECT a FROM t WHERE id = 'customer-1';
-- breaks
INSERT INTO t (id) VALUES ('x');
-- breaks
SELECT a FROM t WHERE id LIKE 'a%';
-- breaks
SELECT substr(id, 1, 3) FROM t;
SELECT a FROM t WHERE id = '7f1c1b8e-4a52-4f0e-8f4e-0f0a3e5b7c11';
SELECT a FROM t WHERE id::text LIKE 'a%';
-- with: '7f1c1b8e-4a52-4f0e-8f4e-0f0a3e5b7c11'
SELECT a FROM t WHERE id = $1;
-- migration
ALTER TABLE t ALTER COLUMN id TYPE uuid USING id::uuid;

-- case: jsonb becomes json
-- history
CREATE TABLE t (id integer, d jsonb);
-- queries
-- breaks
SELECT id FROM t WHERE d ? 'a';
-- breaks
SELECT id FROM t WHERE d @> '{"a": 1}';
-- breaks
SELECT id FROM t WHERE d = '{"a": 1}';
-- breaks
SELECT jsonb_array_length(d) FROM t;
-- breaks
SELECT DISTINCT d FROM t;
-- breaks
SELECT d - 'a' FROM t;
-- breaks
SELECT count(*) FROM t GROUP BY d;
SELECT d ->> 'a' FROM t;
SELECT d #>> '{a,b}' FROM t;
SELECT d::jsonb ? 'a' FROM t;
INSERT INTO t VALUES (1, '{}');
-- migration
ALTER TABLE t ALTER COLUMN d TYPE json;

-- case: json becomes text
-- history
CREATE TABLE t (id integer, d json);
-- queries
-- breaks
SELECT d ->> 'a' FROM t;
-- breaks
SELECT d -> 'a' FROM t;
-- breaks
SELECT json_array_length(d) FROM t;
SELECT d FROM t;
INSERT INTO t VALUES (1, '{"a": 1}');
-- migration
ALTER TABLE t ALTER COLUMN d TYPE text;

-- case: a scalar becomes an array
-- history
CREATE TABLE t (id integer, tag text);
-- queries
-- breaks
SELECT id FROM t WHERE tag = 'x';
-- breaks
INSERT INTO t VALUES (1, 'x');
-- breaks
SELECT lower(tag) FROM t;
SELECT tag FROM t WHERE tag IS NOT NULL;
INSERT INTO t VALUES (1, '{x}');
-- migration
ALTER TABLE t ALTER COLUMN tag TYPE text[] USING ARRAY[tag];

-- case: an array becomes a scalar
-- history
CREATE TABLE t (id integer, tags integer[]);
-- queries
-- breaks
SELECT id FROM t WHERE 1 = ANY (tags);
-- breaks
SELECT tags[1] FROM t;
-- breaks
SELECT unnest(tags) FROM t;
-- breaks
SELECT id FROM t WHERE tags && ARRAY[1];
SELECT id FROM t WHERE tags IS NULL;
-- migration
ALTER TABLE t ALTER COLUMN tags TYPE integer USING tags[1];

-- case: boolean becomes integer
-- history
CREATE TABLE t (id integer, ok boolean NOT NULL DEFAULT false);
-- queries
-- breaks
SELECT id FROM t WHERE ok;
-- breaks
SELECT id FROM t WHERE NOT ok;
-- breaks
SELECT id FROM t WHERE ok = true;
-- breaks
SELECT id FROM t WHERE ok IS TRUE;
-- breaks
UPDATE t SET ok = false;
-- breaks
SELECT bool_or(ok) FROM t;
-- breaks
SELECT CASE WHEN ok THEN 1 END FROM t;
-- breaks
INSERT INTO t (id, ok) VALUES (1, 't');
SELECT id FROM t WHERE ok = '1';
SELECT ok FROM t;
SELECT id FROM t WHERE ok IS NULL;
-- migration
ALTER TABLE t ALTER COLUMN ok DROP DEFAULT;
ALTER TABLE t ALTER COLUMN ok TYPE integer USING ok::integer;

-- case: timestamp becomes date, integer becomes bigint, varchar grows
-- history
CREATE TABLE t (id integer, at timestamp, n integer, s varchar(10));
-- queries
SELECT at + interval '1 day' FROM t;
SELECT date_trunc('day', at) FROM t;
SELECT extract(hour FROM at) FROM t WHERE false;
SELECT id FROM t WHERE n = 5 AND s = 'x';
INSERT INTO t VALUES (1, now(), 3, 'abc');
SELECT n + 1, s || 'x', upper(s) FROM t;
-- migration
ALTER TABLE t ALTER COLUMN n TYPE bigint, ALTER COLUMN s TYPE varchar(20);
ALTER TABLE t ALTER COLUMN at TYPE timestamptz;

-- case: a shorter varchar refuses literals
-- history
CREATE TABLE t (id integer, code varchar(10));
-- queries
-- breaks
INSERT INTO t (id, code) VALUES (1, 'abcdef');
INSERT INTO t (id, code) VALUES (1, 'abc');
SELECT id FROM t WHERE code = 'abcdef';
INSERT INTO t (id, code) VALUES (1, 'abc   ');
-- migration
ALTER TABLE t ALTER COLUMN code TYPE varchar(3);

-- case: smaller numbers refuse literals
-- history
CREATE TABLE t (id integer, n integer, p numeric(10, 2));
-- queries
-- breaks
INSERT INTO t (id, n) VALUES (1, 40000);
-- breaks
INSERT INTO t (id, p) VALUES (1, 12345);
INSERT INTO t (id, n) VALUES (1, 300);
INSERT INTO t (id, p) VALUES (1, 99.999);
SELECT id FROM t WHERE n = 40000;
-- migration
ALTER TABLE t ALTER COLUMN n TYPE smallint, ALTER COLUMN p TYPE numeric(5, 2);
