-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
CREATE INDEX orders_note ON orders (note);

-- case 14.3: the last that does
-- migrail: transaction=off
-- expect: MR306
CREATE INDEX CONCURRENTLY i ON orders (id, note);

-- case 14.3: REINDEX
-- migrail: transaction=off
-- expect: MR306
REINDEX INDEX CONCURRENTLY orders_note;

-- case 14: which 14 is not said
-- migrail: transaction=off
-- expect: MR306
CREATE INDEX CONCURRENTLY i ON orders (id, note);

-- case 14.4: the first that does not
-- migrail: transaction=off
CREATE INDEX CONCURRENTLY i ON orders (id, note);

-- case 13.7: before
-- migrail: transaction=off
CREATE INDEX CONCURRENTLY i ON orders (id, note);
