-- case: without a search path
-- expect: MR702
CREATE OR REPLACE FUNCTION f(a int) RETURNS int SECURITY DEFINER LANGUAGE sql AS 'SELECT a';

-- case: a procedure with another setting
-- expect: MR702
CREATE PROCEDURE p() LANGUAGE sql SECURITY DEFINER SET work_mem = '1MB' AS 'SELECT 1';

-- case: with one
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql SET search_path TO '' SECURITY DEFINER AS 'SELECT a';

-- case: with the caller's rights
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql SECURITY INVOKER AS 'SELECT a';
