-- check says: MR113 note
-- migrail: transaction=off
CREATE UNIQUE INDEX CONCURRENTLY customers_email_key ON customers (email);
