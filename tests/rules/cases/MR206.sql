-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, total integer);

-- case: a check that is tested at once
-- expect: MR206
ALTER TABLE orders ADD CHECK (total > 0);

-- case: NOT VALID
ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0) NOT VALID;

-- case: a check of a new column, though all of it is NULL
-- expect: MR206
ALTER TABLE orders ADD COLUMN x int CHECK (x > 0);

-- case: two checks of a column are one finding
-- expect: MR206
ALTER TABLE orders ADD COLUMN x int CHECK (x > 0) CHECK (x < 10);

-- case: a check of a new column with a default
-- expect: MR206
ALTER TABLE orders ADD COLUMN x int NOT NULL DEFAULT 1 CHECK (x > 0);

-- case: the column is there already
ALTER TABLE orders ADD COLUMN IF NOT EXISTS total int CHECK (total > 0);

-- case: validated by a later file
ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0) NOT VALID;
-- file:
ALTER TABLE orders VALIDATE CONSTRAINT c;

-- case: validated in the same transaction
ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0) NOT VALID;
-- expect: MR206
ALTER TABLE orders VALIDATE CONSTRAINT c;

-- case: validated in the same statement
-- expect: MR206
ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0) NOT VALID, VALIDATE CONSTRAINT c;

-- case: dropped and added again, tested again
-- history:
ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0);
-- file:
ALTER TABLE orders DROP CONSTRAINT c;
-- expect: MR206
ALTER TABLE orders ADD CONSTRAINT c CHECK (total >= 0);

-- case: validating one that is valid reads nothing
-- history:
ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0);
-- file:
ALTER TABLE orders VALIDATE CONSTRAINT c;

-- case: a new table
CREATE TABLE fresh (x int CHECK (x > 0));
ALTER TABLE fresh ADD CHECK (x < 10);
