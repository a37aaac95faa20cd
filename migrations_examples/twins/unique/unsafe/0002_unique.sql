-- check says: MR113 note, MR207 error
ALTER TABLE customers ADD CONSTRAINT customers_email_key UNIQUE (email);
