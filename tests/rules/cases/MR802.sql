-- case: new and added
-- expect: MR802
CREATE TABLE a (id serial PRIMARY KEY);
-- expect: MR802
ALTER TABLE a ADD COLUMN b bigserial;

-- case: identity
CREATE TABLE a (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
