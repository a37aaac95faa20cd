-- check says: MR208 error, MR222 note
ALTER TABLE orders ADD COLUMN token uuid DEFAULT gen_random_uuid();
