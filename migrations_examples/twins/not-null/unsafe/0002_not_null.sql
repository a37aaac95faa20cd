-- check says: MR113 note, MR202 error
ALTER TABLE customers ALTER COLUMN email SET NOT NULL;
