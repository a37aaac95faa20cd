"""What SQLite is said to refuse, and what it refuses."""

from __future__ import annotations

import sqlite3

import pytest

from migrail.dialects import get
from migrail.dialects.sqlite.refusals import MISSING
from tests.dialects.reading import catalog_of, read

DIALECT = get("sqlite")
SETUP = """
CREATE TABLE p (id INTEGER PRIMARY KEY);
CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b TEXT UNIQUE, c TEXT, CONSTRAINT n CHECK (a > 0));
CREATE INDEX t_c ON t (c);
CREATE TABLE pair (x INTEGER, y INTEGER, PRIMARY KEY (x, y));
"""

REFUSED = [
    "ALTER TABLE t ADD COLUMN n INTEGER UNIQUE",
    "ALTER TABLE t ADD COLUMN n INTEGER PRIMARY KEY",
    "ALTER TABLE t ADD COLUMN n INTEGER GENERATED ALWAYS AS (a + 1) STORED",
    "ALTER TABLE t ADD COLUMN n INTEGER NOT NULL",
    "ALTER TABLE t ADD COLUMN n INTEGER NOT NULL DEFAULT NULL",
    "ALTER TABLE t ADD COLUMN n TEXT DEFAULT CURRENT_TIMESTAMP",
    "ALTER TABLE t ADD COLUMN n TEXT DEFAULT (lower('X'))",
    "ALTER TABLE t ADD COLUMN n INTEGER DEFAULT (1 + 1)",
    "ALTER TABLE t ADD COLUMN n INTEGER DEFAULT (random())",
    "ALTER TABLE t ADD COLUMN IF NOT EXISTS n INTEGER",
    "ALTER TABLE t DROP COLUMN id",
    "ALTER TABLE t DROP COLUMN b",
    "ALTER TABLE t DROP COLUMN c",
    "ALTER TABLE pair DROP COLUMN y",
    "ALTER TABLE t DROP COLUMN IF EXISTS a",
    "ALTER TABLE t ALTER COLUMN a TYPE TEXT",
    "ALTER TABLE t ALTER COLUMN a SET NOT NULL",
    "ALTER TABLE t ALTER COLUMN a DROP NOT NULL",
    "ALTER TABLE t ALTER COLUMN a SET DEFAULT 1",
    "ALTER TABLE t ALTER COLUMN a DROP DEFAULT",
    "ALTER TABLE t ADD CONSTRAINT m CHECK (a > 1)",
    "ALTER TABLE t ADD CONSTRAINT m FOREIGN KEY (a) REFERENCES p (id)",
    "ALTER TABLE t DROP CONSTRAINT n",
    "ALTER TABLE t RENAME CONSTRAINT n TO m",
    "ALTER TABLE t SET SCHEMA other",
    "ALTER TABLE t OWNER TO me",
    "ALTER INDEX t_c RENAME TO n",
    "CREATE INDEX CONCURRENTLY n ON t (a)",
    "CREATE INDEX n ON t USING btree (a)",
    "DROP INDEX CONCURRENTLY t_c",
    "CREATE OR REPLACE VIEW n AS SELECT 1 AS x",
    "CREATE MATERIALIZED VIEW n AS SELECT 1 AS x",
    "CREATE SCHEMA n",
    "CREATE TYPE n AS ENUM ('x')",
    "CREATE DOMAIN n AS TEXT",
    "CREATE SEQUENCE n",
    "CREATE EXTENSION citext",
    "CREATE FUNCTION n() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    "CREATE TABLE n PARTITION OF t DEFAULT",
    "CREATE TABLE n (id INTEGER) INHERITS (t)",
    "TRUNCATE t",
    "GRANT SELECT ON t TO me",
    "COMMENT ON TABLE t IS 'x'",
    "LOCK TABLE t",
]

