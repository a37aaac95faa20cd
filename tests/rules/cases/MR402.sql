-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);

-- case: beside another statement
CREATE TABLE fresh (id bigint);
-- expect: MR402
CREATE INDEX CONCURRENTLY orders_note ON orders (note);

-- case: by itself
CREATE INDEX CONCURRENTLY orders_note ON orders (note);

-- case: several, and no transaction is wanted
-- migrail: transaction=off
CREATE TABLE fresh (id bigint);
CREATE INDEX CONCURRENTLY orders_note ON orders (note);

-- case: the lock before it ends with its transaction
ALTER TABLE orders ADD COLUMN more text;
-- expect: MR402
CREATE INDEX CONCURRENTLY orders_note ON orders (note);

-- case: a DO block is a transaction
-- expect: MR402
DO $$ BEGIN CREATE INDEX CONCURRENTLY orders_note ON orders (note); END $$;

-- case: only a setting beside it
SET maintenance_work_mem = '1GB';
CREATE INDEX CONCURRENTLY orders_note ON orders (note);
