-- case: new and added
-- expect: MR804
CREATE TABLE a (id bigint PRIMARY KEY, b varchar(20));
-- expect: MR804
ALTER TABLE a ADD COLUMN c varchar(20);

-- case: the other one
CREATE TABLE a (id bigint PRIMARY KEY, b varchar);
