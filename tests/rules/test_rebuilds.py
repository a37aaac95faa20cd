"""MR101, MR102, MR103, MR116 and MR117 about SQLite tables that are made anew, proven on SQLite."""

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
    found = rebuilds([script(NEW_FIRST + second, dialect="sqlite")], get("sqlite"))
    assert [(rebuild.table.name, rebuild.keeps_rows, len(rebuild.operations)) for rebuild in found] == [
        ("orders", True, 3),
        ("lines", True, 3),
    ]


def test_rows_of_another_table_are_not_its_own() -> None:
    swapped = NEW_FIRST.replace("FROM orders", "FROM archive")
    (found,) = rebuilds([script(swapped, dialect="sqlite")], get("sqlite"))
    assert not found.keeps_rows
    assert (
        rebuilds([script("CREATE TABLE a (b); DROP TABLE a; CREATE TABLE a (b)", dialect="sqlite")], get("sqlite"))
        == ()
    )


CUSTOMERS = """
CREATE TABLE customers (id integer PRIMARY KEY);
CREATE TABLE orders (
  id integer PRIMARY KEY, number text CONSTRAINT orders_number UNIQUE, total integer CHECK (total > 0),
  customer integer NOT NULL REFERENCES customers (id)
);
CREATE TABLE lines (order_id integer REFERENCES orders (id));
CREATE TRIGGER counted AFTER INSERT ON orders BEGIN UPDATE customers SET id = id WHERE id = NEW.customer; END;
"""
TRIGGER = CUSTOMERS.strip().splitlines()[-1]
WHOLE = (
    "id integer PRIMARY KEY, number text UNIQUE, total integer CHECK (total >= 0),"
    " customer integer REFERENCES customers (id)"
)
COPY = "INSERT INTO orders_new (id, number, total, customer) SELECT id, number, total, customer FROM orders;"
MADE = f"CREATE TABLE orders_new ({WHOLE}); {COPY}"
FILLED = "UPDATE orders_new SET number = (SELECT number FROM orders AS old WHERE old.id = orders_new.id);"
SWAPPED = f"DROP TABLE orders; ALTER TABLE orders_new RENAME TO orders; {TRIGGER}"
MADE_BEHIND = f"""
ALTER TABLE orders RENAME TO orders_old;
CREATE TABLE orders ({WHOLE});
INSERT INTO orders SELECT * FROM orders_old;
DROP TABLE orders_old;
{TRIGGER}
"""

# what is done, one file each, and the findings about compatibility
LOSSES = [
    ([MADE + SWAPPED], []),
    ([MADE, SWAPPED], []),
    ([MADE.replace("CHECK (total >= 0)", ""), SWAPPED], ["MR116 CHECK (total)"]),
    ([MADE.replace(" UNIQUE", "") + SWAPPED], ["MR116 UNIQUE orders_number (number)"]),
    ([MADE.replace(" UNIQUE", "") + SWAPPED + "CREATE UNIQUE INDEX by_number ON orders (number);"], []),
    ([MADE.replace(" REFERENCES customers (id)", ""), SWAPPED], ["MR116 FOREIGN KEY (customer)"]),
    ([MADE.replace("integer PRIMARY KEY", "integer") + SWAPPED], ["MR116 PRIMARY KEY (id)"]),
    ([MADE + SWAPPED.replace(TRIGGER, "")], ["MR116 trigger counted (AFTER INSERT)"]),
    ([MADE, SWAPPED.replace("TRIGGER counted", "TRIGGER counted_2")], []),
    ([MADE.replace("number, ", "") + SWAPPED], ["MR102 number"]),
    ([MADE.replace("number, ", ""), FILLED + SWAPPED], []),
    (["ALTER TABLE orders ADD COLUMN a text;", MADE.replace(f"({WHOLE}", "(a text, " + WHOLE) + SWAPPED], []),
    ([MADE.replace("(id, number, total, customer)", "") + SWAPPED], []),
    ([MADE_BEHIND], ["MR103 foreign key of lines"]),
    (["PRAGMA legacy_alter_table = ON;" + MADE_BEHIND], []),
    ([MADE + "DROP TABLE orders;", f"ALTER TABLE orders_new RENAME TO orders; {TRIGGER}"], ["MR101 orders"]),
]  # fmt: skip


@pytest.mark.parametrize(("files", "expected"), LOSSES)
def test_what_goes_with_the_old_table_is_told(files: list[str], expected: list[str]) -> None:
    result = judge(files, history=CUSTOMERS, dialect="sqlite")
    found = [f"{finding.code} {finding.message}" for finding in result.findings if finding.code.startswith("MR1")]
    assert len(found) == len(expected), found
    for told, wanted in zip(found, expected, strict=True):
        code, _, what = wanted.partition(" ")
        assert (told[:5], what in told) == (code, True)
    assert _lost(files) == {wanted.partition(" ")[2].split(" (")[0] for wanted in expected}


def _lost(files: list[str]) -> set[str]:
    """What is gone on SQLite, named as in the table above."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(f"{CUSTOMERS}; INSERT INTO orders VALUES (1, 'a', 2, 3);")
    for sql in files:
        if not _rows(connection, "PRAGMA table_info(orders)"):
            return {"orders"}  # for the time between two files
        connection.executescript(sql)
    definition = _rows(connection, "SELECT sql FROM sqlite_master WHERE name = 'orders'")[0][0]
    kept = {
        "UNIQUE orders_number": any(unique for _, _, unique, *_ in _rows(connection, "PRAGMA index_list(orders)")),
        "CHECK": "CHECK" in definition,
        "PRIMARY KEY": "PRIMARY KEY" in definition,
        "FOREIGN KEY": _rows(connection, "PRAGMA foreign_key_list(orders)"),
        "trigger counted": _rows(connection, "SELECT name FROM sqlite_master WHERE type = 'trigger'"),
        "number": _rows(connection, "SELECT number FROM orders") == [("a",)],
        "foreign key of lines": _rows(connection, "PRAGMA foreign_key_list(lines)")[0][2] == "orders",
    }
    connection.close()
    return {name for name, there in kept.items() if not there}


def _rows(connection: sqlite3.Connection, sql: str) -> list[tuple[object, ...]]:
    return list(connection.execute(sql))


def test_a_temporary_table_does_not_reach_the_next_file() -> None:
    made = MADE.replace("CREATE TABLE", "CREATE TEMP TABLE")
    scripts = [script(text, dialect="sqlite") for text in (made, SWAPPED)]
    assert rebuilds(scripts, get("sqlite")) == ()
