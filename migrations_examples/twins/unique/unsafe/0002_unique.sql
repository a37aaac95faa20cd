-- check says: MR113 note, MR207 error, MR222 note
ALTER TABLE customers ADD CONSTRAINT customers_email_key UNIQUE (email);
