-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);

-- case: a table that is there
-- expect: MR405
CREATE TABLE orders (id bigint);

-- case: a column that is not there
-- expect: MR102, MR405
ALTER TABLE orders DROP COLUMN never_made;

-- case: IF EXISTS and IF NOT EXISTS
CREATE TABLE IF NOT EXISTS orders (id bigint);
ALTER TABLE orders DROP COLUMN IF EXISTS never_made;
DROP TABLE IF EXISTS never_made;

-- case: twice in one change
ALTER TABLE orders ADD COLUMN x integer;
-- expect: MR405
ALTER TABLE orders ADD COLUMN x integer;
