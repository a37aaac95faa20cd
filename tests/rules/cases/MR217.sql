-- history:
CREATE TABLE events (id integer NOT NULL) PARTITION BY RANGE (id);
CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (10);

-- case: without CONCURRENTLY
-- expect: MR217
ALTER TABLE events DETACH PARTITION events_1;

-- case: CONCURRENTLY
-- migrail: transaction=off
ALTER TABLE events DETACH PARTITION events_1 CONCURRENTLY;

-- case: a new table
CREATE TABLE fresh (id integer NOT NULL) PARTITION BY RANGE (id);
CREATE TABLE fresh_1 PARTITION OF fresh FOR VALUES FROM (1) TO (10);
ALTER TABLE fresh DETACH PARTITION fresh_1;
