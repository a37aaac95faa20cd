-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, owner text);

-- case: for all
-- expect: MR704
CREATE POLICY p ON orders USING (true);

-- case: for writing
-- expect: MR704
CREATE POLICY p ON orders FOR INSERT TO app WITH CHECK ( TRUE );

-- case: for reading
CREATE POLICY p ON orders FOR SELECT USING (true);

-- case: restrictive ones narrow
CREATE POLICY p ON orders AS RESTRICTIVE USING (true);

-- case: one that says something
CREATE POLICY p ON orders USING (owner = current_user) WITH CHECK (owner = current_user);
