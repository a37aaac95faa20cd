-- check says: MR204 note, MR222 note
ALTER TABLE customers ALTER COLUMN phone TYPE text;
