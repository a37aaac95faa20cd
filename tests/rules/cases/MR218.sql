-- history:
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE MATERIALIZED VIEW counted AS SELECT id FROM orders;
CREATE MATERIALIZED VIEW keyed AS SELECT id FROM orders;
CREATE UNIQUE INDEX keyed_id ON keyed (id);

-- case: without an index that CONCURRENTLY needs
-- expect: MR218
REFRESH MATERIALIZED VIEW counted;

-- case: with one
-- expect: MR218
REFRESH MATERIALIZED VIEW keyed;

-- case: CONCURRENTLY, which is allowed in a transaction
REFRESH MATERIALIZED VIEW CONCURRENTLY keyed;

-- case: a new view
CREATE MATERIALIZED VIEW fresh AS SELECT id FROM orders WITH NO DATA;
REFRESH MATERIALIZED VIEW fresh;
