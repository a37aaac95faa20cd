-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text, total integer);
CREATE TABLE log (id bigint, remark text);
CREATE FUNCTION order_note(n bigint) RETURNS text LANGUAGE sql AS 'SELECT note FROM orders WHERE id = n';
CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO log VALUES (NEW.id, NEW.total); RETURN NEW; END';
CREATE TRIGGER keep AFTER UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION keep();

-- case: a column in a query
-- expect: MR102, MR118
ALTER TABLE orders DROP COLUMN note;

-- case: a column in a trigger of the table, which does not name it
-- expect: MR104, MR118
ALTER TABLE orders RENAME total TO amount;

-- case: a table that a trigger of another one writes
-- expect: MR101, MR118
DROP TABLE log;

-- case: a column that no function mentions
-- expect: MR102
ALTER TABLE log DROP COLUMN remark;

-- case: the function is made again
CREATE OR REPLACE FUNCTION order_note(n bigint) RETURNS text LANGUAGE sql AS 'SELECT NULL::text';
-- expect: MR102
ALTER TABLE orders DROP COLUMN note;

-- case: the function is dropped in the same change
-- expect: MR106
DROP FUNCTION order_note(bigint);
-- expect: MR102
ALTER TABLE orders DROP COLUMN note;
