-- check says: MR104 error, MR222 note
ALTER TABLE customers RENAME COLUMN phone TO mobile;
