-- history:
CREATE TABLE customers (id bigint PRIMARY KEY);

-- case: in a column
-- expect: MR812
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers);

-- case: none
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);
