-- case: a report over several tables loses one column
-- history
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, region text, created timestamptz DEFAULT now());
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers, total numeric, placed date);
CREATE TABLE items (order_id bigint REFERENCES orders, sku text, count integer, price numeric);
-- queries
-- breaks
SELECT c.region, date_trunc('month', o.placed) AS month, sum(o.total) AS total FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY 1, 2 ORDER BY 2;
-- breaks
SELECT c.name, rank() OVER (PARTITION BY c.region ORDER BY sum(o.total) DESC) FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.id;
-- breaks
WITH top AS (SELECT customer_id, sum(total) AS t FROM orders GROUP BY customer_id) SELECT name FROM customers JOIN top ON top.customer_id = customers.id WHERE region = 'north';
-- breaks
SELECT name FROM customers WHERE (region, id) IN (SELECT 'north', customer_id FROM orders);
-- breaks
SELECT name FROM customers GROUP BY GROUPING SETS ((name), (region));
-- breaks
SELECT string_agg(DISTINCT region, ',') FROM customers;
-- breaks
SELECT id FROM customers ORDER BY lower(region) NULLS LAST LIMIT 5;
-- breaks
SELECT (SELECT count(*) FROM orders o WHERE o.customer_id = c.id AND c.region = 'x') FROM customers c;
-- breaks
SELECT coalesce(nullif(region, ''), 'none') FROM customers;
-- breaks
SELECT name FROM customers c WHERE NOT EXISTS (SELECT 1 FROM customers d WHERE d.region = c.region AND d.id <> c.id);
SELECT c.name, count(*) FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id;
SELECT sum(i.count * i.price) FROM items i JOIN orders o ON o.id = i.order_id WHERE o.placed > '2026-01-01';
SELECT 'region' AS region, name FROM customers ORDER BY region;
SELECT json_build_object('region', name) FROM customers;
SELECT name AS "region" FROM customers;
WITH customers AS (SELECT 1 AS id, 'x' AS region) SELECT region FROM customers;
-- migration
ALTER TABLE customers DROP COLUMN region;

-- case: nested CTEs that write
-- history
CREATE TABLE jobs (id bigint PRIMARY KEY, state text, worker bigint, tries integer DEFAULT 0);
CREATE TABLE done (job_id bigint, at timestamptz DEFAULT now());
-- queries
-- breaks
WITH next AS (SELECT id FROM jobs WHERE state = 'todo' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) UPDATE jobs SET worker = 1 FROM next WHERE jobs.id = next.id RETURNING jobs.*;
-- breaks
WITH moved AS (DELETE FROM jobs WHERE state = 'done' RETURNING id, worker) INSERT INTO done (job_id) SELECT id FROM moved;
-- breaks
WITH ins AS (INSERT INTO jobs (id, worker) VALUES (1, 2) RETURNING id) SELECT id FROM ins;
WITH moved AS (DELETE FROM jobs WHERE state = 'done' RETURNING id) INSERT INTO done (job_id) SELECT id FROM moved;
WITH up AS (UPDATE jobs SET tries = tries + 1 WHERE id = 1 RETURNING tries) SELECT tries FROM up;
WITH x AS (SELECT * FROM jobs) UPDATE done SET job_id = x.id FROM x;
-- migration
ALTER TABLE jobs DROP COLUMN worker;

-- case: several migrations in one file, of which only the last counts for a name
-- history
CREATE TABLE t (id integer, a text, b text);
CREATE VIEW v AS SELECT id, a FROM t;
CREATE FUNCTION f(x text) RETURNS text LANGUAGE sql AS 'SELECT x';
-- queries
SELECT a FROM t;
SELECT a FROM v;
SELECT f(a) FROM t;
-- breaks
SELECT b FROM t;
-- migration
DROP VIEW v;
DROP FUNCTION f(text);
ALTER TABLE t RENAME TO t_old;
CREATE TABLE t (id integer, a text);
CREATE VIEW v AS SELECT id, a FROM t;
CREATE FUNCTION f(x text) RETURNS text LANGUAGE sql AS 'SELECT x';

-- case: types of results and arguments of functions
-- history
CREATE TABLE t (id integer, at timestamp, amount numeric, flag boolean, doc jsonb, ip text);
-- queries
-- breaks
SELECT date_trunc('day', at) FROM t;
-- breaks
SELECT extract(year FROM at) FROM t;
-- breaks
SELECT at + interval '1 day' FROM t;
-- breaks
SELECT round(amount, 2) FROM t;
-- breaks
SELECT amount * 2 FROM t;
-- breaks
SELECT avg(amount) FROM t;
-- breaks
SELECT id FROM t WHERE flag AND id > 1;
-- breaks
SELECT jsonb_each(doc) FROM t;
-- breaks
SELECT id FROM t WHERE at > now();
-- breaks
SELECT id FROM t WHERE at BETWEEN '2026-01-01'::date AND '2026-02-01'::date;
-- breaks
SELECT greatest(amount, 1) FROM t;
SELECT id FROM t WHERE at > '2026-01-01';
SELECT id FROM t WHERE amount IS NULL;
SELECT count(at), max(at) FROM t;
SELECT at::timestamp + interval '1 day' FROM t;
SELECT concat(amount, flag) FROM t;
SELECT to_json(doc) FROM t;
INSERT INTO t (id, at, flag) VALUES (1, '2026-01-01', 'true');
-- migration
ALTER TABLE t ALTER COLUMN at TYPE text, ALTER COLUMN amount TYPE text, ALTER COLUMN flag TYPE text, ALTER COLUMN doc TYPE text;

