-- history:
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';

-- case: a table
-- expect: MR701
GRANT SELECT, INSERT ON customers TO app, PUBLIC;

-- case: all tables
-- expect: MR701
GRANT ALL ON ALL TABLES IN SCHEMA public TO PUBLIC;

-- case: what is made later
-- expect: MR701
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO PUBLIC;

-- case: to a role
GRANT SELECT ON customers TO app;

-- case: what everybody has anyway
GRANT EXECUTE ON FUNCTION f() TO PUBLIC;
GRANT USAGE ON SCHEMA public TO PUBLIC;

-- case: taken away
REVOKE ALL ON customers FROM PUBLIC;
