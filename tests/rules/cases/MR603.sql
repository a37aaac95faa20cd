-- history 1_a:
CREATE TABLE a (id bigint PRIMARY KEY);

-- case: a number that an older migration has
-- base:
-- file 1_b:
-- expect 1: MR603
CREATE TABLE b (id bigint PRIMARY KEY);

-- case: two new ones with one number
-- base:
-- file 2_b:
-- expect 1: MR603
CREATE TABLE b (id bigint PRIMARY KEY);
-- file 2_c:
-- expect 1: MR603
CREATE TABLE c (id bigint PRIMARY KEY);

-- case: a number of its own
-- base:
-- file 2_b:
CREATE TABLE b (id bigint PRIMARY KEY);