ACCEPTED = [
    "ALTER TABLE t ADD COLUMN n INTEGER",
    "ALTER TABLE t ADD COLUMN n INTEGER DEFAULT 1",
    "ALTER TABLE t ADD COLUMN n INTEGER DEFAULT -1",
    "ALTER TABLE t ADD COLUMN n INTEGER DEFAULT (1)",
    "ALTER TABLE t ADD COLUMN n INTEGER DEFAULT (-1)",
    "ALTER TABLE t ADD COLUMN n TEXT DEFAULT 'x'",
    "ALTER TABLE t ADD COLUMN n TEXT DEFAULT ('x')",
    "ALTER TABLE t ADD COLUMN n TEXT DEFAULT (CAST(1 AS TEXT))",
    "ALTER TABLE t ADD COLUMN n BLOB DEFAULT x'00'",
    "ALTER TABLE t ADD COLUMN n INTEGER DEFAULT TRUE",
    "ALTER TABLE t ADD COLUMN n INTEGER DEFAULT NULL",
    "ALTER TABLE t ADD COLUMN n INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE t ADD COLUMN n INTEGER GENERATED ALWAYS AS (a + 1) VIRTUAL",
    "ALTER TABLE t ADD COLUMN n INTEGER REFERENCES p (id)",
    "ALTER TABLE t ADD COLUMN n INTEGER CHECK (n > 0)",
    "ALTER TABLE pair ADD COLUMN n",
    "ALTER TABLE t RENAME COLUMN a TO n",
    "ALTER TABLE t RENAME TO n",
    "CREATE INDEX n ON t (a)",
    "CREATE UNIQUE INDEX n ON t (a) WHERE a > 1",
    "DROP INDEX t_c",
    "DROP INDEX IF EXISTS t_c",
    "CREATE VIEW n AS SELECT a FROM t",
    "CREATE TABLE n (id INTEGER PRIMARY KEY) STRICT",
    "CREATE TABLE n AS SELECT a FROM t",
    "INSERT INTO t (a) VALUES (1)",
    "DELETE FROM t",
]


@pytest.fixture
def connection() -> sqlite3.Connection:
    made = sqlite3.connect(":memory:", isolation_level=None)
    made.executescript(SETUP)
    made.execute("INSERT INTO t VALUES (1, 1, 'x', 'x')")
    return made


def said(statement: str, version: tuple[int, ...] = sqlite3.sqlite_version_info) -> str | None:
    """The first refusal of the statement's operations."""
    catalog = catalog_of([SETUP], "sqlite")
    refusals = (DIALECT.refuses(operation, catalog, version) for operation in read(statement, "sqlite"))
    return next(filter(None, refusals), None)


@pytest.mark.parametrize("statement", REFUSED)
def test_refused(connection: sqlite3.Connection, statement: str) -> None:
    reason = said(statement)
    assert reason is not None
    assert not reason.endswith(".")
    with pytest.raises(sqlite3.OperationalError):
        connection.execute(statement)


@pytest.mark.parametrize("statement", ACCEPTED)
def test_accepted(connection: sqlite3.Connection, statement: str) -> None:
    assert said(statement) is None
    connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    "statement",
    ["ALTER TABLE t ADD COLUMN n INTEGER NOT NULL", "ALTER TABLE t ADD COLUMN n TEXT DEFAULT (random())"],
)
def test_empty_tables_take_more(connection: sqlite3.Connection, statement: str) -> None:
    (operation,) = read(statement, "sqlite")
    assert DIALECT.refuses(operation, catalog_of([SETUP], "sqlite", new=True), (3, 40)) is None
    connection.execute("DELETE FROM t")
    connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    ("statement", "version", "refused"),
    [
        ("ALTER TABLE t DROP COLUMN a", (3, 34, 1), True),
        ("ALTER TABLE t DROP COLUMN a", (3, 35), False),
        ("ALTER TABLE t RENAME COLUMN a TO n", (3, 24), True),
        ("ALTER TABLE t RENAME COLUMN a TO n", (3, 25, 0), False),
        ("CREATE TABLE n (id INTEGER) STRICT", (3, 36, 0), True),
    ],
)
def test_versions(statement: str, version: tuple[int, ...], refused: bool) -> None:
    assert (said(statement, version) is not None) is refused


def test_reasons_are_sentences_without_full_stop() -> None:
    assert all(reason.startswith("SQLite") and not reason.endswith(".") for reason in MISSING.values())
