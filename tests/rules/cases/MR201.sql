-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text, at timestamptz);
CREATE INDEX orders_at_idx ON orders (at);
CREATE TABLE events (id bigint, at date) PARTITION BY RANGE (at);
CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
CREATE MATERIALIZED VIEW totals AS SELECT count(*) AS n FROM orders;

-- case: a plain index
-- expect: MR201
CREATE INDEX i ON orders (note);

-- case: a comment inside the statement
-- expect: MR201
CREATE /* unique */ INDEX -- CONCURRENTLY
  i ON orders (note);

-- case: CONCURRENTLY, outside a transaction
-- migrail: transaction=off
CREATE INDEX CONCURRENTLY i ON orders (note);

-- case: CONCURRENTLY, which promote runs outside of the transaction by itself
CREATE INDEX CONCURRENTLY i ON orders (note);

-- case: the table comes in the same file
CREATE TABLE fresh (id bigint);
CREATE INDEX i ON fresh (id);

-- case: the table comes in an earlier file of the same change
CREATE TABLE fresh (id bigint);
-- file:
CREATE INDEX i ON fresh (id);

-- case: an old table that was renamed is not new
-- expect: MR103
ALTER TABLE orders RENAME TO purchases;
-- expect: MR201
CREATE INDEX i ON purchases (note);

-- case: the table takes the name of one that was dropped
-- expect: MR101
DROP TABLE orders CASCADE;
CREATE TABLE orders (id bigint);
CREATE INDEX i ON orders (id);

-- case: a copy of a table is new
CREATE TABLE copy (LIKE orders);
CREATE INDEX i ON copy (note);

-- case: IF NOT EXISTS, and it is there
CREATE INDEX IF NOT EXISTS orders_at_idx ON orders (at);

-- case: IF NOT EXISTS, and it is not there
-- expect: MR201
CREATE INDEX IF NOT EXISTS i ON orders (note);

-- case: a partitioned table builds on every partition
-- expect: MR201
CREATE INDEX i ON events (at);

-- case: ON ONLY a partitioned table builds nothing
CREATE INDEX i ON ONLY events (at);

-- case: one partition
-- expect: MR201
CREATE INDEX i ON events_1 (at);

-- case: a materialized view: only its refresh waits
CREATE INDEX i ON totals (n);

-- case: a temporary table
CREATE TEMPORARY TABLE mine (id bigint);
CREATE INDEX i ON mine (id);

-- case: inside a DO block
-- expect: MR201
DO $$ BEGIN CREATE INDEX i ON orders (note); END $$;

-- case: a table that nobody has heard of
-- expect: MR201, MR405
CREATE INDEX i ON other.unheard_of (note);
