-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text, total integer);

-- case: one migration adds and a later one takes away
ALTER TABLE orders ADD COLUMN remark text;
-- file:
-- expect 1: MR511
-- expect: MR102
ALTER TABLE orders DROP COLUMN total;

-- case: several that add
ALTER TABLE orders ADD COLUMN remark text;
-- file:
ALTER TABLE orders ADD COLUMN country text;

-- case: several that take away
-- expect: MR102
ALTER TABLE orders DROP COLUMN total;
-- file:
-- expect: MR102
ALTER TABLE orders DROP COLUMN note;
