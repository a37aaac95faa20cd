-- history:
CREATE SCHEMA legacy;
CREATE TABLE legacy.old_orders (id bigint PRIMARY KEY);

-- case: with everything in it
-- expect: MR302
DROP SCHEMA legacy CASCADE;

-- case: without CASCADE it fails, because it is not empty
-- expect: MR405
DROP SCHEMA legacy;

-- case: one that no migration made
DROP SCHEMA IF EXISTS never_made CASCADE;

-- case: a database
-- migrail: transaction=off
-- expect: MR302
DROP DATABASE shop;

-- case: a new schema
CREATE SCHEMA fresh_app;
ALTER SCHEMA fresh_app RENAME TO ripe_app;
DROP SCHEMA ripe_app CASCADE;
