-- check says: MR114 note, MR203 error
ALTER TABLE orders ALTER COLUMN total TYPE bigint;
