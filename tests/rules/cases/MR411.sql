-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text, total integer);
CREATE VIEW plain AS SELECT id, note FROM orders;
CREATE VIEW named (a, b) AS SELECT id, note FROM orders;
CREATE VIEW starred AS SELECT * FROM orders;
CREATE FUNCTION one(n bigint) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION bare(bigint) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION taxed(n bigint, tax numeric DEFAULT 0) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE work(n bigint) LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION several() RETURNS SETOF integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION rows() RETURNS TABLE (a int) LANGUAGE sql AS 'SELECT 1';

-- case: a column less
-- expect: MR411
CREATE OR REPLACE VIEW plain AS SELECT id FROM orders;

-- case: another order
-- expect: MR411
CREATE OR REPLACE VIEW plain AS SELECT note, id FROM orders;

-- case: another name
-- expect: MR411
CREATE OR REPLACE VIEW named (a, c) AS SELECT id, note FROM orders;

-- case: a column more
CREATE OR REPLACE VIEW plain AS SELECT o.id, o.note, o.total AS amount FROM orders o;

-- case: the server decides what comes out
CREATE OR REPLACE VIEW starred AS SELECT id FROM orders;
CREATE OR REPLACE VIEW plain AS SELECT * FROM orders;

-- case: made anew
DROP VIEW plain;
-- expect: MR105
CREATE OR REPLACE VIEW plain AS SELECT total FROM orders;

-- case: another return type
-- expect: MR411
CREATE OR REPLACE FUNCTION one(n int8) RETURNS text LANGUAGE sql AS 'SELECT ''x''';

-- case: other arguments make another function
CREATE OR REPLACE FUNCTION one(n text) RETURNS text LANGUAGE sql AS 'SELECT ''x''';

-- case: the same type in other words
CREATE OR REPLACE FUNCTION one(n bigint) RETURNS int4 LANGUAGE sql AS 'SELECT 2';

-- case: sets and tables
CREATE OR REPLACE FUNCTION several() RETURNS SETOF int LANGUAGE sql AS 'SELECT 2';
CREATE OR REPLACE FUNCTION rows() RETURNS TABLE (a integer) LANGUAGE sql AS 'SELECT 2';

-- case: an argument gets another name
-- expect: MR411
CREATE OR REPLACE FUNCTION one(m bigint) RETURNS integer LANGUAGE sql AS 'SELECT 1';

-- case: an argument loses its name
-- expect: MR411
CREATE OR REPLACE FUNCTION one(bigint) RETURNS integer LANGUAGE sql AS 'SELECT 1';

-- case: an argument loses its default
-- expect: MR411
CREATE OR REPLACE FUNCTION taxed(n bigint, tax numeric) RETURNS integer LANGUAGE sql AS 'SELECT 1';

-- case: an argument gets a name, and one a default
CREATE OR REPLACE FUNCTION bare(n bigint DEFAULT 1) RETURNS integer LANGUAGE sql AS 'SELECT 1';

-- case: another default
CREATE OR REPLACE FUNCTION taxed(n bigint, tax numeric = 7) RETURNS integer LANGUAGE sql AS 'SELECT 1';

-- case: names in another case
CREATE OR REPLACE FUNCTION one(N bigint) RETURNS integer LANGUAGE sql AS 'SELECT 1';

-- case: a procedure's argument
-- expect: MR411
CREATE OR REPLACE PROCEDURE work(m bigint) LANGUAGE sql AS 'SELECT 1';
