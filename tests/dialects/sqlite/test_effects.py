"""Locks, scans and rewrites on SQLite."""

from __future__ import annotations

import pytest

from migrail.dialects import get
from migrail.model.locks import Blocked, Duration, InTransaction
from tests.dialects.reading import catalog_of, read

DIALECT = get("sqlite")
SETUP = "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER); CREATE INDEX t_a ON t (a);"
INSTANT, SCAN, REWRITE = Duration.INSTANT, Duration.SCAN, Duration.REWRITE

LOCKING = [
    ("CREATE TABLE n (id INTEGER)", INSTANT),
    ("DROP TABLE t", INSTANT),
    ("ALTER TABLE t RENAME TO n", INSTANT),
    ("ALTER TABLE t RENAME COLUMN a TO n", INSTANT),
    ("ALTER TABLE t ADD COLUMN n INTEGER", INSTANT),
    ("ALTER TABLE t ADD COLUMN n INTEGER NOT NULL DEFAULT 0", SCAN),
    ("ALTER TABLE t ADD COLUMN n INTEGER CHECK (n > 0)", SCAN),
    ("ALTER TABLE t DROP COLUMN a", REWRITE),
    ("CREATE INDEX n ON t (id)", SCAN),
    ("DROP INDEX t_a", INSTANT),
    ("REINDEX t_a", SCAN),
    ("CREATE VIEW n AS SELECT a FROM t", INSTANT),
    ("INSERT INTO t (a) VALUES (1)", INSTANT),
    ("UPDATE t SET a = 1", SCAN),
    ("UPDATE t SET a = 1 WHERE id = 1", INSTANT),
    ("DELETE FROM t", SCAN),
    ("ANALYZE t", SCAN),
]


@pytest.mark.parametrize(("statement", "duration"), LOCKING)
def test_one_writer(statement: str, duration: Duration) -> None:
    (operation,) = read(statement, "sqlite")
    effects = DIALECT.effects(operation, catalog_of([SETUP], "sqlite"), (3, 40))
    (lock,) = effects.locks
    assert (lock.relation, lock.mode, lock.duration) == ("database", "RESERVED", duration)
    assert lock.blocks == (Blocked.WRITES, Blocked.DDL)
    assert effects.scans == (("t",) if duration is SCAN else ())
    assert effects.rewrites == (("t",) if duration is REWRITE else ())
    assert effects.in_transaction is InTransaction.ALLOWED


@pytest.mark.parametrize(
    "statement", ["SELECT 1", "BEGIN", "PRAGMA foreign_keys = OFF", "CREATE TEMP TABLE n (id INTEGER)"]
)
def test_no_lock(statement: str) -> None:
    (operation,) = read(statement, "sqlite")
    assert DIALECT.effects(operation, catalog_of([SETUP], "sqlite"), (3, 40)).locks == ()


@pytest.mark.parametrize(
    ("statement", "forbidden"),
    [
        ("VACUUM", True),
        ("PRAGMA journal_mode = WAL", True),
        ("PRAGMA synchronous = OFF", True),
        ("PRAGMA journal_mode", False),
        ("PRAGMA foreign_keys = ON", False),
        ("CREATE INDEX n ON t (id)", False),
    ],
)
def test_transactions(statement: str, forbidden: bool) -> None:
    (operation,) = read(statement, "sqlite")
    found = DIALECT.effects(operation, catalog_of([SETUP], "sqlite"), (3, 40)).in_transaction
    assert found is (InTransaction.FORBIDDEN if forbidden else InTransaction.ALLOWED)


def test_vacuum_stops_everybody() -> None:
    (operation,) = read("VACUUM", "sqlite")
    (lock,) = DIALECT.effects(operation, catalog_of([SETUP], "sqlite"), (3, 40)).locks
    assert (lock.mode, lock.duration) == ("EXCLUSIVE", REWRITE)
    assert Blocked.READS in lock.blocks


@pytest.mark.parametrize("statement", ["CREATE INDEX n ON t (id)", "ALTER TABLE t DROP COLUMN a"])
def test_new_tables_have_no_rows(statement: str) -> None:
    (operation,) = read(statement, "sqlite")
    effects = DIALECT.effects(operation, catalog_of([SETUP], "sqlite", new=True), (3, 40))
    assert [lock.duration for lock in effects.locks] == [INSTANT]
    assert effects.scans == effects.rewrites == ()
