-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text, total integer);
CREATE INDEX orders_note_idx ON orders (note);

-- case: dropped, then a wider one
-- migrail: transaction=off
-- expect: MR211
DROP INDEX CONCURRENTLY orders_note_idx;
CREATE INDEX CONCURRENTLY orders_note_total_idx ON orders (note, total);

-- case: dropped, then one of the same name
-- migrail: transaction=off
-- expect: MR211
DROP INDEX CONCURRENTLY orders_note_idx;
CREATE INDEX CONCURRENTLY orders_note_idx ON orders (total, note);

-- case: the other order
-- migrail: transaction=off
CREATE INDEX CONCURRENTLY orders_note_total_idx ON orders (note, total);
DROP INDEX CONCURRENTLY orders_note_idx;

-- case: an index for something else
-- migrail: transaction=off
DROP INDEX CONCURRENTLY orders_note_idx;
CREATE INDEX CONCURRENTLY orders_total_idx ON orders (total);

-- case: an index of another table
-- migrail: transaction=off
DROP INDEX CONCURRENTLY orders_note_idx;
CREATE TABLE fresh (note text);
CREATE INDEX fresh_note ON fresh (note);
