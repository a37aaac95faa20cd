-- history:
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE customers (id bigint PRIMARY KEY);

-- case: nothing is said: promote sets it
ALTER TABLE orders ADD COLUMN x int;

-- case: switched off
SET lock_timeout = 0;
-- expect: MR222
ALTER TABLE orders ADD COLUMN x int;

-- case: only the first lock of the transaction is named
SET LOCAL lock_timeout TO '0';
-- expect: MR222
ALTER TABLE orders ADD COLUMN x int;
ALTER TABLE customers ADD COLUMN x int;

-- case: each by itself
-- migrail: transaction=off, lock_timeout=5min
-- expect: MR222
ALTER TABLE orders ADD COLUMN x int;
-- expect: MR222
ALTER TABLE customers ADD COLUMN x int;

-- case: the directive of the file
-- migrail: lock_timeout=10min
-- expect: MR222
ALTER TABLE orders ADD COLUMN x int;

-- case: long, but not too long
-- migrail: lock_timeout=10s
ALTER TABLE orders ADD COLUMN x int;

-- case: set after the lock
-- migrail: lock_timeout=10min
-- expect: MR222
ALTER TABLE orders ADD COLUMN x int;
SET lock_timeout = '2s';

-- case: switched off and on again
SET lock_timeout = 0;
SET lock_timeout = '2s';
ALTER TABLE orders ADD COLUMN x int;

-- case: CONCURRENTLY must not be interrupted
-- migrail: transaction=off
SET lock_timeout = 0;
CREATE INDEX CONCURRENTLY i ON orders (id);

-- case: what nobody waits for
SET lock_timeout = 0;
COMMENT ON TABLE orders IS 'x';
INSERT INTO orders VALUES (1);

-- case: what cannot be read is not guessed
SET lock_timeout = :timeout;
ALTER TABLE orders ADD COLUMN x int;
