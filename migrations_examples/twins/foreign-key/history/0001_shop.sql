CREATE TABLE customers (id bigint PRIMARY KEY, email text, phone varchar(20));
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total integer, note text);
CREATE INDEX orders_customer_id_idx ON orders (customer_id);
