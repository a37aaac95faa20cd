-- case: the server
-- expect: MR705
ALTER SYSTEM SET work_mem = '64MB';

-- case: a role
-- expect: MR705
CREATE ROLE admin LOGIN SUPERUSER;
-- expect: MR705
ALTER ROLE app BYPASSRLS;

-- case: what superusers make
-- expect: MR705
CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f();

-- case: a program
CREATE TABLE t (a text);
-- expect: MR705
COPY t FROM PROGRAM 'cat /etc/passwd';

-- case: an ordinary role, and one with that name
CREATE ROLE reporting NOLOGIN NOSUPERUSER;
CREATE ROLE "SUPERUSER" NOLOGIN;
