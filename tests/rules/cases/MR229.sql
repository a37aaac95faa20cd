-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
CREATE INDEX orders_note_idx ON orders (note);

-- case: the column is there
-- expect: MR229
ALTER TABLE orders ADD COLUMN IF NOT EXISTS note text;

-- case: the column is not there
ALTER TABLE orders ADD COLUMN IF NOT EXISTS region text;

-- case: the index is there
-- expect: MR229
CREATE INDEX IF NOT EXISTS orders_note_idx ON orders (note);

-- case: the index is there, CONCURRENTLY
-- migrail: transaction=off
CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_note_idx ON orders (note);

-- case: the table is there
CREATE TABLE IF NOT EXISTS orders (id bigint);

-- case: beside something to do
ALTER TABLE orders ADD COLUMN IF NOT EXISTS note text, ADD COLUMN region text;

-- case: a new table
CREATE TABLE fresh (note text);
ALTER TABLE fresh ADD COLUMN IF NOT EXISTS note text;
