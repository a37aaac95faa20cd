-- history 1_a:
CREATE TABLE a (id bigint PRIMARY KEY);

-- case: the base has one that is gone
-- base 2_b:
-- expect 1: MR604
CREATE TABLE b (id bigint PRIMARY KEY);
-- file 3_c:
CREATE TABLE c (id bigint PRIMARY KEY);

-- case: it is there
-- base 2_b:
CREATE TABLE b (id bigint PRIMARY KEY);

-- file 2_b:
CREATE TABLE b (id bigint PRIMARY KEY);

-- case: without a base nobody can tell
-- file 3_c:
CREATE TABLE c (id bigint PRIMARY KEY);
