-- case: none
-- expect: MR809
CREATE TABLE a (id bigint PRIMARY KEY);

-- case: one
CREATE TABLE public.a (id bigint PRIMARY KEY);
CREATE INDEX i ON public.a (id);

-- case: temporary
CREATE TEMPORARY TABLE a (id bigint);
DROP TABLE a;
