"""The algorithm and lock that are said to be needed against those that MariaDB accepts."""

from __future__ import annotations

from collections.abc import Iterator

import pymysql
import pytest
from pymysql.connections import Connection
from sqlalchemy.engine import URL

from migrail.catalog import Catalog
from migrail.dialects import get
from migrail.dialects.mysql.online import ALGORITHMS, LOCKS, MARIADB, MYSQL, cost, worst
from migrail.model.locks import Duration, InTransaction
from tests.dialects.reading import catalog_of, read
from tests.support.mariadb import connect

SETUP = """
CREATE TABLE t (id int PRIMARY KEY, a int, b varchar(63), c varchar(20) NOT NULL, d int, e enum('x','y'),
  n int NOT NULL,
  KEY ka (a), CONSTRAINT ck CHECK (id > 0), KEY kc (c));
CREATE TABLE g (id int PRIMARY KEY, a int, v int AS (a + 1) VIRTUAL);
CREATE TABLE p (id int PRIMARY KEY, x int, CONSTRAINT uq UNIQUE (x));
CREATE TABLE f (id int PRIMARY KEY, p_id int, b text, CONSTRAINT fk FOREIGN KEY (p_id) REFERENCES p (id),
  FULLTEXT (b));
CREATE TABLE l (id int PRIMARY KEY, a varchar(20) CHARACTER SET latin1, b varchar(20), c varchar(255),
  d varchar(31), e varchar(32), f varbinary(127), g varbinary(128))
  CHARSET utf8mb4;
CREATE TABLE time (id int, a date, b date, PERIOD FOR per (a, b));
CREATE TABLE spare (id int, a date, b date);
CREATE TABLE narrow (id int PRIMARY KEY, a varchar(63), b varchar(128)) CHARSET latin1;
"""

FORMS = """
ALTER TABLE t ADD x int
ALTER TABLE t ADD x int NOT NULL DEFAULT 5 FIRST
ALTER TABLE t ADD x datetime DEFAULT CURRENT_TIMESTAMP
ALTER TABLE t ADD x double DEFAULT rand()
ALTER TABLE t ADD x varchar(36) DEFAULT uuid()
ALTER TABLE t ADD x int AS (a + 1) VIRTUAL
ALTER TABLE t ADD x int AS (a + 1) STORED
ALTER TABLE t ADD x int CHECK (x > 0)
ALTER TABLE t ADD x int UNIQUE
ALTER TABLE g ADD x int
ALTER TABLE g ADD x int FIRST
ALTER TABLE f ADD x int
ALTER TABLE t DROP COLUMN d
ALTER TABLE t DROP COLUMN a
ALTER TABLE t RENAME COLUMN d TO x
ALTER TABLE t CHANGE d x int
ALTER TABLE t CHANGE d x bigint
ALTER TABLE t MODIFY d bigint
ALTER TABLE t MODIFY d int AFTER id
ALTER TABLE t MODIFY d int COMMENT 'x'
ALTER TABLE t MODIFY d int NOT NULL
ALTER TABLE t MODIFY n int
ALTER TABLE g MODIFY a int NOT NULL
ALTER TABLE t MODIFY b varchar(64)
ALTER TABLE t MODIFY b varchar(62)
ALTER TABLE t MODIFY c varchar(63) NOT NULL
ALTER TABLE t MODIFY e enum('x','y','z')
ALTER TABLE t MODIFY e enum('x','w','y')
ALTER TABLE t MODIFY b varchar(63) COLLATE utf8mb4_bin
ALTER TABLE t MODIFY c varchar(20) COLLATE utf8mb4_bin NOT NULL
ALTER TABLE time DROP PERIOD FOR per
ALTER TABLE spare ADD PERIOD FOR per (a, b)
ALTER TABLE l MODIFY a varchar(20)
ALTER TABLE l MODIFY a varchar(30) CHARACTER SET latin1
ALTER TABLE l MODIFY b varchar(30)
ALTER TABLE l MODIFY c varchar(256)
ALTER TABLE l MODIFY d varchar(500)
ALTER TABLE l MODIFY e varchar(500)
ALTER TABLE l MODIFY f varbinary(500)
ALTER TABLE l MODIFY g varbinary(500)
ALTER TABLE narrow MODIFY a varchar(64)
ALTER TABLE narrow MODIFY a varchar(256)
ALTER TABLE narrow MODIFY b varchar(256)
ALTER TABLE t ALTER d SET DEFAULT 5
ALTER TABLE t ALTER d DROP DEFAULT
ALTER TABLE t ADD INDEX i (d)
ALTER TABLE t ADD UNIQUE (d)
ALTER TABLE t ADD FULLTEXT (b)
ALTER TABLE t DROP INDEX ka
ALTER TABLE t RENAME INDEX ka TO kx
ALTER TABLE t RENAME TO u
ALTER TABLE t ADD CHECK (a > 0)
ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES p (id)
ALTER TABLE t DROP PRIMARY KEY
ALTER TABLE p DROP CONSTRAINT uq
ALTER TABLE t ADD x int CHECK (x > 0), ADD y int
ALTER TABLE f DROP FOREIGN KEY fk
ALTER TABLE t DROP CONSTRAINT ck
ALTER TABLE t COMMENT 'x'
ALTER TABLE t AUTO_INCREMENT 100
ALTER TABLE t FORCE
ALTER TABLE t ROW_FORMAT=REDUNDANT
ALTER TABLE t CONVERT TO CHARACTER SET latin1
ALTER TABLE t ALTER INDEX ka IGNORED
""".strip().splitlines()


