-- case: a column, and a clause
-- expect: MR801
CREATE TABLE a (id integer PRIMARY KEY);
-- expect: MR801
CREATE TABLE b (id smallint, PRIMARY KEY (id));

-- case: bigint, and a key of two columns
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (a integer, b integer, PRIMARY KEY (a, b));
