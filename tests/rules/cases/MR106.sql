-- history:
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE SEQUENCE numbers;
CREATE EXTENSION citext;
CREATE FUNCTION shout(a text) RETURNS text LANGUAGE sql AS 'SELECT upper(a)';
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE PROCEDURE sweep() LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION double(integer) RETURNS bigint LANGUAGE sql AS 'SELECT 2 * $1';
CREATE TYPE place AS (x integer, y integer);

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

-- case: made again with an argument more
-- expect: MR106
DROP FUNCTION shout(text);
CREATE FUNCTION shout(a text, b boolean) RETURNS text LANGUAGE sql AS 'SELECT upper(a)';

-- case: made again with an argument more that has a default
DROP FUNCTION shout(text);
CREATE FUNCTION shout(a text, b boolean DEFAULT true) RETURNS text LANGUAGE sql AS 'SELECT upper(a)';

-- case: made again with a type to which the old one is converted
DROP FUNCTION double(integer);
CREATE FUNCTION double(bigint) RETURNS bigint LANGUAGE sql AS 'SELECT 2 * $1';

-- case: made again with a type to which the old one is not converted
-- expect: MR106
DROP FUNCTION double(integer);
CREATE FUNCTION double(smallint) RETURNS bigint LANGUAGE sql AS 'SELECT 2::bigint * $1';

-- case: made again with another result
-- expect: MR106
DROP FUNCTION shout(text);
CREATE FUNCTION shout(a text) RETURNS integer LANGUAGE sql AS 'SELECT 1';

-- case: made again with another name of an argument
-- expect: MR106
DROP FUNCTION shout(text);
CREATE FUNCTION shout(b text) RETURNS text LANGUAGE sql AS 'SELECT upper(b)';

-- case: made again, the same but for its body
DROP FUNCTION shout;
CREATE FUNCTION shout(a text) RETURNS text LANGUAGE sql AS 'SELECT lower(a)';

-- case: an enum with a value less
-- expect: MR106
DROP TYPE mood;
CREATE TYPE mood AS ENUM ('good', 'fair');

-- case: an enum with a value more
DROP TYPE mood;
CREATE TYPE mood AS ENUM ('good', 'fair', 'bad');

-- case: an enum that becomes something else
-- expect: MR106
DROP TYPE mood;
CREATE TYPE mood AS (good boolean);

-- case: a composite type with an attribute less
-- expect: MR106
DROP TYPE place;
CREATE TYPE place AS (x integer);

-- case: a composite type with another type
-- expect: MR106
DROP TYPE place;
CREATE TYPE place AS (x integer, y bigint);

-- case: a composite type with an attribute more
DROP TYPE place;
CREATE TYPE place AS (x integer, y integer, z integer);

-- case: a domain over another type
-- expect: MR106
DROP DOMAIN positive;
CREATE DOMAIN positive AS bigint CHECK (VALUE > 0);

-- case: a domain over the same type
DROP DOMAIN positive;
CREATE DOMAIN positive AS integer CHECK (VALUE >= 0);

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
