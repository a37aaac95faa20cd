-- history:
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE FUNCTION changed() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER old BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION changed();

-- case: made
-- expect: MR219
CREATE TRIGGER t BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION changed();

-- case: dropped
-- expect: MR219
DROP TRIGGER old ON orders;

-- case: dropped, then made again under the lock that is held
-- expect: MR219
DROP TRIGGER old ON orders;
CREATE TRIGGER old BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION changed();

-- case: made, then one dropped, which takes more
-- expect: MR219
CREATE TRIGGER t BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION changed();
-- expect: MR219
DROP TRIGGER old ON orders;

-- case: switched off
-- expect: MR219
ALTER TABLE orders DISABLE TRIGGER old;

-- case: a new table
CREATE TABLE fresh (id bigint);
CREATE TRIGGER t BEFORE UPDATE ON fresh FOR EACH ROW EXECUTE FUNCTION changed();

-- case: other options
ALTER TABLE orders SET (fillfactor = 80);
