-- check says: MR203 error
ALTER TABLE orders ALTER COLUMN total TYPE bigint;
