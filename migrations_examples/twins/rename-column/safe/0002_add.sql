-- check says: nothing
ALTER TABLE customers ADD COLUMN mobile varchar(20);
