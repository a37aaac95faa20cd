"""What became of a statement whose end nobody saw: each form that MariaDB commits, before it and behind it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.engine import URL
from tests.runner.test_lookup import AGAIN, ASKED, TOLD, outcomes
from tests.support.mariadb import connect

from migrail.runner.lookup import Outcome

THEN_ASKED = (Outcome.NOT_STARTED, Outcome.UNKNOWN)
"""What it makes may have been there before, and running it once more does harm."""

SETUP = [
    "CREATE TABLE p (id int PRIMARY KEY)",
    "CREATE TABLE t (id int PRIMARY KEY, n int, m int NOT NULL DEFAULT 1, s varchar(20), UNIQUE KEY t_u (n), "
    "KEY t_n (n), CONSTRAINT small CHECK (m < 100), CONSTRAINT p_fk FOREIGN KEY (m) REFERENCES p (id))",
    "CREATE TABLE parted (id int PRIMARY KEY) PARTITION BY RANGE (id) "
    "(PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN (20))",
    "CREATE TABLE part (id int PRIMARY KEY)",
    "CREATE TABLE says (id int PRIMARY KEY, changed timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE "
    "current_timestamp(), hidden varchar(20) INVISIBLE, small text COMPRESSED, checked int CHECK (checked > 0))",
    "CREATE VIEW v AS SELECT n FROM t",
    "CREATE SEQUENCE sq",
    "CREATE FUNCTION f() RETURNS int RETURN 1",
    "CREATE PROCEDURE pr() SELECT 1",
    "CREATE TRIGGER trg BEFORE INSERT ON p FOR EACH ROW SET NEW.id = 1",
    "CREATE EVENT ev ON SCHEDULE EVERY 1 DAY DISABLE DO SELECT 1",
]

FORMS = {
    TOLD: [
        "ALTER TABLE t MODIFY s varchar(20) COMMENT 'x'",
        "ALTER TABLE says MODIFY changed timestamp NOT NULL DEFAULT current_timestamp()",
        "ALTER TABLE says MODIFY hidden varchar(20)",
        "ALTER TABLE says CHANGE hidden hidden varchar(20)",
        "ALTER TABLE says MODIFY small text, MODIFY hidden varchar(20)",
        "ALTER TABLE says MODIFY checked int",
        "CREATE TABLE IF NOT EXISTS new (id int)",
        "CREATE TABLE new AS SELECT * FROM t",
        "CREATE TABLE new LIKE t",
        "CREATE TABLE new SELECT id FROM t",
        "DROP TABLE IF EXISTS part",
        "DROP TABLE part, parted",
        "RENAME TABLE part TO q, q TO r",
        "RENAME TABLE part TO q, parted TO r",
        "ALTER TABLE part RENAME TO q",
        "ALTER TABLE t ADD COLUMN IF NOT EXISTS a int",
        "ALTER TABLE t ADD COLUMN a int FIRST",
        "ALTER TABLE t ADD COLUMN a int AFTER n",
        "ALTER TABLE t ADD COLUMN a int AS (n + 1) VIRTUAL",
        "ALTER TABLE t ADD COLUMN (a int, b int)",
        "ALTER TABLE t DROP COLUMN IF EXISTS s",
        "ALTER TABLE t CHANGE s other varchar(20)",
        "ALTER TABLE t CHANGE s s varchar(30)",
        "ALTER TABLE t MODIFY s varchar(30)",
        "ALTER TABLE t MODIFY s varchar(20) NOT NULL",
        "ALTER TABLE t MODIFY s varchar(20) DEFAULT 'x'",
        "ALTER TABLE t MODIFY s varchar(20) FIRST",
        "ALTER TABLE t MODIFY s varchar(20) AFTER id",
        "ALTER TABLE t MODIFY s varchar(20) CHARACTER SET latin1",
        "ALTER TABLE t MODIFY s varchar(20) COLLATE utf8mb4_bin",
        "ALTER TABLE t ALTER COLUMN m DROP DEFAULT",
        "ALTER TABLE t ALTER COLUMN m SET DEFAULT 7",
        "ALTER TABLE t ADD INDEX t_s (s)",
        "ALTER TABLE t ADD UNIQUE INDEX t_s (s)",
        "ALTER TABLE t ADD FULLTEXT INDEX t_s (s)",
        "ALTER TABLE t RENAME INDEX t_n TO t_x",
        "ALTER TABLE t RENAME KEY t_u TO t_x",
        "ALTER TABLE t DROP CONSTRAINT small",
        "ALTER TABLE t DROP CONSTRAINT p_fk",
        "ALTER TABLE t DROP FOREIGN KEY p_fk",
        "ALTER TABLE t DROP KEY t_u",
        "ALTER TABLE t DROP CONSTRAINT t_u",
        "ALTER TABLE part DROP PRIMARY KEY",
        "ALTER TABLE t DROP PRIMARY KEY, ADD PRIMARY KEY (id, m)",
        "ALTER TABLE t DROP COLUMN s, ADD COLUMN s2 int",
        "ALTER TABLE t DROP COLUMN s, ADD COLUMN s int",
        "ALTER TABLE t RENAME COLUMN s TO s2, ADD COLUMN s int",
        "ALTER TABLE t DROP INDEX t_n, ADD INDEX t_n (n, s)",
        "ALTER TABLE t ADD COLUMN a int, ALGORITHM=INSTANT, LOCK=NONE",
        "ALTER IGNORE TABLE t ADD COLUMN a int",
        "CREATE INDEX IF NOT EXISTS t_s ON t (s)",
        "CREATE OR REPLACE INDEX t_n ON t (n, m)",
        "CREATE UNIQUE INDEX t_s ON t (s(5))",
        "CREATE FULLTEXT INDEX t_s ON t (s)",
        "DROP INDEX IF EXISTS t_n ON t",
        "CREATE OR REPLACE VIEW v AS SELECT m FROM t",
        "ALTER VIEW v AS SELECT m FROM t",
        "CREATE VIEW IF NOT EXISTS v2 AS SELECT m FROM t",
        "DROP VIEW IF EXISTS v",
        "CREATE TRIGGER tr AFTER UPDATE ON p FOR EACH ROW SET @x = 1",
        "DROP TRIGGER trg",
        "DROP TRIGGER IF EXISTS trg",
        "CREATE SEQUENCE sq2",
        "CREATE SEQUENCE IF NOT EXISTS sq2",
        "RENAME TABLE sq TO sq3",
        "RENAME TABLE v TO v3",
        "ALTER TABLE t ADD COLUMN a int UNIQUE",
        "ALTER TABLE t ADD COLUMN a int REFERENCES p (id)",
    ],
    AGAIN: [
        "ALTER TABLE says MODIFY hidden varchar(20) INVISIBLE",
        "ALTER TABLE says MODIFY hidden varchar(20), MODIFY small text COMPRESSED",
        "CREATE OR REPLACE FUNCTION f() RETURNS int RETURN 2",
        "CREATE OR REPLACE PROCEDURE pr() SELECT 2",
        "CHECK TABLE t",
        "REPAIR TABLE t",
        "FLUSH TABLES",
        "SET @x = 1",
        "CREATE OR REPLACE TRIGGER trg BEFORE INSERT ON p FOR EACH ROW SET NEW.id = 2",
        "ALTER TABLE t MODIFY s varchar(20) INVISIBLE",
    ],
    ASKED: [
        "RENAME TABLE part TO x, parted TO part, x TO parted",
        "TRUNCATE TABLE part",
        "ALTER TABLE t ALTER INDEX t_n IGNORED",
        "ALTER TABLE t ENGINE=InnoDB",
        "ALTER TABLE t FORCE",
        "ALTER TABLE t ROW_FORMAT=COMPRESSED",
        "ALTER TABLE t COMMENT='x'",
        "ALTER TABLE t AUTO_INCREMENT=100",
        "ALTER TABLE t CONVERT TO CHARACTER SET latin1",
        "ALTER TABLE t DEFAULT CHARACTER SET latin1",
        "ALTER TABLE t DISABLE KEYS",
        "ALTER TABLE t ORDER BY n",
        "ALTER TABLE t ADD SYSTEM VERSIONING",
        "ALTER TABLE t RENAME COLUMN n TO m, RENAME COLUMN m TO n",
        "ALTER TABLE t ADD COLUMN a int, COMMENT='x'",
        "ALTER TABLE parted ADD PARTITION (PARTITION p2 VALUES LESS THAN (30))",
        "ALTER TABLE parted DROP PARTITION p0",
        "ALTER TABLE parted TRUNCATE PARTITION p0",
        (
            "ALTER TABLE parted REORGANIZE PARTITION p0 INTO (PARTITION p00 VALUES LESS THAN (5), PARTITION "
            "p01 VALUES LESS THAN (10))"
        ),
        "ALTER TABLE parted EXCHANGE PARTITION p0 WITH TABLE part",
        "ALTER TABLE parted REMOVE PARTITIONING",
        "ALTER TABLE part PARTITION BY HASH (id) PARTITIONS 4",
        "ALTER TABLE parted REBUILD PARTITION p0",
        "ALTER TABLE parted ANALYZE PARTITION p0",
        "CREATE FUNCTION g() RETURNS int RETURN 2",
        "ALTER FUNCTION f COMMENT 'x'",
        "DROP FUNCTION f",
        "DROP FUNCTION IF EXISTS f",
        "CREATE PROCEDURE pr2() SELECT 2",
        "ALTER PROCEDURE pr COMMENT 'x'",
        "DROP PROCEDURE pr",
        "CREATE EVENT ev2 ON SCHEDULE EVERY 1 DAY DISABLE DO SELECT 2",
        "CREATE OR REPLACE EVENT ev ON SCHEDULE EVERY 1 DAY DISABLE DO SELECT 2",
        "ALTER EVENT ev COMMENT 'x'",
        "ALTER EVENT ev RENAME TO ev3",
        "DROP EVENT ev",
        "CREATE OR REPLACE SEQUENCE sq START WITH 5",
        "ALTER SEQUENCE sq INCREMENT BY 5",
        "ALTER SEQUENCE sq RESTART 7",
        "DROP SEQUENCE sq",
        "DROP SEQUENCE IF EXISTS sq",
        "INSERT INTO p VALUES (5)",
        "UPDATE t SET n = 1",
        "LOCK TABLES t READ",
        "ALTER DATABASE COMMENT 'x'",
        "CREATE OR REPLACE TABLE part (id int PRIMARY KEY)",
    ],
    THEN_ASKED: [
        "ALTER TABLE t ADD INDEX (s)",
        "ALTER TABLE t ADD UNIQUE (s)",
        "ALTER TABLE t ADD CHECK (n > 0)",
        "ALTER TABLE t ADD FOREIGN KEY (n) REFERENCES p (id)",
        "ALTER TABLE t MODIFY s varchar(20) UNIQUE",
        "ALTER TABLE t ADD COLUMN a int, ADD UNIQUE (a)",
        "CREATE OR REPLACE TABLE part (id int PRIMARY KEY, x int)",
        "ALTER TABLE t ADD COLUMN a int, RENAME TO t2",
    ],
}
SHORT = [
    *FORMS[THEN_ASKED],
    *(sql for forms in FORMS.values() for sql in forms if sql.startswith("ALTER TABLE says")),
    "ALTER TABLE t MODIFY s varchar(20) INVISIBLE",
    "CREATE OR REPLACE TRIGGER trg BEFORE INSERT ON p FOR EACH ROW SET NEW.id = 2",
]
ROWS = [(sql, expected) for expected, forms in FORMS.items() for sql in forms]


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        pytest.param(sql, expected, id=sql, marks=[] if sql in SHORT else [pytest.mark.long])
        for sql, expected in ROWS
    ],
)
def test_each_form(sql: str, expected: tuple[Outcome, Outcome], tmp_path: Path, mariadb_database: URL) -> None:
    with connect(mariadb_database) as connection, connection.cursor() as cursor:
        for statement in SETUP:
            cursor.execute(statement)
        url = mariadb_database.render_as_string(hide_password=False)
        assert outcomes(url, tmp_path, sql, "mariadb", lambda text: cursor.execute(text) and None) == expected
