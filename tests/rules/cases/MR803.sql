-- case: new and added
-- expect: MR803
CREATE TABLE a (id bigint PRIMARY KEY, b char(3));
-- expect: MR803
ALTER TABLE a ADD COLUMN c char(3);

-- case: the other one
CREATE TABLE a (id bigint PRIMARY KEY, b text);
