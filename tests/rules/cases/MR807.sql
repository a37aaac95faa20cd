-- case: none
-- expect: MR807
CREATE TABLE a (id bigint);

-- case: in a column, in a clause, later, in a later file
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (id bigint, PRIMARY KEY (id));
CREATE TABLE c (id bigint);
ALTER TABLE c ADD PRIMARY KEY (id);
CREATE TABLE d (id bigint);
-- file:
ALTER TABLE d ADD CONSTRAINT d_key PRIMARY KEY (id);

-- case: tables that need none
CREATE TEMPORARY TABLE a (id bigint);
CREATE TABLE b AS SELECT 1 AS id;
CREATE TABLE c (id bigint PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE c_1 PARTITION OF c FOR VALUES FROM (1) TO (9);
