-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text, number varchar(40), total integer);

-- case: a shorter text
-- expect: MR203, MR406
ALTER TABLE orders ALTER note TYPE varchar(20);

-- case: a smaller integer
-- expect: MR203, MR406
ALTER TABLE orders ALTER total TYPE smallint;

-- case: a text that is read as something else
-- expect: MR203, MR406
ALTER TABLE orders ALTER number TYPE uuid USING number::uuid;

-- case: refused before any row is looked at
-- expect: MR203, MR403
ALTER TABLE orders ALTER number TYPE uuid;

-- case: a longer text
ALTER TABLE orders ALTER number TYPE varchar(80);
