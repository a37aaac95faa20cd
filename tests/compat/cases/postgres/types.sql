-- history
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TYPE address AS (street text, city text);
CREATE DOMAIN percent AS integer CHECK (VALUE BETWEEN 0 AND 100);
CREATE DOMAIN email AS text;
CREATE TABLE t (
    id integer PRIMARY KEY, u uuid, j jsonb, js json, tags text[], nums integer[], flag boolean, m mood DEFAULT 'ok',
    home address, p percent, e email, ts timestamp, d date, n numeric, f double precision, ip inet, r int4range,
    b bytea, s text, big bigint, iv interval, ch char(3), tm time);
INSERT INTO t VALUES (1, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '{"a": 1}', '{"a": 1}', '{x,y}', '{1,2}', true, 'ok',
    ROW('s', 'c'), 5, 'a@x', '2020-01-01', '2020-01-01', 1.5, 1.5, '10.0.0.1', '[1,5)', 'x', 'text', 5, '1 day', 'abc', '10:00');
-- queries
SELECT id FROM t WHERE u = 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11';
SELECT id FROM t WHERE u::text LIKE 'a0%';
SELECT id FROM t WHERE u = $1;                                                  --: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid
SELECT j -> 'a', j ->> 'a', j #>> '{a}' FROM t;
SELECT id FROM t WHERE j @> '{"a": 1}';
SELECT id FROM t WHERE j ? 'a';
SELECT id FROM t WHERE j ?| ARRAY['a', 'b'];
SELECT jsonb_array_length(coalesce(j -> 'x', '[]')) FROM t;
SELECT js -> 'a', js ->> 'a' FROM t;
SELECT json_typeof(js) FROM t;
SELECT k FROM t, jsonb_object_keys(j) AS k;
SELECT x.key, x.value FROM t, jsonb_each(j) x;
SELECT j || '{"b": 2}' FROM t;
SELECT j - 'a' FROM t;
SELECT jsonb_set(j, '{a}', '2') FROM t;
SELECT id FROM t WHERE 'x' = ANY (tags);
SELECT id FROM t WHERE tags @> ARRAY['x'];
SELECT id FROM t WHERE tags && '{x}';
SELECT tags[1], array_length(tags, 1), cardinality(tags) FROM t;
SELECT unnest(tags) FROM t;
SELECT x FROM t, unnest(tags) AS x;
SELECT array_to_string(tags, ',') FROM t;
SELECT array_append(nums, 3), nums || 4 FROM t;
SELECT sum(x) FROM t, unnest(nums) x;
SELECT id FROM t WHERE 1 = ANY (nums);
SELECT id FROM t WHERE flag;
SELECT id FROM t WHERE flag = true;
SELECT id FROM t WHERE flag IS TRUE;
SELECT CASE WHEN flag THEN 1 ELSE 0 END FROM t;
SELECT count(*) FILTER (WHERE flag) FROM t;
SELECT bool_or(flag) FROM t;
SELECT id FROM t WHERE m = 'ok';
SELECT id FROM t WHERE m IN ('sad', 'happy');
SELECT id FROM t WHERE m > 'sad' ORDER BY m;
SELECT 'happy'::mood;
SELECT id FROM t WHERE m = $1;                                                  --: 'ok'
SELECT m::text FROM t;
SELECT enum_first(NULL::mood);
SELECT array_agg(m) FROM t;
SELECT (home).city FROM t;
SELECT (home).* FROM t;
SELECT ROW('a', 'b')::address;
SELECT p + 1 FROM t;
SELECT e || 'x', lower(e) FROM t;
SELECT 50::percent;
SELECT date_trunc('month', ts), ts + interval '1 hour', ts::date FROM t;
SELECT id FROM t WHERE ts > now();
SELECT id FROM t WHERE ts BETWEEN '2020-01-01' AND '2021-01-01';
SELECT extract(epoch FROM ts), to_char(ts, 'YYYY') FROM t;
SELECT ts AT TIME ZONE 'UTC' FROM t;
SELECT age(ts), d - date '2019-01-01', d + 1 FROM t;
SELECT id FROM t WHERE d = '2020-01-01';
SELECT id FROM t WHERE d = current_date;
SELECT round(n, 1), n * 2, n % 1 FROM t;
SELECT f * 2, floor(f), power(f, 2) FROM t;
SELECT avg(n), max(n), stddev(f) FROM t;
SELECT host(ip), ip << '10.0.0.0/8' FROM t;
SELECT id FROM t WHERE r @> 3;
SELECT lower(r), upper(r) FROM t;
SELECT encode(b, 'hex'), length(b) FROM t;
SELECT upper(s), length(s), s || '!', trim(s), left(s, 2), replace(s, 'e', 'a') FROM t;
SELECT id FROM t WHERE s LIKE 't%' OR s ILIKE '%x' OR s ~ '^t' OR s SIMILAR TO 't%';
SELECT split_part(s, 'e', 1), regexp_replace(s, 't', 'd'), position('e' IN s), md5(s) FROM t;
SELECT string_agg(s, ',' ORDER BY s), concat(s, id), format('%s', s) FROM t;
SELECT to_tsvector('simple', s) @@ to_tsquery('simple', 'text') FROM t;
SELECT s COLLATE "C" FROM t ORDER BY s COLLATE "C";
SELECT big % 2, big / 2, big & 1, -big, abs(big) FROM t;
SELECT iv * 2, now() - iv FROM t;
SELECT ch || 'x' FROM t WHERE ch = 'abc';
SELECT tm FROM t WHERE tm > '09:00';
SELECT greatest(id, big), least(n, f), coalesce(s, 'x'), nullif(s, '') FROM t;
SELECT id FROM t WHERE (id, s) = (1, 'text');
SELECT id FROM t WHERE (id, s) IN (SELECT id, s FROM t);
SELECT id, lag(n) OVER (ORDER BY ts), rank() OVER (ORDER BY big DESC), ntile(2) OVER (ORDER BY id) FROM t;
SELECT a.id FROM t a JOIN t b ON a.id = b.big;
SELECT a.id FROM t a JOIN t b ON a.s = b.e;
SELECT id FROM t UNION SELECT big FROM t;
SELECT s FROM t UNION SELECT e FROM t;
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY f) FROM t;
SELECT row_to_json(t), to_jsonb(t) FROM t;
SELECT jsonb_build_object('id', id, 's', s), json_agg(t) FROM t GROUP BY id, s;
SELECT id::text, s::varchar(3), n::integer, big::text || 'x' FROM t;
SELECT pg_typeof(s), id IS DISTINCT FROM big FROM t;
INSERT INTO t (id, m) VALUES (2, 'happy');
INSERT INTO t (id, m, p) VALUES ($1, $2, $3);                                   --: 2, 'sad', 7
INSERT INTO t (id, p) VALUES (2, 99);
INSERT INTO t (id, e) VALUES (2, 'no at sign');
INSERT INTO t (id, p, e) VALUES (2, NULL, NULL);
INSERT INTO t (id, j, tags) VALUES (2, '{"x": [1]}', '{a,b}');
INSERT INTO t (id, j, tags, nums) VALUES (2, '[]', ARRAY['a'], ARRAY[1]);
INSERT INTO t (id, j) VALUES (2, to_jsonb('x'::text));
INSERT INTO t (id, s, ch) VALUES (2, 'a longer text than ten', 'abc');
INSERT INTO t (id, u) VALUES (2, gen_random_uuid());
INSERT INTO t (id, d, ts) VALUES (2, '2020-02-02', now());
INSERT INTO t (id, n, big) VALUES (2, 123456.789, 3000000000);
INSERT INTO t (id, flag) VALUES (2, false), (3, 't');
INSERT INTO t (id, home) VALUES (2, ROW('x', 'y'));
INSERT INTO t (id, s) SELECT 5, s FROM t;
INSERT INTO t (id, n) SELECT 5, big FROM t;
UPDATE t SET m = 'sad' WHERE id = 1;
UPDATE t SET p = 100;
UPDATE t SET p = p + 1;
UPDATE t SET tags = array_append(tags, 'z'), j = j || '{"z": 1}';
UPDATE t SET s = id::text, n = n + 1, d = d + 1;
UPDATE t SET flag = NOT flag;
UPDATE t SET home.city = 'x';
UPDATE t SET nums[1] = 5;
UPDATE t SET big = 3000000000 WHERE id = $1;                                    --: 1
-- change: uuid becomes text
ALTER TABLE t ALTER COLUMN u TYPE text;
-- change: jsonb becomes json
ALTER TABLE t ALTER COLUMN j TYPE json;
-- change: json becomes jsonb
ALTER TABLE t ALTER COLUMN js TYPE jsonb;
-- change: jsonb becomes text
ALTER TABLE t ALTER COLUMN j TYPE text;
-- change: an array of texts becomes jsonb
ALTER TABLE t ALTER COLUMN tags TYPE jsonb USING to_jsonb(tags);
-- change: an array of texts becomes a text
ALTER TABLE t ALTER COLUMN tags TYPE text USING array_to_string(tags, ',');
-- change: an array of integers becomes one of texts
ALTER TABLE t ALTER COLUMN nums TYPE text[];
-- change: an array of integers becomes one of bigints
ALTER TABLE t ALTER COLUMN nums TYPE bigint[];
-- change: boolean becomes text
ALTER TABLE t ALTER COLUMN flag TYPE text;
-- change: boolean becomes smallint
ALTER TABLE t ALTER COLUMN flag TYPE smallint USING flag::integer;
-- change: an enum becomes text
ALTER TABLE t ALTER COLUMN m DROP DEFAULT;
ALTER TABLE t ALTER COLUMN m TYPE text;
-- change: an enum becomes a smaller enum
CREATE TYPE feeling AS ENUM ('ok', 'happy');
ALTER TABLE t ALTER COLUMN m DROP DEFAULT;
ALTER TABLE t ALTER COLUMN m TYPE feeling USING m::text::feeling;
ALTER TABLE t ALTER COLUMN m SET DEFAULT 'ok';
-- change: an enum value is renamed
ALTER TYPE mood RENAME VALUE 'happy' TO 'glad';
-- change: an enum value is added
ALTER TYPE mood ADD VALUE 'wow' AFTER 'happy';
-- change: an enum is renamed
ALTER TYPE mood RENAME TO feeling;
-- change: an enum moves to another schema
CREATE SCHEMA other;
ALTER TYPE mood SET SCHEMA other;
-- change: an enum is replaced the usual way
ALTER TYPE mood RENAME TO mood_old;
CREATE TYPE mood AS ENUM ('sad', 'ok');
ALTER TABLE t ALTER COLUMN m DROP DEFAULT;
ALTER TABLE t ALTER COLUMN m TYPE mood USING m::text::mood;
ALTER TABLE t ALTER COLUMN m SET DEFAULT 'ok';
DROP TYPE mood_old;
-- change: an enum is dropped with its column
DROP TYPE mood CASCADE;
-- change: a composite type gets another attribute
ALTER TYPE address ADD ATTRIBUTE zip text;
-- change: a composite type loses an attribute
ALTER TYPE address DROP ATTRIBUTE city;
-- change: a composite type's attribute is renamed
ALTER TYPE address RENAME ATTRIBUTE city TO town;
-- change: a domain is tightened
ALTER DOMAIN percent DROP CONSTRAINT percent_check;
ALTER DOMAIN percent ADD CHECK (VALUE BETWEEN 0 AND 50);
-- change: a domain gets a check
ALTER DOMAIN email ADD CHECK (VALUE ~ '@');
-- change: a domain gets NOT NULL
ALTER DOMAIN percent SET NOT NULL;
-- change: a domain is dropped with its column
DROP DOMAIN percent CASCADE;
-- change: a domain is renamed
ALTER DOMAIN percent RENAME TO ratio;
-- change: a column leaves its domain
ALTER TABLE t ALTER COLUMN p TYPE integer;
-- change: timestamp becomes timestamptz
ALTER TABLE t ALTER COLUMN ts TYPE timestamptz;
-- change: timestamp becomes bigint
ALTER TABLE t ALTER COLUMN ts TYPE bigint USING extract(epoch FROM ts);
-- change: timestamp becomes text
ALTER TABLE t ALTER COLUMN ts TYPE text;
-- change: date becomes timestamp
ALTER TABLE t ALTER COLUMN d TYPE timestamp;
-- change: date becomes text
ALTER TABLE t ALTER COLUMN d TYPE text;
-- change: numeric becomes text
ALTER TABLE t ALTER COLUMN n TYPE text;
-- change: numeric becomes integer
ALTER TABLE t ALTER COLUMN n TYPE integer;
-- change: numeric becomes double precision
ALTER TABLE t ALTER COLUMN n TYPE double precision;
-- change: double precision becomes numeric
ALTER TABLE t ALTER COLUMN f TYPE numeric;
-- change: inet becomes text
ALTER TABLE t ALTER COLUMN ip TYPE text;
-- change: a range becomes text
ALTER TABLE t ALTER COLUMN r TYPE text;
-- change: a range becomes one of bigints
ALTER TABLE t ALTER COLUMN r TYPE int8range USING int8range(lower(r), upper(r));
-- change: bytea becomes text
ALTER TABLE t ALTER COLUMN b TYPE text USING encode(b, 'hex');
-- change: text becomes bytea
ALTER TABLE t ALTER COLUMN s TYPE bytea USING s::bytea;
-- change: text becomes integer
ALTER TABLE t ALTER COLUMN s TYPE integer USING 1;
-- change: text becomes varchar
ALTER TABLE t ALTER COLUMN s TYPE varchar(10);
-- change: text becomes uuid
ALTER TABLE t ALTER COLUMN s TYPE uuid USING gen_random_uuid();
-- change: text becomes an array
ALTER TABLE t ALTER COLUMN s TYPE text[] USING ARRAY[s];
-- change: text becomes json
ALTER TABLE t ALTER COLUMN s TYPE json USING to_json(s);
-- change: bigint becomes integer
ALTER TABLE t ALTER COLUMN big TYPE integer;
-- change: bigint becomes numeric
ALTER TABLE t ALTER COLUMN big TYPE numeric;
-- change: bigint becomes text
ALTER TABLE t ALTER COLUMN big TYPE text;
-- change: integer becomes uuid
ALTER TABLE t ALTER COLUMN id TYPE uuid USING gen_random_uuid();
-- change: integer becomes text
ALTER TABLE t ALTER COLUMN id TYPE text;
-- change: integer becomes bigint
ALTER TABLE t ALTER COLUMN id TYPE bigint;
-- change: interval becomes integer
ALTER TABLE t ALTER COLUMN iv TYPE integer USING 1;
-- change: char gets longer
ALTER TABLE t ALTER COLUMN ch TYPE char(5);
-- change: char gets shorter
ALTER TABLE t ALTER COLUMN ch TYPE char(2) USING left(ch, 2);
-- change: char becomes integer
ALTER TABLE t ALTER COLUMN ch TYPE integer USING 1;
-- change: time becomes timestamp
ALTER TABLE t ALTER COLUMN tm TYPE timestamp USING '2020-01-01'::timestamp;
-- change: a column is made an array
ALTER TABLE t ALTER COLUMN j TYPE jsonb[] USING ARRAY[j];
