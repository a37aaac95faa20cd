-- history:
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE people (id bigint PRIMARY KEY, mood mood, note text);
CREATE TABLE notes (id bigint PRIMARY KEY, note text);

-- case: in a row
-- expect: MR408
ALTER TYPE mood ADD VALUE 'mixed';
INSERT INTO people (id, mood) VALUES (1, 'mixed');

-- case: in a cast
-- expect: MR408
ALTER TYPE mood ADD VALUE 'mixed';
UPDATE notes SET note = 'x' WHERE note::mood = 'mixed'::mood;

-- case: as a default of a new table
-- expect: MR408
ALTER TYPE mood ADD VALUE 'mixed';
CREATE TABLE pets (id bigint PRIMARY KEY, mood mood DEFAULT 'mixed');

-- case: the same text somewhere else
ALTER TYPE mood ADD VALUE 'mixed';
UPDATE notes SET note = 'mixed' WHERE id = 1;

-- case: before it is there
UPDATE notes SET note = 'mixed' WHERE id = 1;
ALTER TYPE mood ADD VALUE 'mixed';

-- case: each statement by itself
-- migrail: transaction=off
ALTER TYPE mood ADD VALUE 'mixed';
UPDATE people SET mood = 'mixed' WHERE id = 1;

-- case: in the next migration
ALTER TYPE mood ADD VALUE 'mixed';
-- file:
UPDATE people SET mood = 'mixed' WHERE id = 1;

-- case: of an enum of the same transaction, before version 17
CREATE TYPE colour AS ENUM ('red');
-- expect: MR408
ALTER TYPE colour ADD VALUE 'blue';
CREATE TABLE cars (id bigint PRIMARY KEY, colour colour DEFAULT 'blue');

-- case 17: of an enum of the same transaction
CREATE TYPE colour AS ENUM ('red');
ALTER TYPE colour ADD VALUE 'blue';
CREATE TABLE cars (id bigint PRIMARY KEY, colour colour DEFAULT 'blue');

-- case 17: of an enum of the same transaction that was renamed
CREATE TYPE color AS ENUM ('red');
ALTER TYPE color RENAME TO colour;
ALTER TYPE colour ADD VALUE 'blue';
CREATE TABLE cars (id bigint PRIMARY KEY, colour colour DEFAULT 'blue');

-- case 17: of an enum of the same transaction that was moved
CREATE SCHEMA app;
CREATE TYPE colour AS ENUM ('red');
ALTER TYPE colour SET SCHEMA app;
ALTER TYPE app.colour ADD VALUE 'blue';
CREATE TABLE cars (id bigint PRIMARY KEY, colour app.colour DEFAULT 'blue');

-- case 17: of an enum that a savepoint holds
SAVEPOINT s;
CREATE TYPE colour AS ENUM ('red');
RELEASE s;
-- expect: MR408
ALTER TYPE colour ADD VALUE 'blue';
CREATE TABLE cars (id bigint PRIMARY KEY, colour colour DEFAULT 'blue');

-- case 17: of an enum of the same transaction, added in a savepoint
CREATE TYPE colour AS ENUM ('red');
SAVEPOINT s;
-- expect: MR408
ALTER TYPE colour ADD VALUE 'blue';
RELEASE s;
CREATE TABLE cars (id bigint PRIMARY KEY, colour colour DEFAULT 'blue');

-- case 17: of an enum of a block of code
DO $$ BEGIN CREATE TYPE colour AS ENUM ('red'); END $$;
ALTER TYPE colour ADD VALUE 'blue';
CREATE TABLE cars (id bigint PRIMARY KEY, colour colour DEFAULT 'blue');

-- case 17: of an enum of a block that catches errors
DO $$ BEGIN CREATE TYPE colour AS ENUM ('red'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;
-- expect: MR408
ALTER TYPE colour ADD VALUE 'blue';
CREATE TABLE cars (id bigint PRIMARY KEY, colour colour DEFAULT 'blue');

-- case 17: of an enum of the migration before
CREATE TYPE colour AS ENUM ('red');
-- file:
-- expect: MR408
ALTER TYPE colour ADD VALUE 'blue';
CREATE TABLE cars (id bigint PRIMARY KEY, colour colour DEFAULT 'blue');

-- case: a value that is renamed at once
ALTER TYPE mood ADD VALUE 'mixed';
ALTER TYPE mood RENAME VALUE 'mixed' TO 'middling';
