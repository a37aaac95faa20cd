-- case: a required column without default, by building anew
-- history
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);
-- queries
-- breaks
INSERT INTO t (id, a) VALUES (1, 'x');
-- breaks
INSERT INTO t DEFAULT VALUES;
SELECT * FROM t;
UPDATE t SET a = 'y';
-- migration
DROP TABLE t;
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT NOT NULL);

-- case: a required column with a default
-- history
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);
-- queries
INSERT INTO t (id, a) VALUES (1, 'x');
-- breaks
INSERT INTO t VALUES (1, 'x');
-- breaks
INSERT INTO t SELECT 1, 'x';
-- migration
ALTER TABLE t ADD COLUMN b TEXT NOT NULL DEFAULT '';

-- case: NULL into a required column
-- history
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);
-- queries
-- breaks
INSERT INTO t (id, a) VALUES (1, NULL);
-- breaks
INSERT INTO t (id) VALUES (1);
-- breaks
INSERT INTO t VALUES (1, NULL);
INSERT INTO t VALUES (1, 'x');
INSERT INTO t (a) VALUES ('x');
-- migration
DROP TABLE t;
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL);

-- case: a check refuses literals
-- history
CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, s TEXT);
-- queries
-- breaks
INSERT INTO t (n) VALUES (-1);
-- breaks
INSERT INTO t (s) VALUES ('gone');
INSERT INTO t (n, s) VALUES (1, 'new');
INSERT INTO t (n) VALUES (NULL);
-- migration
DROP TABLE t;
CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER CHECK (n >= 0), s TEXT CHECK (s IN ('new', 'old')));

-- case: ON CONFLICT loses its unique index
-- history
CREATE TABLE t (id INTEGER PRIMARY KEY, mail TEXT);
CREATE UNIQUE INDEX t_mail ON t (mail);
-- queries
-- breaks
INSERT INTO t (mail) VALUES ('a') ON CONFLICT (mail) DO NOTHING;
-- breaks
INSERT INTO t (mail) VALUES ('a') ON CONFLICT (mail) DO UPDATE SET mail = excluded.mail;
INSERT INTO t (id, mail) VALUES (1, 'a') ON CONFLICT (id) DO NOTHING;
INSERT INTO t (mail) VALUES ('a') ON CONFLICT DO NOTHING;
INSERT OR IGNORE INTO t (mail) VALUES ('a');
-- migration
DROP INDEX t_mail;

-- case: a unique index becomes partial
-- history
CREATE TABLE t (id INTEGER PRIMARY KEY, mail TEXT, gone INTEGER);
CREATE UNIQUE INDEX t_mail ON t (mail);
-- queries
-- breaks
INSERT INTO t (mail) VALUES ('a') ON CONFLICT (mail) DO NOTHING;
INSERT INTO t (mail) VALUES ('a') ON CONFLICT DO NOTHING;
-- migration
DROP INDEX t_mail;
CREATE UNIQUE INDEX t_mail ON t (mail) WHERE gone = 0;

-- case: a generated column takes the place of a plain one
-- history
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT);
-- queries
-- breaks
INSERT INTO t (a, b) VALUES ('x', 'y');
-- breaks
UPDATE t SET b = 'z';
INSERT INTO t (a) VALUES ('x');
SELECT b FROM t;
-- migration
ALTER TABLE t DROP COLUMN b;
ALTER TABLE t ADD COLUMN b TEXT GENERATED ALWAYS AS (upper(a)) VIRTUAL;

-- case: STRICT tables refuse literals of another type
-- history
CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER) STRICT;
-- queries
SELECT n FROM t;
INSERT INTO t (n) VALUES (5);
INSERT INTO t (n) VALUES ('5');
-- migration
ALTER TABLE t ADD COLUMN m INTEGER;

-- case: a type that is only a hint
-- history
CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER);
-- queries
INSERT INTO t (n) VALUES ('abc');
SELECT n + 1 FROM t WHERE n = 'x';
SELECT upper(n) FROM t;
-- migration
DROP TABLE t;
CREATE TABLE t (id INTEGER PRIMARY KEY, n TEXT);

-- case: a trigger writes to what is gone
-- history
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);
CREATE TABLE log (id INTEGER);
CREATE TRIGGER noted AFTER INSERT ON t BEGIN INSERT INTO log (id) VALUES (new.id); END;
-- queries
-- breaks
INSERT INTO t (a) VALUES ('x');
SELECT a FROM t;
UPDATE t SET a = 'y';
-- migration
DROP TABLE log;

-- case: AUTOINCREMENT, indexes and renames of indexes change nothing
-- history
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);
CREATE INDEX t_a ON t (a);
-- queries
SELECT a FROM t WHERE a = 'x';
INSERT INTO t (a) VALUES ('x');
-- breaks
SELECT a FROM t INDEXED BY t_a WHERE a = 'x';
-- migration
DROP INDEX t_a;
CREATE INDEX t_a2 ON t (a);

-- case: a new CHECK between columns
-- history
CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b INTEGER);
-- queries
-- breaks
INSERT INTO t (a, b) VALUES (5, 3);
INSERT INTO t (a, b) VALUES (3, 5);
INSERT INTO t (a) VALUES (9);
-- migration
DROP TABLE t;
CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b INTEGER, CHECK (a < b));
