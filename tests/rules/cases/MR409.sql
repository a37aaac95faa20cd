-- history:
CREATE TABLE customers (id bigint PRIMARY KEY, email text, number bigint UNIQUE, code uuid);
CREATE TABLE shops (country text, number integer, PRIMARY KEY (country, number));

-- case: no key
-- expect: MR409
CREATE TABLE orders (id bigint PRIMARY KEY, customer text REFERENCES customers (email));

-- case: a unique constraint
CREATE TABLE orders (id bigint PRIMARY KEY, customer bigint REFERENCES customers (number));

-- case: a key of several columns, in another order
CREATE TABLE orders (id bigint PRIMARY KEY, a integer, b text, FOREIGN KEY (a, b) REFERENCES shops (number, country));

-- case: a part of a key
-- expect: MR409
CREATE TABLE orders (id bigint PRIMARY KEY, a text REFERENCES shops (country));

-- case: more columns than the key has
-- expect: MR409
CREATE TABLE orders (id bigint PRIMARY KEY, a text REFERENCES shops);

-- case: types that cannot be compared
-- expect: MR409
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id uuid REFERENCES customers);

-- case: types that can
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id integer REFERENCES customers);

-- case: to itself
CREATE TABLE nodes (id bigint PRIMARY KEY, parent bigint REFERENCES nodes);

-- case: to itself, where nothing is unique
-- expect: MR409
CREATE TABLE nodes (id bigint PRIMARY KEY, number bigint, parent bigint REFERENCES nodes (number));

-- case: to a table that no migration shows
-- expect: MR405
CREATE TABLE orders (id bigint PRIMARY KEY, x bigint REFERENCES elsewhere);
