-- check says: MR204 note
ALTER TABLE customers ALTER COLUMN phone TYPE text;
