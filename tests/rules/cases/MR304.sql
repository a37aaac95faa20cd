-- history:
CREATE TABLE sessions (id bigint PRIMARY KEY);

-- case: with all its words
-- expect: MR304
TRUNCATE TABLE ONLY sessions RESTART IDENTITY;

-- case: several
CREATE TABLE fresh (id bigint);
-- expect: MR304
TRUNCATE fresh, sessions;

-- case: new and temporary
CREATE TABLE fresh (id bigint);
CREATE TEMPORARY TABLE scratch (id bigint);
TRUNCATE fresh, scratch;
