-- history:
CREATE TABLE orders (id bigint PRIMARY KEY);

-- case: without a mode
-- expect: MR221
LOCK TABLE orders;

-- case: against writes
-- expect: MR221
LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE;

-- case: against other migrations only
LOCK TABLE orders IN SHARE UPDATE EXCLUSIVE MODE;

-- case: held already
LOCK TABLE orders IN SHARE UPDATE EXCLUSIVE MODE;
ALTER TABLE orders ADD COLUMN x int;
LOCK TABLE orders IN SHARE MODE;

-- case: a new table
CREATE TABLE fresh (id bigint);
LOCK TABLE fresh;
