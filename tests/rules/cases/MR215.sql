-- history:
CREATE TABLE events (id integer NOT NULL, note text) PARTITION BY RANGE (id);
CREATE TABLE plain (id integer NOT NULL, note text);
CREATE TABLE proven (id integer NOT NULL, note text, CHECK (id >= 10 AND id < 20));
CREATE TABLE pending (id integer NOT NULL, note text);
ALTER TABLE pending ADD CONSTRAINT c CHECK (id >= 10 AND id < 20) NOT VALID;

-- case: nothing proves the bound
-- expect: MR215
ALTER TABLE events ATTACH PARTITION plain FOR VALUES FROM (10) TO (20);

-- case: a CHECK proves it
ALTER TABLE events ATTACH PARTITION proven FOR VALUES FROM (10) TO (20);

-- case: a CHECK that is not validated
-- expect: MR215
ALTER TABLE events ATTACH PARTITION pending FOR VALUES FROM (10) TO (20);

-- case: the partition is new
CREATE TABLE fresh (LIKE events);
ALTER TABLE events ATTACH PARTITION fresh FOR VALUES FROM (10) TO (20);

-- case: the partition is new, but the default partition is read
-- history:
CREATE TABLE rest PARTITION OF events DEFAULT;
-- file:
CREATE TABLE fresh (LIKE events);
-- expect: MR215
ALTER TABLE events ATTACH PARTITION fresh FOR VALUES FROM (10) TO (20);

-- case: an index of the parent is built
-- history:
CREATE INDEX events_note ON events (note);
-- file:
-- expect: MR215
ALTER TABLE events ATTACH PARTITION proven FOR VALUES FROM (10) TO (20);

-- case: a CHECK lists no other values than the bound
-- history:
CREATE TABLE sales (region text) PARTITION BY LIST (region);
CREATE TABLE eu (region text NOT NULL CHECK (region IN ('de', 'fr')));
-- file:
ALTER TABLE sales ATTACH PARTITION eu FOR VALUES IN ('fr', 'de', 'es');

-- case: a CHECK allows a value in other letters, and one lets NULL through
-- history:
CREATE TABLE sales (region text) PARTITION BY LIST (region);
CREATE TABLE eu (region text NOT NULL CHECK (region IN ('de', 'FR')));
CREATE TABLE us (region text CHECK (region IN ('us')));
-- file:
-- expect: MR215
ALTER TABLE sales ATTACH PARTITION eu FOR VALUES IN ('fr', 'de');
-- expect: MR215
ALTER TABLE sales ATTACH PARTITION us FOR VALUES IN ('us');
