-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
CREATE VIEW noted AS SELECT id FROM orders;
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE SEQUENCE numbers;
CREATE SCHEMA app;
CREATE FUNCTION shout(a text) RETURNS text LANGUAGE sql AS 'SELECT upper(a)';
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE INDEX orders_note ON orders (note);

-- case: a view
-- expect: MR107
ALTER VIEW noted RENAME TO remarked;

-- case: a view with one of the old name left behind
ALTER VIEW noted RENAME TO remarked;
CREATE VIEW noted AS SELECT * FROM remarked;

-- case: an enum
-- expect: MR107
ALTER TYPE mood RENAME TO temper;

-- case: a sequence
-- expect: MR107
ALTER SEQUENCE numbers RENAME TO counts;

-- case: a schema
-- expect: MR107
ALTER SCHEMA app RENAME TO shop;

-- case: a table into another schema
-- expect: MR107
ALTER TABLE orders SET SCHEMA app;

-- case: a table into another schema, with a view in its place
ALTER TABLE orders SET SCHEMA app;
CREATE VIEW orders AS SELECT * FROM app.orders;

-- case: a function into another schema
-- expect: MR107
ALTER FUNCTION shout(text) SET SCHEMA app;

-- case: a function that is made again
ALTER FUNCTION shout(text) RENAME TO shout_v1;
CREATE FUNCTION shout(a text) RETURNS text LANGUAGE sql AS 'SELECT upper(a)';

-- case: a trigger function
ALTER FUNCTION touch() RENAME TO touch_v1;

-- case: an index has no callers
ALTER INDEX orders_note RENAME TO by_note;

-- case: a new table
CREATE TABLE fresh (id bigint);
ALTER TABLE fresh SET SCHEMA app;

-- case: new objects of every kind
CREATE TYPE fresh_mood AS ENUM ('x');
ALTER TYPE fresh_mood RENAME TO ripe_mood;
ALTER TYPE ripe_mood RENAME TO old_mood;
CREATE DOMAIN fresh_number AS integer;
ALTER DOMAIN fresh_number RENAME TO ripe_number;
CREATE SEQUENCE fresh_count;
ALTER SEQUENCE fresh_count RENAME TO ripe_count;
CREATE SCHEMA fresh_app;
ALTER SCHEMA fresh_app RENAME TO ripe_app;
CREATE VIEW fresh_view AS SELECT id FROM orders;
ALTER VIEW fresh_view RENAME TO ripe_view;
CREATE FUNCTION fresh_call(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
ALTER FUNCTION fresh_call(integer) RENAME TO ripe_call;
ALTER FUNCTION ripe_call(integer) SET SCHEMA ripe_app;

-- case: an old type under a new name is not new
-- expect: MR107
ALTER TYPE mood RENAME TO temper;
-- expect: MR107
ALTER TYPE temper RENAME TO humour;

-- case: a function that is replaced is not new
CREATE OR REPLACE FUNCTION shout(a text) RETURNS text LANGUAGE sql AS 'SELECT lower(a)';
-- expect: MR107
ALTER FUNCTION shout(text) RENAME TO whisper;
