-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, state text DEFAULT 'new'::text, total integer, gone text DEFAULT NULL);

-- case: another one
-- expect: MR112
ALTER TABLE orders ALTER state SET DEFAULT 'draft';

-- case: the same, spelled otherwise
ALTER TABLE orders ALTER state SET DEFAULT 'new';

-- case: the first one
ALTER TABLE orders ALTER total SET DEFAULT 0;
ALTER TABLE orders ALTER gone SET DEFAULT 'x';

-- case: of a column of this change
ALTER TABLE orders ADD COLUMN x text DEFAULT 'a';
ALTER TABLE orders ALTER x SET DEFAULT 'b';
