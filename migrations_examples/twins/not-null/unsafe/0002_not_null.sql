-- check says: MR113 note, MR202 error, MR222 note
ALTER TABLE customers ALTER COLUMN email SET NOT NULL;
