-- check says: MR104 error
ALTER TABLE customers RENAME COLUMN phone TO mobile;
