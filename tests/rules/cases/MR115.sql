-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, details jsonb);

-- case: a new column
-- expect: MR115
ALTER TABLE orders ADD COLUMN raw json;

-- case: a change of type
-- expect: MR115, MR203
ALTER TABLE orders ALTER details TYPE json;

-- case: jsonb, and json in a new table
ALTER TABLE orders ADD COLUMN raw jsonb;
CREATE TABLE imports (id bigint, raw json);

-- case: it is there
ALTER TABLE orders ADD COLUMN IF NOT EXISTS details json;
