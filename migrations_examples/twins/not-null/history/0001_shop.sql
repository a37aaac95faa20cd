CREATE TABLE customers (id bigint PRIMARY KEY, email text, phone varchar(20));
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total integer, note text);
