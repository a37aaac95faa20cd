"""The tables and other objects that the forms are about."""

from __future__ import annotations

SETUP = """
CREATE TABLE p (id integer PRIMARY KEY, code varchar(10) UNIQUE);
CREATE TABLE t (
  id integer PRIMARY KEY,
  p_id integer,
  a integer,
  b integer NOT NULL,
  s varchar(10),
  c varchar(10) CHECK (c <> 'x'),
  v text
);
CREATE TABLE child (id integer PRIMARY KEY, t_id integer REFERENCES t (id), code varchar(10) REFERENCES p (code));
CREATE INDEX t_a ON t (a);
CREATE UNIQUE INDEX t_a_unique ON t (a);
CREATE UNIQUE INDEX t_b_unique ON t (b);
CREATE UNIQUE INDEX t_id_unique ON t (id);
CREATE VIEW seen AS SELECT id, v FROM t;
CREATE VIEW seen_again AS SELECT id FROM seen;
CREATE MATERIALIZED VIEW kept AS SELECT id, b FROM t;
CREATE UNIQUE INDEX kept_id ON kept (id);
CREATE DOMAIN plain AS integer;
CREATE DOMAIN checked AS integer CHECK (value > 0);
CREATE DOMAIN required AS integer NOT NULL;
CREATE DOMAIN nested AS checked;
CREATE TABLE typed (id integer, d checked);
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TYPE pair AS (x integer, y integer);
CREATE TABLE pairs OF pair;
CREATE TABLE moods (id integer, m mood, q pair);
CREATE SEQUENCE numbers;
CREATE TABLE counted (id serial, n integer);
CREATE FUNCTION fixed() RETURNS integer LANGUAGE plpgsql VOLATILE AS 'BEGIN RETURN 1; END';
CREATE FUNCTION steady() RETURNS integer LANGUAGE sql STABLE AS 'SELECT 1';
CREATE FUNCTION noticed() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER t_noticed BEFORE INSERT ON t FOR EACH ROW EXECUTE PROCEDURE noticed();
CREATE TABLE parted (id integer NOT NULL, x integer) PARTITION BY RANGE (id);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (1) TO (10);
CREATE TABLE lone (id integer NOT NULL, x integer);
CREATE TABLE lone_checked (id integer NOT NULL, x integer, CHECK (id >= 20 AND id < 30));
CREATE TABLE base (id integer);
CREATE TABLE derived (more integer) INHERITS (base);
CREATE TABLE apart (id integer);
CREATE TABLE empty (id integer);
CREATE FOREIGN DATA WRAPPER wrapper;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER wrapper;
CREATE FOREIGN TABLE far (id integer) SERVER elsewhere;
"""

ROWS = """
INSERT INTO p VALUES (1, '1');
INSERT INTO t VALUES (1, 1, 1, 1, '1', '1', '1');
INSERT INTO child VALUES (1, 1, '1');
INSERT INTO typed VALUES (1, 1);
INSERT INTO pairs VALUES (1, 1);
INSERT INTO moods VALUES (1, 'sad', (1, 1));
INSERT INTO counted (n) VALUES (1);
INSERT INTO parted VALUES (1, 1);
INSERT INTO lone VALUES (20, 1);
INSERT INTO lone_checked VALUES (20, 1);
INSERT INTO base VALUES (1);
INSERT INTO derived VALUES (1, 1);
INSERT INTO apart VALUES (1);
REFRESH MATERIALIZED VIEW kept;
"""

DEFAULT = "CREATE TABLE others PARTITION OF parted DEFAULT; INSERT INTO others VALUES (99, 1)"
KEYED = "ALTER TABLE parted ADD FOREIGN KEY (x) REFERENCES p"
INDEXED = "CREATE INDEX parted_x ON parted (x)"
PRIMARY = "ALTER TABLE parted ADD PRIMARY KEY (id)"
REFERENCED = f"{PRIMARY}; CREATE TABLE points (id integer REFERENCES parted); INSERT INTO points VALUES (1)"
