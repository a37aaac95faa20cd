"""What a history should have made, compared with MariaDB."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection
from sqlalchemy.engine import URL

from tests.catalog.comparing import connected, diff, run
from tests.catalog.test_mariadb import SCRIPTS

SAME = SCRIPTS | {
    "defaults and checks": """
        CREATE TABLE t (
          a int DEFAULT -1, b bigint NOT NULL DEFAULT '0', c varchar(20) DEFAULT 'it''s', d boolean DEFAULT TRUE,
          e datetime(3) DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3), f timestamp DEFAULT now(),
          g decimal(6, 2) DEFAULT 1.50, h double DEFAULT 1.0, i varchar(10) DEFAULT (concat('a', upper('b'))),
          j enum('x', 'y') NOT NULL DEFAULT 'x', k text DEFAULT NULL, l json DEFAULT '{}', m bit(3) DEFAULT b'101',
          n date DEFAULT '2020-01-05', o int AS (a * 2 + 1) STORED,
          p varchar(40) AS (lower(concat(c, 'x'))) VIRTUAL,
          CHECK (a BETWEEN -5 AND 5 AND (b > 0 OR c IS NULL)),
          CONSTRAINT named CHECK (c IN ('a', 'b') AND NOT a = 3),
          CHECK (c LIKE 'x%' AND length(c) != 4), CHECK (coalesce(a, 0) <= 10 && b % 2 = 0)
        );
    """,
    "views": """
        CREATE TABLE t (id int PRIMARY KEY, name varchar(10), at datetime);
        CREATE TABLE u (id int, t_id int);
        CREATE VIEW one AS SELECT * FROM t WHERE id > 18 AND name <> 'x';
        CREATE VIEW two (first, second) AS SELECT t.name, count(*) FROM t JOIN u ON t.id = u.t_id GROUP BY t.name;
        CREATE OR REPLACE VIEW three AS SELECT id, upper(name) AS loud FROM one;
        DROP VIEW two;
    """,
    "routines": """
        CREATE FUNCTION f(a bigint(20) unsigned, `b c` binary(20)) RETURNS decimal(7, 4) DETERMINISTIC RETURN 1;
        CREATE PROCEDURE p(IN a int, OUT b varchar(20) CHARACTER SET utf8mb4, INOUT c enum('x', 'y')) SET b = a;
        CREATE PROCEDURE q() BEGIN DECLARE x int; SET x = 1; END;
    """,
    "partitioned": """
        CREATE TABLE t (id int, at date) PARTITION BY RANGE (id)
          (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN MAXVALUE);
    """,
    "what stands behind the columns of keys": """
        CREATE TABLE t (a varchar(10), b text, c int, d varbinary(8), e varchar(9), g point NOT NULL, f text,
          PRIMARY KEY (c DESC), KEY whole (a(10)), KEY part (b(20) DESC, a(3)), UNIQUE u (d(4), c DESC), KEY (f),
          SPATIAL KEY (g), FULLTEXT KEY words (a, b), UNIQUE long_one (f));
        CREATE INDEX shorter ON t (a(5), e(4));
        CREATE UNIQUE INDEX gone ON t (e(4), b(7) DESC);
        ALTER TABLE t MODIFY a varchar(5), ADD KEY again (e(8), c DESC), RENAME KEY part TO parts;
        ALTER TABLE t MODIFY a varchar(20), DROP KEY gone, DROP COLUMN e;
        CREATE TABLE copy LIKE t;
    """,
    "comments": """
        CREATE TABLE t (a int COMMENT 'it''s', b int COMMENT 'x', c int COMMENT "gone", d int) COMMENT = 'old';
        CREATE TABLE copy LIKE t;
        ALTER TABLE t COMMENT 'new', MODIFY c bigint, CHANGE b z int COMMENT 'y', ADD e int COMMENT 'e' FIRST;
        ALTER TABLE t RENAME COLUMN a TO f; ALTER TABLE t ALTER f SET DEFAULT 1;
        ALTER TABLE copy COMMENT '';
    """,
    "collations": """
        CREATE TABLE t (a varchar(10) CHARACTER SET latin1, b varchar(10) COLLATE utf8mb4_bin, c text)
          CHARSET utf8mb4;
        ALTER TABLE t MODIFY c text COLLATE utf8mb4_unicode_ci;
    """,
}

CHANGED = [
    ("ALTER TABLE t ADD COLUMN extra int", ["+ column t.extra int"]),
    ("ALTER TABLE t MODIFY a int DEFAULT 5 AFTER p_id",
     ["- table t: column order a, b, p_id", "+ table t: column order b, p_id, a"]),
    ("ALTER TABLE t MODIFY p_id int AFTER a, ADD COLUMN x int FIRST",
     ["- table t: column order a, b, p_id", "+ table t: column order a, p_id, b", "+ column t.x int"]),
    ("ALTER TABLE t MODIFY a bigint DEFAULT 5", ["- column t.a: type int", "+ column t.a: type bigint"]),
    ("ALTER TABLE t MODIFY a int NOT NULL DEFAULT 5",
     ["- column t.a: nullability NULL", "+ column t.a: nullability NOT NULL"]),
    ("ALTER TABLE t ALTER a SET DEFAULT 6", ["- column t.a: default 5", "+ column t.a: default 6"]),
    ("DROP INDEX i ON t", ["- index t.i on t (a, b)"]),
    ("ALTER TABLE t DROP KEY i, ADD KEY i (a DESC, b)",
     ["- index t.i: order (a, b)", "+ index t.i: order (a DESC, b)"]),
    ("ALTER TABLE t DROP KEY i, ADD KEY i (a, b(4))",
     ["- index t.i: prefix (a, b)", "+ index t.i: prefix (a, b (4))"]),
    ("ALTER TABLE t DROP KEY u, ADD UNIQUE u (b(6))",
     ["- constraint t.u: prefix (b (5))", "+ constraint t.u: prefix (b (6))"]),
    ("ALTER TABLE t DROP FOREIGN KEY fk", ["- constraint t.fk foreign key (p_id) references p"]),
    ("ALTER TABLE t DROP CONSTRAINT c", ["- constraint t.c check (a) a > 0"]),
    ("DROP VIEW v", ["- view v SELECT a FROM t WHERE a > 7"]),
    ("CREATE OR REPLACE VIEW v AS SELECT a FROM t WHERE a > 8", ["- view v: query '7'", "+ view v: query '8'"]),
    ("DROP TRIGGER tr", ["- trigger t.tr BEFORE INSERT"]),
    ("ALTER TABLE t COMMENT 'x', MODIFY a int DEFAULT 5 COMMENT 'y'",
     ["- table t: comment none", "+ table t: comment 'x'",
      "- column t.a: comment none", "+ column t.a: comment 'y'"]),
    ("CREATE TABLE extra (id int)", ["+ table extra"]),
    ("ALTER TABLE t MODIFY b varchar(10) COLLATE utf8mb4_general_ci",
     ["- column t.b: collation utf8mb4_bin", "+ column t.b: collation utf8mb4_general_ci"]),
    ("INSERT INTO p VALUES (1)", []),
]  # fmt: skip
SHOP = """
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE t (a int DEFAULT 5, b varchar(10) COLLATE utf8mb4_bin, p_id int, KEY i (a, b), UNIQUE u (b(5)),
  CONSTRAINT c CHECK (a > 0), CONSTRAINT fk FOREIGN KEY (p_id) REFERENCES p (id));
CREATE VIEW v AS SELECT a FROM t WHERE a > 7;
CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;
"""


@pytest.fixture
def database(mariadb_database: URL) -> Iterator[Connection]:
    url = mariadb_database.set(drivername="mariadb+pymysql", query={**mariadb_database.query, "charset": "utf8mb4"})
    with connected(url.render_as_string(hide_password=False)) as connection:
        yield connection


@pytest.mark.parametrize("script", SAME.values(), ids=SAME)
def test_no_difference(database: Connection, script: str) -> None:
    run(database, script)
    assert diff(database, script) == []


@pytest.mark.parametrize(("change", "lines"), CHANGED)
def test_exactly_the_change_is_found(database: Connection, change: str, lines: list[str]) -> None:
    run(database, SHOP)
    assert diff(database, SHOP) == []
    run(database, change)
    assert diff(database, SHOP) == lines


def test_our_own_tables_are_left_out(database: Connection) -> None:
    run(database, "CREATE TABLE migrail_ledger (id int PRIMARY KEY, a int UNIQUE)")
    assert diff(database, "SELECT 1") == []
