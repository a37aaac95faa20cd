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
