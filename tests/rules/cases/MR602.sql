-- history 1_a:
CREATE TABLE a (id bigint PRIMARY KEY);
-- history 5_e:
CREATE TABLE e (id bigint PRIMARY KEY);

-- case: a new migration in front of one that is there already
-- base:
-- file 3_c:
-- expect 1: MR602
CREATE TABLE c (id bigint PRIMARY KEY);

-- case: two of them, and one behind
-- base:
-- file 3_c:
-- expect 1: MR602
CREATE TABLE c (id bigint PRIMARY KEY);
-- file 4_d:
-- expect 1: MR602
CREATE TABLE d (id bigint PRIMARY KEY);
-- file 6_f:
CREATE TABLE f (id bigint PRIMARY KEY);

-- case: also where there is no base
-- file 3_c:
-- expect 1: MR602
CREATE TABLE c (id bigint PRIMARY KEY);

-- case: behind all that is there
-- base:
-- file 6_f:
CREATE TABLE f (id bigint PRIMARY KEY);
