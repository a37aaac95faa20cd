-- history:
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE POLICY old ON orders USING (true);

-- case: switched on
-- expect: MR228
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;

-- case: a policy
-- expect: MR228
CREATE POLICY p ON orders USING (true);

-- case: the lock is held already
-- expect: MR228
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON orders USING (true);

-- case: a policy changes, and goes
-- expect: MR228
ALTER POLICY old ON orders USING (false);
-- file:
-- expect: MR228
DROP POLICY old ON orders;

-- case: a new table
CREATE TABLE fresh (id bigint);
ALTER TABLE fresh ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON fresh USING (true);