-- case: assignments to a column of another type
-- history
CREATE TABLE t (id integer, n integer, s text, ts timestamptz);
CREATE TABLE u (n integer, s text);
-- queries
-- breaks
INSERT INTO t (n) SELECT n FROM u;
-- breaks
UPDATE t SET n = n + 1;
-- breaks
UPDATE t SET n = u.n FROM u;
-- breaks
INSERT INTO t (id, n) VALUES (1, 2);
-- breaks
UPDATE t SET ts = now();
-- breaks
INSERT INTO t (id, ts) VALUES (1, CURRENT_TIMESTAMP);
INSERT INTO t (id, s) VALUES (1, 'x');
UPDATE t SET n = NULL;
INSERT INTO t (id, n) VALUES (1, NULL);
UPDATE t SET s = 5;
-- migration
ALTER TABLE t DROP COLUMN n, DROP COLUMN ts;
ALTER TABLE t ADD COLUMN n boolean, ADD COLUMN ts uuid;

-- case: foreign keys and unique indexes that change no statement
-- history
CREATE TABLE a (id integer PRIMARY KEY);
CREATE TABLE b (a_id integer, x integer);
-- queries
INSERT INTO b (x) VALUES (1);
SELECT * FROM a JOIN b ON b.a_id = a.id;
DELETE FROM a;
INSERT INTO b (a_id) VALUES (NULL);
-- migration
ALTER TABLE b ADD FOREIGN KEY (a_id) REFERENCES a;
CREATE UNIQUE INDEX ON b (x);

-- case: a rename inside a function that SQL queries call
-- history
CREATE TABLE t (id integer, a integer);
CREATE FUNCTION total() RETURNS bigint LANGUAGE sql AS $$ SELECT sum(a) FROM t $$;
CREATE FUNCTION safe() RETURNS bigint LANGUAGE sql AS $$ SELECT count(id) FROM t $$;
-- queries
-- breaks
SELECT total();
SELECT safe();
SELECT id FROM t;
-- migration
ALTER TABLE t RENAME COLUMN a TO b;

-- case: a generated column and a default that use a function
-- history
CREATE SEQUENCE numbers;
CREATE TABLE t (id integer DEFAULT nextval('numbers'), a text);
-- queries
INSERT INTO t (a) VALUES ('x');
SELECT a FROM t;
-- breaks
SELECT nextval('numbers');
-- migration
ALTER SEQUENCE numbers RENAME TO t_numbers;

-- case: an enum column becomes text
-- history
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (id integer, m mood);
-- queries
-- breaks
SELECT id FROM t WHERE m = 'sad'::mood;
-- breaks
SELECT id FROM t WHERE m > 'sad'::mood;
-- breaks
SELECT enum_range(m) FROM t;
SELECT id FROM t WHERE m = 'sad';
INSERT INTO t VALUES (1, 'ok');
SELECT 'ok'::mood;
-- migration
ALTER TABLE t ALTER COLUMN m TYPE text;

-- case: a text column becomes an enum
-- history
CREATE TABLE t (id integer, state text);
CREATE TABLE u (state text);
-- queries
-- breaks
SELECT id FROM t WHERE state = 'unknown';
-- breaks
SELECT id FROM t WHERE state LIKE 'n%';
-- breaks
SELECT id FROM t JOIN u ON u.state = t.state;
-- breaks
SELECT upper(state) FROM t;
-- breaks
SELECT id FROM t WHERE state IN ('new', 'gone');
-- breaks
UPDATE t SET state = u.state FROM u;
-- breaks
SELECT coalesce(state, '') FROM t;
-- breaks
SELECT state FROM t UNION SELECT state FROM u;
SELECT id FROM t WHERE state = 'new';
INSERT INTO t VALUES (1, 'old');
SELECT state::text FROM t;
SELECT state FROM t ORDER BY state;
SELECT state || '' FROM t;
-- migration
CREATE TYPE status AS ENUM ('new', 'old');
ALTER TABLE t ALTER COLUMN state TYPE status USING state::status;

-- case: the same alias, another table
-- history
CREATE TABLE a (id integer, x integer);
CREATE TABLE b (id integer, y integer);
-- queries
-- breaks
SELECT t.x FROM a t;
SELECT t.y FROM b t;
SELECT t.x FROM (SELECT y AS x FROM b) t;
-- breaks
SELECT t.id FROM b t WHERE t.id = (SELECT max(t.x) FROM a t);
-- breaks
SELECT a.x, b.y FROM a, b;
SELECT a.y FROM b AS a;
-- migration
ALTER TABLE a DROP COLUMN x;

