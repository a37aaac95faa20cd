"""MR101, MR102, MR103 and MR117 about SQLite tables that are made anew, proven on SQLite."""

from __future__ import annotations

import sqlite3

import pytest

from migrail.dialects import get
from migrail.sql import rebuilds
from tests.rules.checking import judge, script

OLD = """
CREATE TABLE orders (id integer PRIMARY KEY, total text, note text);
CREATE INDEX by_note ON orders (note);
"""
ROW = "INSERT INTO orders VALUES (1, '5', 'x')"
SAME = "id integer PRIMARY KEY, total integer NOT NULL, note text"
INDEX = "CREATE INDEX by_note ON orders (note);"

NEW_FIRST = f"""
PRAGMA foreign_keys = OFF;
CREATE TABLE orders_new ({SAME});
INSERT INTO orders_new (id, total, note) SELECT id, total, note FROM orders;
DROP TABLE orders;
ALTER TABLE orders_new RENAME TO orders;
{INDEX}
PRAGMA foreign_keys = ON;
"""
OLD_FIRST = f"""
ALTER TABLE orders RENAME TO orders_old;
CREATE TABLE orders ({SAME});
INSERT OR REPLACE INTO orders SELECT * FROM orders_old;
DROP TABLE orders_old;
{INDEX}
"""
PARKED = f"""
CREATE TEMPORARY TABLE parked AS SELECT * FROM orders;
DROP TABLE orders;
CREATE TABLE orders ({SAME});
INSERT INTO orders WITH all_of AS (SELECT * FROM parked) SELECT * FROM all_of;
DROP TABLE parked;
{INDEX}
"""

# what is done, codes of the findings about compatibility, phase, and the lost objects
FORMS = [
    (NEW_FIRST, [], "expand"),
    (OLD_FIRST, [], "expand"),
    (PARKED, [], "expand"),
    (NEW_FIRST.replace(INDEX, ""), ["MR117"], "expand"),
    (OLD_FIRST.replace(INDEX, ""), ["MR117"], "expand"),
    (PARKED.replace(INDEX, ""), ["MR117"], "expand"),
    (NEW_FIRST.replace(", note text", "").replace(", note", "").replace(INDEX, ""), ["MR102"], "contract"),
    (PARKED.replace(SAME, SAME.replace(", note text", ""))
     .replace("SELECT * FROM all_of", "SELECT id, total FROM all_of")
     .replace(INDEX, ""), ["MR102"], "contract"),
    ("\n".join(line for line in NEW_FIRST.splitlines() if "INSERT" not in line), ["MR101"], "contract"),
    ("\n".join(line for line in OLD_FIRST.splitlines() if "INSERT" not in line), ["MR103", "MR101"], "contract"),
    (NEW_FIRST.replace("SELECT id, total, note FROM orders", "VALUES (7, 8, 'new')"), ["MR101"], "contract"),
    (NEW_FIRST.replace("ALTER TABLE orders_new RENAME TO orders;", "").replace(INDEX, ""), ["MR101"], "contract"),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "expected", "phase"), FORMS)
def test_what_is_said_is_what_is_lost(sql: str, expected: list[str], phase: str) -> None:
    result = judge(sql, history=OLD, dialect="sqlite")
    compatibility = [finding.code for finding in result.findings if finding.code.startswith("MR1")]
    assert (compatibility, result.migrations[0].phase) == (expected, phase)
    connection = sqlite3.connect(":memory:")
    connection.executescript(f"{OLD}{ROW};{sql}")
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    columns = {row[1] for row in connection.execute("PRAGMA table_info(orders)")}
    kept = "orders" in there and connection.execute("SELECT count(*) FROM orders WHERE id = 1").fetchone() == (1,)
    connection.close()
    assert kept is not bool({"MR101", "MR103"} & set(compatibility))
    if kept:
        assert ("note" not in columns) is ("MR102" in compatibility)
        assert ("note" in columns and "by_note" not in there) is ("MR117" in compatibility)


def test_two_tables_in_one_script() -> None:
    second = NEW_FIRST.replace("orders", "lines").replace("by_note", "lines_by_note")
    found = rebuilds(script(NEW_FIRST + second, dialect="sqlite"), get("sqlite"))
    assert [(rebuild.table.name, rebuild.keeps_rows, len(rebuild.operations)) for rebuild in found] == [
        ("orders", True, 3),
        ("lines", True, 3),
    ]


def test_rows_of_another_table_are_not_its_own() -> None:
    swapped = NEW_FIRST.replace("FROM orders", "FROM archive")
    (found,) = rebuilds(script(swapped, dialect="sqlite"), get("sqlite"))
    assert not found.keeps_rows
    assert (
        rebuilds(script("CREATE TABLE a (b); DROP TABLE a; CREATE TABLE a (b)", dialect="sqlite"), get("sqlite"))
        == ()
    )
