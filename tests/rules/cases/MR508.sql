-- history:
CREATE TABLE customers (id bigint PRIMARY KEY, email varchar(200) UNIQUE, code numeric UNIQUE);

-- case: a narrower integer
-- expect: MR508
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id integer REFERENCES customers);

-- case: an integer to a numeric
-- expect: MR508
CREATE TABLE orders (id bigint PRIMARY KEY, code bigint REFERENCES customers (code));

-- case: the same
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id int8 REFERENCES customers);

-- case: texts
CREATE TABLE orders (id bigint PRIMARY KEY, email text REFERENCES customers (email));

-- case: refused altogether
-- expect: MR409
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id uuid REFERENCES customers);
