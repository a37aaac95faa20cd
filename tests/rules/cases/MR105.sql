-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text, n integer);
CREATE VIEW noted AS SELECT id FROM orders WHERE note IS NOT NULL;
CREATE MATERIALIZED VIEW totals AS SELECT count(*) AS n FROM orders;
CREATE VIEW totals_2 AS SELECT id, n FROM orders;

-- case: a view
-- expect: MR105
DROP VIEW noted;

-- case: a materialized view
-- expect: MR105
DROP MATERIALIZED VIEW totals;

-- case: several
-- expect: MR105
DROP VIEW IF EXISTS noted, never_made;

-- case: made again under another schema is not made again
CREATE SCHEMA app;
-- expect: MR105
DROP VIEW noted;
CREATE VIEW app.noted AS SELECT id FROM orders;

-- case: made again with the schema written
DROP VIEW noted;
CREATE VIEW public.noted AS SELECT id FROM orders;

-- case: made again with a column less
DROP VIEW totals_2;
-- expect: MR105
CREATE VIEW totals_2 AS SELECT id FROM orders;

-- case: made again with another name for a column
DROP VIEW totals_2;
-- expect: MR105
CREATE VIEW totals_2 AS SELECT id, n AS m FROM orders;

-- case: made again with another order and one more
DROP VIEW totals_2;
CREATE VIEW totals_2 AS SELECT n, id, note FROM orders;

-- case: made again as a table whose columns are no longer in it
DROP MATERIALIZED VIEW totals;
-- expect: MR105
CREATE VIEW totals AS SELECT id FROM orders;

-- case: made again before it is dropped
CREATE OR REPLACE VIEW noted AS SELECT id FROM orders;
-- expect: MR105
DROP VIEW noted;

-- case: a temporary view does not take its place
-- expect: MR105
DROP VIEW noted;
CREATE TEMPORARY VIEW noted AS SELECT id FROM orders;

-- case: new
CREATE VIEW fresh AS SELECT id FROM orders;
DROP VIEW fresh;
