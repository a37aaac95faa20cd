-- check says: nothing
UPDATE customers SET mobile = phone WHERE mobile IS NULL AND phone IS NOT NULL;
