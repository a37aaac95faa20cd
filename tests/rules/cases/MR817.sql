-- history:
CREATE TABLE customers (id bigint PRIMARY KEY);

-- case: nothing, and CASCADE
-- expect: MR817
CREATE TABLE a (id bigint PRIMARY KEY REFERENCES customers);
-- expect: MR817
CREATE TABLE b (id bigint PRIMARY KEY REFERENCES customers ON DELETE CASCADE);

-- case: said
CREATE TABLE a (id bigint PRIMARY KEY REFERENCES customers ON DELETE RESTRICT);
CREATE TABLE b (id bigint PRIMARY KEY REFERENCES customers ON DELETE SET NULL);
