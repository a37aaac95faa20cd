-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);

-- case: required and without a default
-- expect: MR401
ALTER TABLE orders ADD COLUMN x integer NOT NULL;

-- case: a default that is NULL is none
-- expect: MR401
ALTER TABLE orders ADD COLUMN x integer NOT NULL DEFAULT NULL;

-- case: with a default
ALTER TABLE orders ADD COLUMN x integer NOT NULL DEFAULT 0;

-- case: it may be empty
ALTER TABLE orders ADD COLUMN x integer;

-- case: a new table
CREATE TABLE fresh (id bigint);
ALTER TABLE fresh ADD COLUMN x integer NOT NULL;
