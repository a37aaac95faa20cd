-- history:
CREATE TABLE orders (id bigint PRIMARY KEY);

-- case: CLUSTER
-- expect: MR220
CLUSTER orders USING orders_pkey;

-- case: VACUUM FULL
-- migrail: transaction=off
-- expect: MR220
VACUUM (FULL, ANALYZE) orders;

-- case: VACUUM
-- migrail: transaction=off
VACUUM (ANALYZE) orders;

-- case: SET UNLOGGED, SET TABLESPACE
-- expect: MR220
ALTER TABLE orders SET UNLOGGED;
-- file:
-- expect: MR220
ALTER TABLE orders SET TABLESPACE fast;

-- case: what writes nothing
ALTER TABLE orders CLUSTER ON orders_pkey;
ALTER TABLE orders SET (fillfactor = 80);

-- case: a new table
CREATE TABLE fresh (id bigint PRIMARY KEY);
CLUSTER fresh USING fresh_pkey;
