"""ALTER TABLE of SQLite reads views, triggers and tables again: what it refuses and writes is foreseen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from migrail.catalog.compare import compare, diff_lines
from migrail.catalog.conflicts import conflicts
from migrail.catalog.replay import replay
from tests.catalog.comparing import connected, looked_at, run
from tests.dialects.reading import catalog_of, read

BASE = """
    CREATE TABLE t (x, y, z);
    CREATE TABLE u (x, w);
"""
DROP = "ALTER TABLE t DROP COLUMN x"
RENAME = "ALTER TABLE t RENAME COLUMN x TO new"
MOVE = "ALTER TABLE t RENAME TO s"
OTHER = "ALTER TABLE u RENAME COLUMN w TO v"

TRIGGER = "CREATE TRIGGER g AFTER UPDATE ON t"
VIEW = "CREATE VIEW v AS SELECT"

REFUSED = [
    # Views and triggers that mean nothing (any more) stop every ALTER TABLE ...
    (f"{VIEW} a FROM missing", OTHER),
    (f"{VIEW} a FROM missing", MOVE),
    (f"{VIEW} a FROM missing", "ALTER TABLE u DROP COLUMN w"),
    (f"{VIEW} missing FROM t", OTHER),
    (f"{VIEW} missing.x FROM t", OTHER),
    (f"{VIEW} k.missing FROM t AS k", OTHER),
    (f"{VIEW} x FROM (SELECT x FROM u WHERE missing = 1)", OTHER),
    (f"{VIEW} t.x FROM t JOIN u ON t.x = u.missing", OTHER),
    (f"{VIEW} x FROM t UNION SELECT missing FROM u", MOVE),
    (f"{VIEW} y FROM t; CREATE VIEW w AS SELECT x FROM v", OTHER),
    (f"{TRIGGER} BEGIN DELETE FROM u WHERE missing = 1; END", OTHER),
    (f"{TRIGGER} BEGIN DELETE FROM missing; END", OTHER),
    (f"{TRIGGER} BEGIN DELETE FROM u WHERE w = NEW.missing; END", MOVE),
    (f"{TRIGGER} WHEN NEW.missing > 1 BEGIN SELECT 1; END", OTHER),
    (f"{TRIGGER} BEGIN INSERT INTO u (w) VALUES (missing); END", OTHER),
    (f"{TRIGGER} BEGIN UPDATE u SET w = missing; END", OTHER),
    (f"{VIEW} a FROM missing; PRAGMA legacy_alter_table = ON", OTHER),
    (f"{VIEW} a FROM missing; PRAGMA legacy_alter_table = ON", DROP),
    # ... and so does what would mean nothing without the column, or under its new name.
    (f"{VIEW} x FROM t", DROP),
    (f'{VIEW} t."x" FROM t', DROP),
    (f"{VIEW} y FROM t GROUP BY x", DROP),
    (f"{VIEW} y FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.x = t.x)", DROP),
    (f"{TRIGGER} BEGIN DELETE FROM t WHERE x = 1; END", DROP),
    (f"{TRIGGER} WHEN NEW.x = 1 BEGIN SELECT 1; END", DROP),
    (f"{TRIGGER} BEGIN INSERT INTO t (y) VALUES (1) ON CONFLICT (x) DO NOTHING; END", DROP),
    (f"{TRIGGER} BEGIN INSERT INTO t (y) VALUES (1) ON CONFLICT (y) DO UPDATE SET z = excluded.x; END", DROP),
    (f"{VIEW} x FROM t; CREATE VIEW w AS SELECT x FROM v", RENAME),
    # The table itself.
    ("DROP TABLE t; CREATE TABLE t (x, y, CHECK (x > y))", DROP),
    ("DROP TABLE t; CREATE TABLE t (x, y CHECK (y > x))", DROP),
    ("DROP TABLE t; CREATE TABLE t (x, y AS (x + 1))", DROP),
    ("DROP TABLE t; CREATE TABLE t (x, y, FOREIGN KEY (x) REFERENCES u (x))", DROP),
    ("DROP TABLE t; CREATE TABLE t (x PRIMARY KEY, y)", DROP),
    ("DROP TABLE t; CREATE TABLE t (x, y, UNIQUE (y, x))", DROP),
    ("CREATE INDEX i ON t (y) WHERE x > 1", DROP),
    ('CREATE INDEX i ON t ("missing")', OTHER),
    # Views are no tables, and names must be those of columns.
    (f"{VIEW} x FROM t", "ALTER TABLE v RENAME TO s"),
    (f"{VIEW} x FROM t", "ALTER TABLE v RENAME COLUMN x TO new"),
    (f"{VIEW} x FROM t", "ALTER TABLE v DROP COLUMN x"),
    (f"{VIEW} x FROM t", "ALTER TABLE v ADD COLUMN y"),
    ("CREATE TEMP TABLE k (a)", f"{VIEW} a FROM temp.k"),
    ("", "CREATE INDEX i ON t (missing + 1)"),
    ("", "CREATE INDEX i ON t (x) WHERE missing > 1"),
    ("", "CREATE TABLE s AS SELECT x FROM missing"),
    ("", "CREATE TABLE s AS SELECT missing FROM t"),
    ("", "CREATE TABLE s (a, CHECK (missing > 1))"),
    ("", "CREATE TABLE s (a, b AS (missing + 1))"),
    ("", "ALTER TABLE t ADD COLUMN a CHECK (missing > 1)"),
]
TAKEN = [
    ("", f"{VIEW} a FROM missing"),
    (f"{VIEW} x FROM t", RENAME),
    (f"{VIEW} x FROM t", MOVE),
    (f"{VIEW} y FROM t", DROP),
    (f"{VIEW} * FROM t", DROP),
    (f"{VIEW} t.* FROM t", RENAME),
    (f'{VIEW} "x" FROM t', DROP),
    (f'{VIEW} "x", "missing" FROM t', RENAME),
    (f'{VIEW} "x" FROM t', 'ALTER TABLE t RENAME COLUMN x TO "plain"'),
    (f"{VIEW} y AS x FROM t ORDER BY x", DROP),
    (f"{VIEW} y FROM t WHERE EXISTS (SELECT 1 FROM u WHERE x = 1)", DROP),
    (f"{VIEW} y FROM t WHERE EXISTS (SELECT 1 FROM u WHERE x = 1)", RENAME),
    (f"{VIEW} k.x, t.x FROM t AS k JOIN t ON t.x = k.y", RENAME),
    (f"{VIEW} k.x, t.x FROM t AS k JOIN t ON t.x = k.y", MOVE),
    (f"{VIEW} (SELECT max(x) FROM u WHERE w = t.y) FROM t", RENAME),
    ("CREATE VIEW v AS WITH c (n) AS (SELECT x FROM t) SELECT n, y FROM c, t ORDER BY n", OTHER),
    (f"{VIEW} rowid, oid FROM t", OTHER),
    (f"{VIEW} value FROM t, json_each(t.x)", OTHER),
    (f"{VIEW} name FROM sqlite_master", OTHER),
    ("CREATE VIRTUAL TABLE f USING fts5 (a); CREATE VIEW v AS SELECT a FROM f", OTHER),
    (f"{TRIGGER} BEGIN UPDATE u SET w = NEW.x WHERE x = OLD.x; END", RENAME),
    (f"{TRIGGER} BEGIN INSERT INTO t (x, y) SELECT x, w FROM u; REPLACE INTO t (x) VALUES (NEW.x); END", RENAME),
    (f"{TRIGGER} WHEN NEW.x > (SELECT max(x) FROM u) BEGIN DELETE FROM t WHERE t.x = 1; END", RENAME),
    ("CREATE TRIGGER g AFTER UPDATE OF x, y ON t BEGIN SELECT RAISE(ABORT, 'x'); END", RENAME),
    ("CREATE TRIGGER g AFTER UPDATE ON u BEGIN UPDATE t SET x = t.x + 1 WHERE t.y = NEW.x; END", MOVE),
    (f"{TRIGGER} BEGIN INSERT INTO t (x) VALUES (1); UPDATE t SET x = 1; END", DROP),
    ("CREATE TRIGGER g AFTER UPDATE OF x ON t BEGIN SELECT 1; END", DROP),
    ("", "CREATE TRIGGER g AFTER UPDATE OF missing ON t BEGIN SELECT 1; END"),
    (f'{TRIGGER} BEGIN UPDATE u SET "missing" = NEW.y; END', OTHER),
    (f"CREATE TEMP {TRIGGER[7:]} BEGIN SELECT 1; END; DROP TABLE t; "
     f"CREATE TABLE t (x); {TRIGGER} BEGIN SELECT 1; END", "DROP TRIGGER g"),
    ("CREATE VIEW v AS SELECT x FROM t; CREATE TEMP VIEW v AS SELECT y FROM t", "DROP VIEW v"),
    (f'{TRIGGER} WHEN "x" = 1 BEGIN SELECT 1; END', DROP),
    (f"{VIEW} a FROM missing; PRAGMA legacy_alter_table = ON", MOVE),
    (f"{VIEW} x FROM t; {TRIGGER} BEGIN UPDATE t SET x = 1; END; PRAGMA legacy_alter_table = ON", MOVE),
    (f"{VIEW} x FROM t; PRAGMA legacy_alter_table = ON", DROP),
    ("CREATE TABLE k (a REFERENCES t (x)); PRAGMA legacy_alter_table = ON", MOVE),
    ("CREATE TABLE k (a REFERENCES t (x)); PRAGMA legacy_alter_table = ON; PRAGMA foreign_keys = ON", MOVE),
    ("DROP TABLE t; CREATE TABLE t (x CHECK (x > y), y)", DROP),
    ("DROP TABLE t; CREATE TABLE t (x REFERENCES u (x), y)", DROP),
    ('DROP TABLE t; CREATE TABLE t (x DEFAULT "a", CHECK ("missing" <> x)); CREATE INDEX i ON t (x || "b")', OTHER),
    ("", 'CREATE INDEX i ON t ("missing")'),
    ("CREATE TEMP TABLE k (a); CREATE TRIGGER g AFTER INSERT ON temp.k BEGIN DELETE FROM k; END",
     "CREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM u; END"),
    ("CREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM u; END",
     "CREATE TEMP TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM u; END"),
    ("CREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM u; END; "
     "CREATE TEMP TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM u; END", "DROP TRIGGER g"),
    ("", "CREATE TABLE s AS SELECT * FROM t"),
    ("CREATE TEMP TABLE k (a)", "CREATE TABLE s AS SELECT a FROM k"),
    ("", "CREATE TABLE s AS WITH c (n) AS (SELECT 1 UNION SELECT n + 1 FROM c WHERE n < 3) SELECT c.n FROM c"),
    ("", "CREATE TABLE s AS SELECT value FROM json_each('[1]')"),
    ("DROP TABLE t; CREATE TABLE t (x VARCHAR(9), y, z DOUBLE PRECISION, a BOOLEAN, b POINT, c BLOB)",
     "CREATE TABLE s AS SELECT z, x, y, a, b, c FROM t WHERE x > 1"),
    ("CREATE VIRTUAL TABLE f USING fts5 (a)", "INSERT INTO f VALUES ('a')"),
    ("CREATE VIRTUAL TABLE f USING fts5 (a)", "ALTER TABLE f RENAME TO g"),
    ("CREATE VIRTUAL TABLE f USING fts5 (a)", "DROP TABLE f"),
]  # fmt: skip


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Connection]:
    with connected(f"sqlite:///{tmp_path / 'x.db'}") as connection:
        yield connection


@pytest.mark.parametrize(
    ("before", "statement", "taken"), [(*case, False) for case in REFUSED] + [(*case, True) for case in TAKEN]
)
def test_what_sqlite_does_is_foreseen(database: Connection, before: str, statement: str, taken: bool) -> None:
    before = BASE + before
    run(database, before)
    catalog = catalog_of([before], "sqlite")
    (operation,) = read(statement, "sqlite")
    refused = conflicts(catalog, operation) or catalog.dialect.refuses(operation, catalog, (3, 40, 1))
    assert (refused is None) == taken, refused
    try:
        database.exec_driver_sql(statement)
    except DBAPIError:
        assert not taken
        return
    assert taken
    after = replay(catalog, [operation]).in_new_session()
    assert not any(view.rewritten for view in after.views.values())
    assert diff_lines(compare(after, looked_at(database))) == []


def test_the_text_of_a_view_that_cannot_be_followed_counts_as_unknown() -> None:
    """A column that USING merges has no text of its own; nothing is claimed then."""
    before = f"{BASE} {VIEW} y FROM t JOIN u USING (x);"
    (operation,) = read("ALTER TABLE t RENAME COLUMN x TO new", "sqlite")
    (view,) = replay(catalog_of([before], "sqlite"), [operation]).views.values()
    assert view.rewritten


def test_nothing_is_foreseen_of_a_part_of_a_history() -> None:
    """What is missing may have been made before."""
    (made, operation) = read(f"{VIEW} missing FROM t; {OTHER}", "sqlite")
    catalog = replay(catalog_of([BASE], "sqlite"), [made])
    assert conflicts(catalog, operation) is not None
    assert conflicts(replace(catalog, complete=False), operation) is None
