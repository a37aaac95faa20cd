-- history:
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE lines (order_id bigint REFERENCES orders);

-- case: one table
-- expect: MR226, MR304
TRUNCATE lines;

-- case: CASCADE
-- expect: MR226, MR304
TRUNCATE orders CASCADE;

-- case: a new table
CREATE TABLE fresh (id bigint);
TRUNCATE fresh;

-- case: the lock is held already
LOCK TABLE lines;
-- expect: MR304
TRUNCATE lines;
