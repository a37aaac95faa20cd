-- case: none
-- expect: MR808
CREATE TABLE a (id bigint PRIMARY KEY);
COMMENT ON COLUMN a.id IS 'x';

-- case: in the same file, and in a later one
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (id bigint PRIMARY KEY);
COMMENT ON TABLE a IS 'x';
-- file:
COMMENT ON TABLE public.b IS 'x';
