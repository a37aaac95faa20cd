-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);

-- case: nothing to silence at the statement
-- expect 2: MR502
-- migrail: ignore MR201 reason="the table is empty"
ALTER TABLE orders ADD COLUMN region text;

-- case: it stands before another statement
ALTER TABLE orders ADD COLUMN country text;
-- expect 3: MR502
-- migrail: ignore MR201 reason="the table is empty"
ALTER TABLE orders ADD COLUMN region text;
-- expect: MR201
CREATE INDEX orders_note ON orders (note);

-- case: it silences something
ALTER TABLE orders ADD COLUMN region text;
-- migrail: ignore MR201 reason="the table is empty"
CREATE INDEX orders_note ON orders (note);

-- case: for the whole file, which has nothing of the kind
-- expect 2: MR502
-- migrail: ignore MR201 reason="all tables are empty"

ALTER TABLE orders ADD COLUMN region text;
ALTER TABLE orders ADD COLUMN country text;
