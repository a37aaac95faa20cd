-- case: new and added
-- expect: MR805
CREATE TABLE a (id bigint PRIMARY KEY, b timestamp);
-- expect: MR805
ALTER TABLE a ADD COLUMN c timestamp;

-- case: the other one
CREATE TABLE a (id bigint PRIMARY KEY, b timestamptz);
