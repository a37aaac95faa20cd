-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, owner text);
CREATE TABLE safe (id bigint PRIMARY KEY, owner text);
ALTER TABLE safe ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON safe USING (owner = current_user);

-- case: on, without a policy
-- expect: MR703
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;

-- case: the policy comes first
CREATE POLICY own ON orders USING (owner = current_user);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;

-- case: the policy comes in the next file
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
-- file:
CREATE POLICY own ON orders USING (owner = current_user);

-- case: its only policy was dropped
DROP POLICY own ON safe;
-- expect: MR703
ALTER TABLE safe DISABLE ROW LEVEL SECURITY;
-- expect: MR703
ALTER TABLE safe ENABLE ROW LEVEL SECURITY;

-- case: off
-- expect: MR703
ALTER TABLE safe DISABLE ROW LEVEL SECURITY;

-- case: it was off
ALTER TABLE orders DISABLE ROW LEVEL SECURITY;
