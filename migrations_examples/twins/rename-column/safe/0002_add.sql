-- check says: MR222 note
ALTER TABLE customers ADD COLUMN mobile varchar(20);
