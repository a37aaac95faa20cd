-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note varchar(20), total integer, at timestamp);

-- case: a longer varchar
-- expect: MR204
ALTER TABLE orders ALTER note TYPE varchar(40);

-- case: varchar to text
-- expect: MR204
ALTER TABLE orders ALTER note TYPE text;

-- case: timestamp to timestamptz, which UTC makes free
ALTER TABLE orders ALTER id SET DEFAULT 1;
-- expect: MR204
ALTER TABLE orders ALTER note TYPE text;

-- case: one that writes rows is another rule's
-- expect: MR203
ALTER TABLE orders ALTER total TYPE bigint;

-- case: a new table
CREATE TABLE fresh (note varchar(20));
ALTER TABLE fresh ALTER note TYPE text;
