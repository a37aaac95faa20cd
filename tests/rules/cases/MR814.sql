-- history:
CREATE TABLE orders (id bigint PRIMARY KEY);

-- case: none
-- expect: MR814
ALTER TABLE orders ADD COLUMN note text;

-- case: both ways
ALTER TABLE orders ADD COLUMN IF NOT EXISTS note text;
CREATE TABLE IF NOT EXISTS items (id bigint);
DROP TABLE IF EXISTS items;
