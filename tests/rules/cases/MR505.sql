-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);

-- case: more than it says
-- migrail: phase=expand
-- expect: MR102, MR505
ALTER TABLE orders DROP COLUMN note;

-- case: less than it says
-- migrail: phase=contract
-- expect: MR505
ALTER TABLE orders ADD COLUMN remark text;

-- case: a backfill that is none
-- migrail: phase=backfill
-- expect: MR505
ALTER TABLE orders ADD COLUMN remark text;

-- case: what it says
-- migrail: phase=expand
ALTER TABLE orders ADD COLUMN remark text;

-- case: a backfill
-- migrail: phase=backfill
UPDATE orders SET note = '' WHERE note IS NULL;

-- case: nothing is said
ALTER TABLE orders ADD COLUMN remark text;
