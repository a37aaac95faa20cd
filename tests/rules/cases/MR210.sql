-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);

-- case: one index
-- expect: MR210
REINDEX INDEX orders_pkey;

-- case: a table
-- expect: MR210
REINDEX TABLE orders;

-- case: with options
-- expect: MR210
REINDEX (VERBOSE) TABLE orders;

-- case: a schema
-- migrail: transaction=off
-- expect: MR210
REINDEX SCHEMA public;

-- case: CONCURRENTLY
-- migrail: transaction=off
REINDEX TABLE CONCURRENTLY orders;

-- case: a new table
CREATE TABLE fresh (id bigint PRIMARY KEY);
REINDEX TABLE fresh;
