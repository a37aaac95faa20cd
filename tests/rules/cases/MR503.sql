-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);

-- case: what an earlier attempt left
-- migrail: transaction=off
-- expect: MR503
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON orders (note);

-- case: it is dropped before
-- migrail: transaction=off
DROP INDEX CONCURRENTLY IF EXISTS i;
CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON orders (note);

-- case: without IF NOT EXISTS a failure is seen
-- migrail: transaction=off
CREATE INDEX CONCURRENTLY i ON orders (note);

-- case: a new table
-- migrail: transaction=off
CREATE TABLE fresh (id bigint);
CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON fresh (id);
