-- case: new and added
-- expect: MR806
CREATE TABLE a (id bigint PRIMARY KEY, b money);
-- expect: MR806
ALTER TABLE a ADD COLUMN c money;

-- case: the other one
CREATE TABLE a (id bigint PRIMARY KEY, b numeric);