@pytest.fixture
def connection(mariadb_database: URL) -> Iterator[Connection]:
    made = connect(mariadb_database)
    with made.cursor() as cursor:
        for statement in SETUP.split(";\n")[:-1]:
            cursor.execute(statement)
    yield made
    made.close()


UNSUPPORTED = {1845, 1846}
"""ER_ALTER_OPERATION_NOT_SUPPORTED, with and without a reason."""


def accepts(connection: Connection, sql: str) -> bool:
    with connection.cursor() as cursor:
        try:
            cursor.execute(sql)
        except pymysql.MySQLError as error:
            if error.args[0] not in UNSUPPORTED:
                raise
            return False
    return True


def cheapest(connection: Connection, sql: str) -> tuple[str, str]:
    """The first pair of algorithm and lock that the server takes."""
    pairs = ((algorithm, lock) for algorithm in ALGORITHMS for lock in LOCKS)
    return next(pair for pair in pairs if accepts(connection, f"{sql}, ALGORITHM={pair[0]}, LOCK={pair[1]}"))


def before() -> Catalog:
    return catalog_of([SETUP], "mariadb")


@pytest.mark.parametrize("sql", FORMS)
def test_mariadb_takes_no_cheaper_pair(connection: Connection, sql: str) -> None:
    costs = [cost(operation, before(), (10, 11), MARIADB) for operation in read(sql, "mariadb")]
    found = worst([item for item in costs if item is not None])
    algorithm, lock = cheapest(connection, sql)
    if found.known:
        assert (found.algorithm, found.lock) == (algorithm, lock)
    else:
        assert (ALGORITHMS.index(found.algorithm), LOCKS.index(found.lock)) >= (
            ALGORITHMS.index(algorithm),
            LOCKS.index(lock),
        )


MYSQL_FACTS = [
    # statement, version, algorithm, lock, work
    ("ALTER TABLE t ADD x int", (8, 0, 12), "INSTANT", "NONE", Duration.INSTANT),
    ("ALTER TABLE t ADD x int", (5, 7), "INPLACE", "NONE", Duration.REWRITE),
    ("ALTER TABLE t ADD x int FIRST", (8, 0, 28), "INPLACE", "NONE", Duration.REWRITE),
    ("ALTER TABLE t ADD x int FIRST", (8, 0, 29), "INSTANT", "NONE", Duration.INSTANT),
    ("ALTER TABLE t ADD x int FIRST", (8, 4), "INSTANT", "NONE", Duration.INSTANT),
    ("ALTER TABLE t DROP d", (8, 0, 28), "INPLACE", "NONE", Duration.REWRITE),
    ("ALTER TABLE t DROP d", (8, 4), "INSTANT", "NONE", Duration.INSTANT),
    ("ALTER TABLE t DROP a", (8, 4), "INPLACE", "NONE", Duration.REWRITE),
    ("ALTER TABLE t RENAME COLUMN d TO x", (8, 0, 27), "INPLACE", "NONE", Duration.INSTANT),
    ("ALTER TABLE t RENAME COLUMN d TO x", (8, 0, 28), "INSTANT", "NONE", Duration.INSTANT),
    ("ALTER TABLE t MODIFY c varchar(60) NOT NULL", (8, 4), "INPLACE", "NONE", Duration.INSTANT),
    ("ALTER TABLE t MODIFY d bigint", (8, 4), "COPY", "SHARED", Duration.REWRITE),
    ("CREATE INDEX i ON t (d)", (8, 4), "INPLACE", "NONE", Duration.SCAN),
    ("CREATE FULLTEXT INDEX i ON t (b)", (8, 4), "INPLACE", "SHARED", Duration.REWRITE),
    ("ALTER TABLE t ADD CHECK (a > 0)", (8, 4), "COPY", "SHARED", Duration.REWRITE),
    ("ALTER TABLE nowhere MODIFY a int", (8, 4), "COPY", "SHARED", Duration.REWRITE),
]


@pytest.mark.parametrize(("sql", "version", "algorithm", "lock", "work"), MYSQL_FACTS)
def test_mysql_by_its_manual(sql: str, version: tuple[int, ...], algorithm: str, lock: str, work: Duration) -> None:
    catalog = catalog_of([SETUP], "mysql")
    costs = [cost(operation, catalog, version, MYSQL) for operation in read(sql, "mysql")]
    found = worst([item for item in costs if item is not None])
    assert (found.algorithm, found.lock, found.work) == (algorithm, lock, work)


