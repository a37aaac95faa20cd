-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text, number text CONSTRAINT orders_number UNIQUE);
CREATE INDEX orders_note_idx ON orders (note);

-- case: an index of an old table
-- expect: MR209
DROP INDEX orders_note_idx;

-- case: CONCURRENTLY
-- migrail: transaction=off
DROP INDEX CONCURRENTLY orders_note_idx;

-- case: the lock is held already
ALTER TABLE orders ADD COLUMN x int;
DROP INDEX orders_note_idx;

-- case: a new table
CREATE TABLE fresh (x int);
CREATE INDEX fresh_x ON fresh (x);
DROP INDEX fresh_x;

-- case: an index that no migration made
-- expect: MR209, MR405
DROP INDEX somewhere_idx;
