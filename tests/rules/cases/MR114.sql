-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note varchar(20), total integer, placed timestamptz, raw json);

-- case: a wider text
ALTER TABLE orders ALTER note TYPE varchar(40);
ALTER TABLE orders ALTER note TYPE text;

-- case: a wider integer
-- expect: MR114, MR203
ALTER TABLE orders ALTER total TYPE bigint;

-- case: a number becomes a text
-- expect: MR114, MR203
ALTER TABLE orders ALTER total TYPE text;

-- case: json becomes jsonb
-- expect: MR114, MR203
ALTER TABLE orders ALTER raw TYPE jsonb;

-- case: the same type
ALTER TABLE orders ALTER total TYPE int4;

-- case: a column of this change
ALTER TABLE orders ADD COLUMN x integer;
-- expect: MR203
ALTER TABLE orders ALTER x TYPE bigint;
