-- history:
CREATE TABLE orders (
  id bigint PRIMARY KEY, note varchar(20), code char(4), total integer, net numeric(10, 2), at timestamp, zone timestamptz,
  checked varchar(10) CHECK (checked <> ''), sorted timestamp, tags text[]
);
CREATE INDEX orders_sorted_idx ON orders (sorted);

-- case: integer to bigint
-- expect: MR203
ALTER TABLE orders ALTER total TYPE bigint;

-- case: a shorter varchar
-- expect: MR203
ALTER TABLE orders ALTER note TYPE varchar(10);

-- case: char is never free
-- expect: MR203
ALTER TABLE orders ALTER code TYPE char(8);

-- case: another scale
-- expect: MR203
ALTER TABLE orders ALTER net TYPE numeric(10, 3);

-- case: arrays go through their elements
-- expect: MR203
ALTER TABLE orders ALTER tags TYPE varchar(10)[];

-- case: an index on a column that changes to timestamptz
-- expect: MR203
ALTER TABLE orders ALTER sorted TYPE timestamptz;

-- case: a CHECK on the column is tested again
-- expect: MR203
ALTER TABLE orders ALTER checked TYPE varchar(20);

-- case: USING that only names the column is no conversion
ALTER TABLE orders ALTER note TYPE text USING note;

-- case: USING with a time zone is one, even in UTC
-- expect: MR203
ALTER TABLE orders ALTER at TYPE timestamptz USING at AT TIME ZONE 'UTC';

-- case: a type that no migration shows
-- expect: MR203, MR405
ALTER TABLE orders ALTER nowhere TYPE text;

-- case: a longer varchar
ALTER TABLE orders ALTER note TYPE varchar(40);

-- case: more digits
ALTER TABLE orders ALTER net TYPE numeric(12, 2);

-- case: a new table
CREATE TABLE fresh (total integer);
ALTER TABLE fresh ALTER total TYPE bigint;

-- case: a column that came with the change, on an old table
ALTER TABLE orders ADD COLUMN n integer;
-- expect: MR203
ALTER TABLE orders ALTER n TYPE bigint;
