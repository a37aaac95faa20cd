-- history:
CREATE TABLE events (id bigint, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE months (id bigint, at date NOT NULL) PARTITION BY RANGE (date_trunc('month', at));

-- case: a key without it
-- expect: MR410
ALTER TABLE events ADD PRIMARY KEY (id);

-- case: a key with it
ALTER TABLE events ADD PRIMARY KEY (at, id);

-- case: an expression
-- expect: MR410
CREATE UNIQUE INDEX i ON months (id, at);

-- case: several columns, names in quotes, an operator class
CREATE TABLE visits (id bigint, "At" date, region text, UNIQUE ("At", region)) PARTITION BY RANGE ("At" date_ops, region);

-- case: in a new table
-- expect: MR410
CREATE TABLE visits (id bigint UNIQUE, region text) PARTITION BY LIST (region);

-- case: an index that is not unique
CREATE INDEX i ON ONLY events (id);
