-- check says: MR202 error
ALTER TABLE customers ALTER COLUMN email SET NOT NULL;
