-- The code that is running still reads customers.email.
ALTER TABLE customers RENAME COLUMN email TO email_address;
