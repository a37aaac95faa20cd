-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text, at date, code text UNIQUE);
CREATE INDEX orders_note_at ON orders (note, at);
CREATE INDEX orders_like ON orders (code text_pattern_ops);

-- case: the same
-- migrail: transaction=off
-- expect: MR506
CREATE INDEX CONCURRENTLY i ON orders (note, at);

-- case: what UNIQUE made already
-- migrail: transaction=off
-- expect: MR506
CREATE INDEX CONCURRENTLY i ON orders (code);

-- case: the beginning
-- migrail: transaction=off
-- expect: MR506
CREATE INDEX CONCURRENTLY i ON orders (note);

-- case: another order, condition, method or operator class
-- migrail: transaction=off
CREATE INDEX CONCURRENTLY i1 ON orders (at, note);
CREATE INDEX CONCURRENTLY i2 ON orders (note, at) WHERE at IS NOT NULL;
CREATE INDEX CONCURRENTLY i3 ON orders USING hash (note);
CREATE INDEX CONCURRENTLY i4 ON orders (note text_pattern_ops);
CREATE INDEX CONCURRENTLY i5 ON orders (note DESC, at);

-- case: a longer one
-- migrail: transaction=off
CREATE INDEX CONCURRENTLY i ON orders (note, at, code);

-- case: a unique one, which says more
-- migrail: transaction=off
CREATE UNIQUE INDEX CONCURRENTLY i ON orders (note, at);

-- case: the old one goes afterwards
-- migrail: transaction=off
CREATE INDEX CONCURRENTLY i ON orders (note, at);
DROP INDEX CONCURRENTLY orders_note_at;
