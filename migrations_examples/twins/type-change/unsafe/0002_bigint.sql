-- check says: MR114 note, MR203 error, MR222 note
ALTER TABLE orders ALTER COLUMN total TYPE bigint;
