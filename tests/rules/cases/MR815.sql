-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, total integer);

-- case: a check, an index
-- expect: MR815
ALTER TABLE orders ADD CHECK (total > 0) NOT VALID;
-- expect: MR815, MR201
CREATE INDEX ON orders (total);

-- case: with names, and what needs none
ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0) NOT VALID;
CREATE TABLE items (id bigint PRIMARY KEY NOT NULL);
