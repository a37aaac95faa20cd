-- history:
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE people (id bigint PRIMARY KEY, "Mood" mood);

-- case: of a type that a column has
-- expect: MR109
ALTER TYPE mood RENAME VALUE 'bad' TO 'po''or';

-- case: a new enum
CREATE TYPE colour AS ENUM ('red');
ALTER TYPE colour RENAME VALUE 'red' TO 'blue';

-- case: a value of a new enum that was renamed, and a new value
CREATE TYPE fresh AS ENUM ('x');
ALTER TYPE fresh RENAME TO ripe;
ALTER TYPE ripe RENAME VALUE 'x' TO 'y';
