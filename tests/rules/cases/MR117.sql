-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text, at date, code text);
CREATE INDEX orders_note ON orders (note);
CREATE INDEX orders_note_at ON orders (note, at);
CREATE UNIQUE INDEX orders_code ON orders (code);
CREATE INDEX orders_at ON orders (at) WHERE note IS NULL;

-- case: another one begins with the same columns
-- migrail: transaction=off
DROP INDEX CONCURRENTLY orders_note;

-- case: the other way round
-- migrail: transaction=off
-- expect: MR117
DROP INDEX CONCURRENTLY orders_note_at;

-- case: a unique one
-- migrail: transaction=off
-- expect: MR117
DROP INDEX CONCURRENTLY orders_code;

-- case: one of a condition
-- migrail: transaction=off
-- expect: MR117
DROP INDEX CONCURRENTLY orders_at;

-- case: the new one is built first
-- migrail: transaction=off
CREATE INDEX CONCURRENTLY orders_at_2 ON orders (at, code) WHERE note IS NULL;
DROP INDEX CONCURRENTLY orders_at;

-- case: the new one is built afterwards
-- migrail: transaction=off
-- expect: MR211
DROP INDEX CONCURRENTLY orders_at;
CREATE INDEX CONCURRENTLY orders_at_2 ON orders (at);

-- case: what no migration made
-- migrail: transaction=off
DROP INDEX CONCURRENTLY IF EXISTS never_made;
