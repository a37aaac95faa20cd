-- history:
CREATE TABLE events (id integer NOT NULL) PARTITION BY RANGE (id);

-- case: a partition of an old table
-- expect: MR216
CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM (10) TO (20);

-- case: the default partition is read
-- history:
CREATE TABLE rest PARTITION OF events DEFAULT;
-- file:
-- expect: MR216
CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM (10) TO (20);

-- case: the parent is new
CREATE TABLE fresh (id integer NOT NULL) PARTITION BY RANGE (id);
CREATE TABLE fresh_1 PARTITION OF fresh FOR VALUES FROM (10) TO (20);

-- case: made and attached
CREATE TABLE events_2 (LIKE events);
ALTER TABLE events ATTACH PARTITION events_2 FOR VALUES FROM (10) TO (20);

-- case: the parent is locked already
LOCK TABLE events;
CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM (10) TO (20);
