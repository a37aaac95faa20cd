-- case: the text of an older migration is another one
-- history 1_a:
-- expect 1: MR601
CREATE TABLE a (id bigint PRIMARY KEY);
-- base 1_a:
CREATE TABLE a (id integer PRIMARY KEY);
-- file 2_b:
CREATE TABLE b (id bigint PRIMARY KEY);

-- case: it is the same
-- history 1_a:
CREATE TABLE a (id bigint PRIMARY KEY);
-- base:
-- file 2_b:
CREATE TABLE b (id bigint PRIMARY KEY);

-- case: one of the new ones was in the base with another text
-- base 1_a:
CREATE TABLE a (id integer PRIMARY KEY);
-- file 1_a:
-- expect 1: MR601
CREATE TABLE a (id bigint PRIMARY KEY);

-- case: without a base nobody can tell
-- history 1_a:
CREATE TABLE a (id bigint PRIMARY KEY);
-- file 2_b:
CREATE TABLE b (id bigint PRIMARY KEY);
