-- check says: MR201 error, MR222 note
CREATE INDEX orders_customer_id_idx ON orders (customer_id);
