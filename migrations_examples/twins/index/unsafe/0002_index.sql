-- check says: MR201 error
CREATE INDEX orders_customer_id_idx ON orders (customer_id);