WAITING = [
    # statement, mode, who waits, duration
    ("ALTER TABLE t ADD x int", "METADATA EXCLUSIVE", {"reads", "writes", "ddl"}, "instant"),
    ("ALTER TABLE t MODIFY d bigint", "LOCK=SHARED", {"writes", "ddl"}, "rewrite"),
    ("ALTER TABLE t MODIFY d bigint, LOCK=EXCLUSIVE", "LOCK=EXCLUSIVE", {"reads", "writes", "ddl"}, "rewrite"),
    ("ALTER TABLE t ADD x int, ALGORITHM=COPY", "LOCK=SHARED", {"writes", "ddl"}, "rewrite"),
    ("ALTER TABLE nowhere MODIFY a int, ALGORITHM=INPLACE, LOCK=NONE", "LOCK=NONE", {"ddl"}, "rewrite"),
    ("CREATE INDEX i ON t (d)", "LOCK=NONE", {"ddl"}, "scan"),
    ("DROP TABLE t", "METADATA EXCLUSIVE", {"reads", "writes", "ddl"}, "instant"),
    ("LOCK TABLES t READ", "LOCK=SHARED", {"writes", "ddl"}, "scan"),
    ("OPTIMIZE TABLE t", "LOCK=NONE", {"ddl"}, "rewrite"),
    ("UPDATE t SET a = 1", "LOCK=SHARED", {"writes", "ddl"}, "scan"),
]


@pytest.mark.parametrize(("sql", "mode", "blocks", "duration"), WAITING)
def test_who_waits(sql: str, mode: str, blocks: set[str], duration: str) -> None:
    dialect = get("mariadb")
    [operation] = read(sql, "mariadb")
    [lock] = dialect.effects(operation, before(), (10, 11)).locks
    assert (lock.mode, {blocked.value for blocked in lock.blocks}, lock.duration.value) == (mode, blocks, duration)


@pytest.mark.parametrize(
    "sql",
    ["CREATE TABLE n (a int)", "INSERT INTO t VALUES (1)", "UPDATE t SET a = 1 WHERE id = 1", "SELECT 1", "BEGIN"],
)
def test_nobody_waits(sql: str) -> None:
    dialect = get("mariadb")
    assert [dialect.effects(operation, before(), (10, 11)).locks for operation in read(sql, "mariadb")] == [()]


def test_nobody_waits_for_a_new_table() -> None:
    catalog = catalog_of(["CREATE TABLE n (a int)"], "mysql", new=True)
    [operation] = read("ALTER TABLE n MODIFY a bigint", "mysql")
    assert get("mysql").effects(operation, catalog, (8, 4)).locks == ()


COMMITS = [
    ("ALTER TABLE t ADD x int", True),
    ("CREATE TABLE n (a int)", True),
    ("CREATE TEMPORARY TABLE n (a int)", False),
    ("GRANT SELECT ON t TO a", True),
    ("ANALYZE TABLE t", True),
    ("LOCK TABLES t READ", True),
    ("FLUSH TABLES", True),
    ("SET autocommit = 1", True),
    ("SET NAMES utf8mb4", False),
    ("INSERT INTO t VALUES (1)", False),
    ("SELECT 1", False),
]


@pytest.mark.parametrize(("sql", "commits"), COMMITS)
def test_implicit_commit(sql: str, commits: bool) -> None:
    [operation] = read(sql, "mariadb")
    expected = InTransaction.IMPLICIT_COMMIT if commits else InTransaction.ALLOWED
    assert get("mariadb").effects(operation, before(), (10, 11)).in_transaction is expected


REFUSED = [
    ("mariadb", "ALTER TABLE t MODIFY d bigint, ALGORITHM=INSTANT", "it needs ALGORITHM=COPY"),
    ("mariadb", "ALTER TABLE t MODIFY d bigint, LOCK=NONE", "it needs LOCK=SHARED"),
    ("mariadb", "ALTER TABLE t ADD x int, ALGORITHM=INSTANT, LOCK=NONE", None),
    ("mariadb", "ALTER TABLE nowhere MODIFY d bigint, ALGORITHM=INSTANT", None),
    ("mariadb", "ALTER TABLE t ADD COLUMN IF NOT EXISTS x int", None),
    ("mysql", "ALTER TABLE t ADD COLUMN IF NOT EXISTS x int", "only MariaDB has it"),
    ("mysql", "ALTER TABLE t DROP COLUMN IF EXISTS x", "only MariaDB has it"),
    ("mysql", "ALTER TABLE t ADD INDEX i (d), ALGORITHM=NOCOPY", "only MariaDB has it"),
    ("mysql", "ALTER TABLE t ADD x int", None),
]


@pytest.mark.parametrize(("name", "sql", "words"), REFUSED)
def test_what_the_server_refuses(name: str, sql: str, words: str | None) -> None:
    dialect, catalog = get(name), catalog_of([SETUP], name)
    reasons = [dialect.refuses(operation, catalog, dialect.default_version) for operation in read(sql, name)]
    found = next(filter(None, reasons), None)
    assert (found is None) if words is None else (found is not None and words in found)
