-- history:
CREATE DOMAIN positive AS integer;
CREATE DOMAIN unused AS integer;
CREATE TABLE orders (id bigint PRIMARY KEY, amount positive);

-- case: a constraint
-- expect: MR214
ALTER DOMAIN positive ADD CONSTRAINT c CHECK (VALUE > 0);

-- case: SET NOT NULL
-- expect: MR214
ALTER DOMAIN positive SET NOT NULL;

-- case: NOT VALID
ALTER DOMAIN positive ADD CONSTRAINT c CHECK (VALUE > 0) NOT VALID;

-- case: validating locks and reads as well
-- history:
ALTER DOMAIN positive ADD CONSTRAINT c CHECK (VALUE > 0) NOT VALID;
-- file:
-- expect: MR214
ALTER DOMAIN positive VALIDATE CONSTRAINT c;

-- case: a domain that no table uses
ALTER DOMAIN unused ADD CONSTRAINT c CHECK (VALUE > 0);

-- case: a domain that only a new table uses
CREATE TABLE fresh (x unused);
ALTER DOMAIN unused ADD CONSTRAINT c CHECK (VALUE > 0);

-- case: other changes of a domain
ALTER DOMAIN positive SET DEFAULT 1;
ALTER DOMAIN positive DROP NOT NULL;
