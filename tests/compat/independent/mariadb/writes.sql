-- case: a required column without default
-- history
CREATE TABLE t (id INT, a VARCHAR(10));
-- queries
-- breaks
INSERT INTO t (id, a) VALUES (1, 'x');
-- breaks
INSERT INTO t SET id = 1;
-- breaks
INSERT INTO t VALUES (1, 'x');
-- breaks
REPLACE INTO t (id) VALUES (1);
-- breaks
INSERT INTO t (id) SELECT 1 FROM DUAL WHERE false;
UPDATE t SET a = 'y';
-- migration
ALTER TABLE t ADD COLUMN b INT NOT NULL;

-- case: a required column with a default
-- history
CREATE TABLE t (id INT, a VARCHAR(10));
-- queries
INSERT INTO t (id, a) VALUES (1, 'x');
-- breaks
INSERT INTO t VALUES (1, 'x');
-- migration
ALTER TABLE t ADD COLUMN b INT NOT NULL DEFAULT 0;

-- case: NOT NULL by MODIFY
-- history
CREATE TABLE t (id INT, a VARCHAR(10), b INT);
-- queries
-- breaks
INSERT INTO t (id) VALUES (1);
-- breaks
INSERT INTO t (id, a) VALUES (1, NULL);
-- breaks
INSERT INTO t (id, a, b) VALUES (1, NULL, 2);
INSERT INTO t (id, a) VALUES (1, 'x');
INSERT INTO t (id, a, b) VALUES (1, 'x', NULL);
-- migration
ALTER TABLE t MODIFY a VARCHAR(10) NOT NULL;

-- case: MODIFY loses a default
-- history
CREATE TABLE t (id INT, state VARCHAR(10) NOT NULL DEFAULT 'new');
-- queries
-- breaks
INSERT INTO t (id) VALUES (1);
INSERT INTO t (id, state) VALUES (1, 'old');
-- migration
ALTER TABLE t MODIFY state VARCHAR(20) NOT NULL;

-- case: an enum loses a value
-- history
CREATE TABLE t (id INT, m ENUM('sad', 'ok'));
-- queries
-- breaks
INSERT INTO t VALUES (1, 'sad');
-- breaks
INSERT INTO t (id, m) VALUES (1, 'sad');
INSERT INTO t (id, m) VALUES (1, 'ok');
INSERT INTO t (id, m) VALUES (1, NULL);
SELECT id FROM t WHERE m = 'sad';
-- migration
ALTER TABLE t MODIFY m ENUM('ok', 'glad');

-- case: shorter text and smaller numbers refuse literals
-- history
CREATE TABLE t (id INT, code VARCHAR(10), n INT);
-- queries
-- breaks
INSERT INTO t (id, code) VALUES (1, 'abcdef');
-- breaks
INSERT INTO t (id, n) VALUES (1, 300);
-- breaks
INSERT INTO t (id, n) VALUES (1, -300);
INSERT INTO t (id, code, n) VALUES (1, 'abc', 100);
SELECT id FROM t WHERE code = 'abcdef' OR n = 300;
-- migration
ALTER TABLE t MODIFY code VARCHAR(3), MODIFY n TINYINT;

-- case: text becomes a number
-- history
CREATE TABLE t (id INT, n VARCHAR(10));
-- queries
-- breaks
INSERT INTO t (id, n) VALUES (1, 'abc');
-- breaks
INSERT INTO t VALUES (1, '');
INSERT INTO t (id, n) VALUES (1, '12');
SELECT upper(n), n + 1 FROM t WHERE n = 'abc';
-- migration
ALTER TABLE t MODIFY n INT;

-- case: text becomes a date
-- history
CREATE TABLE t (id INT, d VARCHAR(20));
-- queries
-- breaks
INSERT INTO t VALUES (1, 'yesterday');
INSERT INTO t VALUES (1, '2026-01-31');
SELECT id FROM t WHERE d = '2026-01-31';
-- migration
ALTER TABLE t MODIFY d DATE;

-- case: unsigned refuses what is below zero
-- history
CREATE TABLE t (id INT, n INT);
-- queries
-- breaks
INSERT INTO t VALUES (1, -1);
INSERT INTO t VALUES (1, 1);
-- migration
ALTER TABLE t MODIFY n INT UNSIGNED;

-- case: a check refuses literals
-- history
CREATE TABLE t (id INT, n INT, s VARCHAR(10));
-- queries
-- breaks
INSERT INTO t (id, n) VALUES (1, -1);
-- breaks
INSERT INTO t (id, s) VALUES (1, 'gone');
INSERT INTO t VALUES (1, 1, 'new');
INSERT INTO t (id) VALUES (1);
-- migration
ALTER TABLE t ADD CONSTRAINT c CHECK (n >= 0), ADD CHECK (s IN ('new', 'old'));

-- case: a generated column takes the place of a plain one
-- history
CREATE TABLE t (id INT, a VARCHAR(10), b VARCHAR(10));
-- queries
-- breaks
INSERT INTO t (id, a, b) VALUES (1, 'x', 'y');
-- breaks
INSERT INTO t VALUES (1, 'x', 'y');
INSERT INTO t (id, a) VALUES (1, 'x');
SELECT b FROM t;
-- migration
ALTER TABLE t DROP COLUMN b;
ALTER TABLE t ADD COLUMN b VARCHAR(10) GENERATED ALWAYS AS (upper(a)) STORED;

-- case: a primary key makes its column required
-- history
CREATE TABLE t (id INT, a VARCHAR(10));
-- queries
-- breaks
INSERT INTO t (a) VALUES ('x');
-- breaks
INSERT INTO t (id, a) VALUES (NULL, 'x');
INSERT INTO t (id, a) VALUES (1, 'x');
-- migration
ALTER TABLE t ADD PRIMARY KEY (id);

-- case: an automatic number takes no value from the query
-- history
CREATE TABLE t (id INT NOT NULL, a VARCHAR(10), PRIMARY KEY (id));
-- queries
INSERT INTO t (id, a) VALUES (1, 'x');
SELECT id FROM t;
-- migration
ALTER TABLE t MODIFY id INT NOT NULL AUTO_INCREMENT;

-- case: an automatic number goes
-- history
CREATE TABLE t (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, a VARCHAR(10));
-- queries
-- breaks
INSERT INTO t (a) VALUES ('x');
INSERT INTO t (id, a) VALUES (1, 'x');
-- migration
ALTER TABLE t MODIFY id INT NOT NULL;

-- case: a trigger writes to what is gone
-- history
CREATE TABLE t (id INT);
CREATE TABLE log (id INT);
CREATE TRIGGER noted AFTER INSERT ON t FOR EACH ROW INSERT INTO log (id) VALUES (NEW.id);
-- queries
-- breaks
INSERT INTO t VALUES (1);
SELECT id FROM t;
-- migration
DROP TABLE log;

-- case: keys, engines and comments change nothing
-- history
CREATE TABLE t (id INT PRIMARY KEY, a VARCHAR(10), KEY t_a (a));
-- queries
SELECT id FROM t WHERE a = 'x';
-- breaks
SELECT id FROM t FORCE INDEX (t_a) WHERE a = 'x';
INSERT INTO t VALUES (1, 'x') ON DUPLICATE KEY UPDATE a = 'y';
-- migration
ALTER TABLE t DROP KEY t_a, ADD KEY other (a), COMMENT = 'x';
