-- history:
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE SEQUENCE numbers;
CREATE EXTENSION citext;
CREATE FUNCTION shout(a text) RETURNS text LANGUAGE sql AS 'SELECT upper(a)';
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE PROCEDURE sweep() LANGUAGE sql AS 'SELECT 1';

-- case: a function
-- expect: MR106
DROP FUNCTION shout(text);

-- case: a procedure by the word for both
-- expect: MR106
DROP ROUTINE sweep();

-- case: an enum
-- expect: MR106
DROP TYPE mood;

-- case: a domain
-- expect: MR106
DROP DOMAIN positive;

-- case: a sequence
-- expect: MR106
DROP SEQUENCE numbers;

-- case: an extension
-- expect: MR106
DROP EXTENSION citext;

-- case: a trigger function, which no query calls
DROP FUNCTION touch();

-- case: with other arguments, under the same name
DROP FUNCTION shout(text);
CREATE FUNCTION shout(a text, b boolean) RETURNS text LANGUAGE sql AS 'SELECT upper(a)';

-- case: made again
DROP TYPE mood;
CREATE TYPE mood AS ENUM ('good');

-- case: what no migration made, with IF EXISTS
DROP FUNCTION IF EXISTS never_made();
DROP TYPE IF EXISTS never_made;
DROP SEQUENCE IF EXISTS never_made;
DROP EXTENSION IF EXISTS never_made;

-- case: what no query names
DROP PUBLICATION changes;

-- case: new objects of every kind
CREATE TYPE fresh_mood AS ENUM ('x');
ALTER TYPE fresh_mood RENAME TO ripe_mood;
DROP TYPE ripe_mood;
CREATE DOMAIN fresh_number AS integer;
DROP DOMAIN fresh_number;
CREATE FUNCTION fresh_call(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
DROP FUNCTION fresh_call(integer);