-- case: LATERAL, functions in FROM, and TABLESAMPLE
-- history
CREATE TABLE t (id integer, tags text[], doc jsonb);
-- queries
-- breaks
SELECT tag FROM t, unnest(t.tags) AS tag;
-- breaks
SELECT tag FROM t CROSS JOIN LATERAL unnest(tags) AS x (tag);
-- breaks
SELECT id FROM t WHERE 'a' = ANY (tags);
-- breaks
SELECT id FROM t TABLESAMPLE SYSTEM (100) WHERE cardinality(tags) > 1;
SELECT e.value FROM t, jsonb_array_elements(t.doc) AS e WHERE false;
SELECT g FROM generate_series(1, 3) AS g;
SELECT id FROM t, generate_series(1, t.id) AS tags;
-- migration
ALTER TABLE t DROP COLUMN tags;

-- case: INSERT with defaults, arrays and subqueries
-- history
CREATE TABLE t (id integer, a text DEFAULT 'x', b integer);
CREATE TABLE src (id integer, a text);
-- queries
-- breaks
INSERT INTO t (id, b) SELECT id, 1 FROM src;
-- breaks
INSERT INTO t (id, a, b) VALUES (1, DEFAULT, (SELECT max(id) FROM src));
-- breaks
INSERT INTO t SELECT id, a, 1 FROM src;
INSERT INTO t (id, a) SELECT id, a FROM src ON CONFLICT DO NOTHING;
INSERT INTO t SELECT id, a FROM src;
INSERT INTO t TABLE src;
-- migration
ALTER TABLE t DROP COLUMN b;

-- case: string functions and casts on a column that becomes bytea
-- history
CREATE TABLE t (id integer, secret text);
-- queries
-- breaks
SELECT lower(secret) FROM t;
-- breaks
SELECT id FROM t WHERE secret ILIKE '%x%';
-- breaks
SELECT id FROM t WHERE secret = lower('x');
SELECT secret FROM t;
SELECT id FROM t WHERE secret = 'x';
SELECT length(secret), md5(secret) FROM t;
-- migration
ALTER TABLE t ALTER COLUMN secret TYPE bytea USING secret::bytea;

-- case: partitioned tables lose and gain columns with their partitions
-- history
CREATE TABLE e (id integer, at date, kind text) PARTITION BY LIST (id);
CREATE TABLE e1 PARTITION OF e FOR VALUES IN (1);
-- queries
-- breaks
SELECT kind FROM e1;
-- breaks
INSERT INTO e1 (id, kind) VALUES (1, 'x');
SELECT id, at FROM e1;
INSERT INTO e1 (id, at) VALUES (1, now());
-- breaks
INSERT INTO e (id, at) VALUES (1, now()) ON CONFLICT DO NOTHING RETURNING kind;
-- migration
ALTER TABLE e DROP COLUMN kind;

-- case: a rule about the whole row: comparisons and IS DISTINCT FROM
-- history
CREATE TABLE t (id integer, a integer, b integer);
-- queries
-- breaks
SELECT id FROM t WHERE (a, b) = (1, 2);
-- breaks
SELECT id FROM t WHERE ROW(a, b) IS DISTINCT FROM ROW(1, 2);
-- breaks
UPDATE t SET (a, b) = (SELECT 1, 2);
SELECT id FROM t WHERE (id, a) < (1, 2);
SELECT t = t FROM t;
-- migration
ALTER TABLE t DROP COLUMN b;

-- case: a privilege-free change of owner, a policy, a comment
-- history
CREATE TABLE t (id integer, a text);
-- queries
SELECT a FROM t;
UPDATE t SET a = 'x';
-- migration
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
ALTER TABLE t REPLICA IDENTITY FULL;
COMMENT ON TABLE t IS 'x';

-- case: checks over several columns
-- history
CREATE TABLE t (id integer, a integer, b integer);
-- queries
-- breaks
INSERT INTO t (id, a, b) VALUES (1, 5, 3);
INSERT INTO t (id, a, b) VALUES (1, 3, 5);
INSERT INTO t (id, a) VALUES (1, 5);
-- with: 1, 2
INSERT INTO t (id, a, b) VALUES (1, $1, $2);
-- migration
ALTER TABLE t ADD CHECK (a < b);

-- case: a check on the length and form of text
-- history
CREATE TABLE t (id integer, code text);
-- queries
-- breaks
INSERT INTO t VALUES (1, 'toolong');
-- breaks
INSERT INTO t VALUES (1, '');
INSERT INTO t VALUES (1, 'abc');
INSERT INTO t VALUES (1, NULL);
-- migration
ALTER TABLE t ADD CHECK (length(code) <= 5 AND code <> '');
