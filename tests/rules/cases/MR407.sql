-- history:
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE SEQUENCE numbers;
CREATE TABLE orders (id bigint PRIMARY KEY, note varchar(20), mood mood, number bigint DEFAULT nextval('numbers'), net integer, gross integer GENERATED ALWAYS AS (net * 2) STORED);
CREATE VIEW noted AS SELECT id, note AS remark FROM orders WHERE note IS NOT NULL;
CREATE VIEW remarks AS SELECT remark FROM noted;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();

-- case: a column of a view
-- expect: MR102, MR407
ALTER TABLE orders DROP COLUMN note;

-- case: the type of a column of a view
-- expect: MR407
ALTER TABLE orders ALTER note TYPE text;

-- case: a column of a generated one
-- expect: MR102, MR407
ALTER TABLE orders DROP COLUMN net;

-- case: a view of a view
-- expect: MR105, MR407
DROP VIEW noted;

-- case: the function of a trigger
-- expect: MR407
DROP FUNCTION touch();

-- case: the type of a column
-- expect: MR106, MR407
DROP TYPE mood;

-- case: the sequence of a default
-- expect: MR106, MR407
DROP SEQUENCE numbers;

-- case: with CASCADE
-- expect: MR102
ALTER TABLE orders DROP COLUMN note CASCADE;

-- case: a column that no view uses
-- expect: MR102
ALTER TABLE orders DROP COLUMN gross;

-- case: the views go before
DROP VIEW remarks;
DROP VIEW noted;
ALTER TABLE orders ALTER note TYPE text;
CREATE VIEW noted AS SELECT id, note AS remark FROM orders WHERE note IS NOT NULL;
CREATE VIEW remarks AS SELECT remark FROM noted;

-- case: a rename is followed
-- expect: MR104
ALTER TABLE orders RENAME note TO remark_text;
-- expect: MR102, MR407
ALTER TABLE orders DROP COLUMN remark_text;

-- case: under a condition nothing is certain
-- expect: MR102
DO $$ BEGIN IF random() > 2 THEN ALTER TABLE orders DROP COLUMN note; END IF; END $$;
