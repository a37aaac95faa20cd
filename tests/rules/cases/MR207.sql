-- history:
CREATE TABLE orders (id bigint, number text NOT NULL, at tstzrange);
CREATE UNIQUE INDEX orders_number ON orders (number);
CREATE UNIQUE INDEX orders_id ON orders (id);

-- case: UNIQUE
-- expect: MR207
ALTER TABLE orders ADD UNIQUE (number);

-- case: UNIQUE over an index that is there
ALTER TABLE orders ADD CONSTRAINT u UNIQUE USING INDEX orders_number;

-- case: PRIMARY KEY
-- expect: MR207
ALTER TABLE orders ADD PRIMARY KEY (number);

-- case: PRIMARY KEY over an index and a column that is NOT NULL
ALTER TABLE orders ADD PRIMARY KEY USING INDEX orders_number;

-- case: PRIMARY KEY over an index and a column that may be NULL
-- expect: MR207
ALTER TABLE orders ADD PRIMARY KEY USING INDEX orders_id;

-- case: PRIMARY KEY over an index and a column that a CHECK proves
-- history:
ALTER TABLE orders ADD CONSTRAINT c CHECK (id IS NOT NULL);
-- file:
ALTER TABLE orders ADD PRIMARY KEY USING INDEX orders_id;

-- case: EXCLUDE has no better form
-- expect: MR207
ALTER TABLE orders ADD EXCLUDE USING gist (at WITH &&);

-- case: UNIQUE inside a new column
-- expect: MR207
ALTER TABLE orders ADD COLUMN code text UNIQUE;

-- case: the column is there already
ALTER TABLE orders ADD COLUMN IF NOT EXISTS number text UNIQUE;

-- case: a new table
CREATE TABLE fresh (id bigint);
ALTER TABLE fresh ADD PRIMARY KEY (id);

-- case: ONLY a partitioned table
-- history:
CREATE TABLE events (id bigint NOT NULL) PARTITION BY RANGE (id);
CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (10);
-- file:
ALTER TABLE ONLY events ADD PRIMARY KEY (id);
