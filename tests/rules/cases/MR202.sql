-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text, total integer);
CREATE TABLE events (id bigint, at date) PARTITION BY RANGE (at);
CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');

-- case: a column that may be NULL
-- expect: MR202
ALTER TABLE orders ALTER note SET NOT NULL;

-- case: among other actions
-- expect: MR202
ALTER TABLE orders ADD COLUMN x int, ALTER COLUMN note SET NOT NULL;

-- case: it is NOT NULL already
ALTER TABLE orders ALTER id SET NOT NULL;

-- case: a valid CHECK proves it
-- history:
ALTER TABLE orders ADD CONSTRAINT c CHECK (note IS NOT NULL) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT c;
-- file:
ALTER TABLE orders ALTER note SET NOT NULL;

-- case: a valid CHECK on a column whose name needs quotes
-- history:
ALTER TABLE orders ADD COLUMN "Sold on" date CONSTRAINT c CHECK ("Sold on" IS NOT NULL);
-- file:
ALTER TABLE orders ALTER "Sold on" SET NOT NULL;

-- case: a CHECK that is validated by an earlier file of the change
ALTER TABLE orders ADD CONSTRAINT c CHECK (note IS NOT NULL) NOT VALID;
-- file:
ALTER TABLE orders VALIDATE CONSTRAINT c;
-- file:
ALTER TABLE orders ALTER note SET NOT NULL;

-- case: a CHECK that is not validated proves nothing
-- history:
ALTER TABLE orders ADD CONSTRAINT c CHECK (note IS NOT NULL) NOT VALID;
-- file:
-- expect: MR202
ALTER TABLE orders ALTER note SET NOT NULL;

-- case: another CHECK proves nothing
-- history:
ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0);
-- file:
-- expect: MR202
ALTER TABLE orders ALTER total SET NOT NULL;

-- case: a CHECK that also allows something else proves nothing
-- history:
ALTER TABLE orders ADD CONSTRAINT c CHECK (note IS NOT NULL OR total > 0);
-- file:
-- expect: MR202
ALTER TABLE orders ALTER note SET NOT NULL;

-- case: the CHECK was dropped before
-- history:
ALTER TABLE orders ADD CONSTRAINT c CHECK (note IS NOT NULL);
ALTER TABLE orders DROP CONSTRAINT c;
-- file:
-- expect: MR202
ALTER TABLE orders ALTER note SET NOT NULL;

-- case: the proven column was renamed
-- history:
ALTER TABLE orders ADD CONSTRAINT c CHECK (note IS NOT NULL);
ALTER TABLE orders RENAME note TO remark;
-- file:
ALTER TABLE orders ALTER remark SET NOT NULL;

-- case 11: before 12 a CHECK proves nothing
-- history:
ALTER TABLE orders ADD CONSTRAINT c CHECK (note IS NOT NULL);
-- file:
-- expect: MR202
ALTER TABLE orders ALTER note SET NOT NULL;

-- case: a new table
CREATE TABLE fresh (id bigint, note text);
ALTER TABLE fresh ALTER note SET NOT NULL;

-- case: a new column of an old table is read as well
ALTER TABLE orders ADD COLUMN region text DEFAULT 'eu';
-- expect: MR202
ALTER TABLE orders ALTER region SET NOT NULL;

-- case: a partitioned table reads its partitions
-- expect: MR202
ALTER TABLE events ALTER id SET NOT NULL;

-- case 18: the native form, validated at once
-- expect: MR202
ALTER TABLE orders ADD CONSTRAINT n NOT NULL note;

-- case 18: the native form, NOT VALID
ALTER TABLE orders ADD CONSTRAINT n NOT NULL note NOT VALID;

-- case 18: the native form, validated in the same transaction
ALTER TABLE orders ADD CONSTRAINT n NOT NULL note NOT VALID;
-- expect: MR202
ALTER TABLE orders VALIDATE CONSTRAINT n;

-- case 18: SET NOT NULL over one that is not validated reads everything
-- history:
ALTER TABLE orders ADD CONSTRAINT n NOT NULL note NOT VALID;
-- file:
-- expect: MR202
ALTER TABLE orders ALTER note SET NOT NULL;

-- case 18: a virtual column has its value at once, so NOT NULL computes it for each row
-- expect: MR202
ALTER TABLE orders ADD COLUMN twice int GENERATED ALWAYS AS (total * 2) VIRTUAL NOT NULL;

-- case 18: a virtual column that may be NULL
ALTER TABLE orders ADD COLUMN twice int GENERATED ALWAYS AS (total * 2) VIRTUAL;
