"""What a history should have made, compared with SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from tests.catalog.comparing import connected, diff, run
from tests.catalog.test_servers import SQLITE

SAME = SQLITE | {
    "constraints": """
        CREATE TABLE p (a INTEGER, b TEXT COLLATE NOCASE, PRIMARY KEY (a, b));
        CREATE TABLE c (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          x INT CONSTRAINT positive CHECK (x > 0) CHECK (x < 10),
          y TEXT NOT NULL DEFAULT 'it''s',
          z DECIMAL(10, 2) DEFAULT (1 + 2),
          at DATETIME DEFAULT CURRENT_TIMESTAMP,
          CONSTRAINT fk FOREIGN KEY (x, y) REFERENCES p ON DELETE CASCADE ON UPDATE SET NULL
            DEFERRABLE INITIALLY DEFERRED,
          FOREIGN KEY (x) REFERENCES c (id),
          UNIQUE (y, z), CONSTRAINT other UNIQUE (z), CHECK (y <> '' AND z IN (1, 2))
        );
        CREATE TABLE s (id INTEGER PRIMARY KEY, a ANY, b INT) STRICT;
        CREATE TABLE w (a TEXT, b TEXT, PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID;
        CREATE TABLE g (a INTEGER, b AS (a * 2), c INTEGER GENERATED ALWAYS AS (abs(a)) STORED, [odd "name] TEXT);
    """,
    "renames": """
        CREATE TABLE t (a INTEGER CHECK (a > 0), b TEXT, c TEXT AS (upper(b)), UNIQUE (a));
        CREATE TABLE u (t_a INTEGER REFERENCES t (a));
        CREATE INDEX by_b ON t (lower(b)) WHERE a > 1;
        CREATE VIEW v AS SELECT a, b FROM t;
        CREATE TRIGGER tr AFTER INSERT ON u BEGIN UPDATE t SET b = 'x' WHERE a = NEW.t_a; END;
        ALTER TABLE t RENAME COLUMN a TO number;
        ALTER TABLE t RENAME COLUMN b TO "b c";
        ALTER TABLE t RENAME TO renamed;
        ALTER TABLE renamed RENAME TO "select";
    """,
    "references to a table that was made anew": """
        CREATE TABLE p (id INTEGER PRIMARY KEY);
        CREATE TABLE c (p INTEGER REFERENCES p (id));
        CREATE TABLE new (id INTEGER PRIMARY KEY, a TEXT);
        DROP TABLE p;
        ALTER TABLE new RENAME TO p;
        ALTER TABLE p RENAME TO q;
    """,
    "what stands behind the columns of indexes and keys": """
        CREATE TABLE t (a TEXT COLLATE nocase, b TEXT, c TEXT COLLATE RTRIM UNIQUE, PRIMARY KEY (a, b DESC),
          UNIQUE (b COLLATE NOCASE, a COLLATE BINARY DESC), CONSTRAINT u UNIQUE (c, b));
        CREATE TABLE w (a TEXT COLLATE NOCASE, b TEXT, PRIMARY KEY (b COLLATE RTRIM DESC, a)) WITHOUT ROWID;
        CREATE TABLE n (id INTEGER PRIMARY KEY ASC, a INT, d TEXT);
        CREATE TABLE d (d TEXT PRIMARY KEY DESC);
        CREATE INDEX i ON t (a DESC, b COLLATE "NOCASE" ASC, lower(c) COLLATE NOCASE DESC, c COLLATE binary);
        ALTER TABLE t RENAME COLUMN b TO z;
    """,
    "views and triggers": """
        CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);
        CREATE VIEW one AS SELECT *, 1 AS x /* one */ FROM "t" WHERE a <> 'x';
        CREATE VIEW two (a, b) AS SELECT id, a FROM t;
        CREATE TRIGGER before_t BEFORE UPDATE OF a ON t WHEN NEW.a > 1
          BEGIN SELECT 1; DELETE FROM t WHERE id = 1; END;
        CREATE TRIGGER on_two INSTEAD OF DELETE ON two BEGIN DELETE FROM t WHERE id = OLD.a; END;
    """,
    "behind temporary tables": """
        CREATE TABLE t (a TEXT);
        CREATE INDEX i ON t (a);
        CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END;
        CREATE TEMP TABLE t (b TEXT);
        CREATE TEMP TABLE i (c TEXT);
        DROP INDEX i;
        DROP TRIGGER tr;
    """,
    "constraints of one name, of which the one of a new column stands before the others": """
        CREATE TABLE t (a TEXT, CONSTRAINT known CHECK (a > 'a'));
        ALTER TABLE t ADD COLUMN b TEXT CONSTRAINT known CHECK (b > 'b');
    """,
    "virtual tables": """
        CREATE TABLE t (a TEXT);
        CREATE VIRTUAL TABLE found USING fts5(a, content='t');
        CREATE VIRTUAL TABLE older USING fts4(a);
        CREATE VIRTUAL TABLE boxes USING rtree(id, x, y);
    """,
    "case": """
        CREATE TABLE Orders (Id integer primary key, "Total" Real Not Null default 0.50);
        create unique index OrdersTotal on ORDERS (TOTAL desc);
        ALTER TABLE orders ADD COLUMN Note varchar (20) DEFAULT "none" COLLATE nocase;
    """,
}

SHOP = """
CREATE TABLE customers (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, name VARCHAR(50) DEFAULT 'nobody');
CREATE TABLE orders (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customers ON DELETE CASCADE,
  total REAL NOT NULL CONSTRAINT positive CHECK (total >= 0),
  twice REAL AS (total * 2),
  CHECK (total < 1000)
);
CREATE INDEX orders_total ON orders (total) WHERE total > 1;
CREATE TABLE codes (code TEXT, UNIQUE (code COLLATE NOCASE));
CREATE INDEX customers_email ON customers (email COLLATE NOCASE);
CREATE VIEW big AS SELECT id FROM orders WHERE total > 100;
CREATE TRIGGER noted AFTER INSERT ON orders BEGIN UPDATE customers SET name = 'x'; END;
"""


def rebuilt(definition: str) -> str:
    """The orders with another definition."""
    return (
        f"DROP TABLE orders; CREATE TABLE orders ({definition});"
        "CREATE INDEX orders_total ON orders (total) WHERE total > 1;"
        "CREATE TRIGGER noted AFTER INSERT ON orders BEGIN UPDATE customers SET name = 'x'; END;"
    )


COLUMNS = "id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL, total REAL NOT NULL, twice REAL AS (total * 2)"
MOVED = "customer_id INTEGER NOT NULL, id INTEGER PRIMARY KEY, total REAL NOT NULL, twice REAL AS (total * 2)"
POSITIVE = "CONSTRAINT positive CHECK (total >= 0)"
KEY = "FOREIGN KEY (customer_id) REFERENCES customers ON DELETE CASCADE"

CHANGED = [
    (rebuilt(f"{COLUMNS}, {POSITIVE}, CHECK (total<1000), {KEY}"), []),
    (rebuilt(f"{COLUMNS}, {POSITIVE}, CHECK (total < 999), {KEY}"), [
        "- constraint orders.check (1000 total) check (total) total < 1000",
        "+ constraint orders.check (999 total) check (total) total < 999",
    ]),
    (rebuilt(f"{COLUMNS}, CONSTRAINT positive CHECK (total > 0), CHECK (total < 1000), {KEY}"), [
        "- constraint orders.positive: condition total >= 0", "+ constraint orders.positive: condition total > 0",
    ]),
    (rebuilt(f"{COLUMNS}, {POSITIVE}, CHECK (total < 1000)"), [
        "- constraint orders.foreign key (customer_id) foreign key (customer_id) references customers",
    ]),
    (rebuilt(f"{COLUMNS}, {POSITIVE}, CHECK (total < 1000), {KEY} ON UPDATE SET NULL"), [
        "- constraint orders.foreign key (customer_id): on update NO ACTION",
        "+ constraint orders.foreign key (customer_id): on update SET NULL",
    ]),
    (rebuilt(f"{COLUMNS.replace('* 2', '* 3')}, {POSITIVE}, CHECK (total < 1000), {KEY}"), [
        "- column orders.twice: generation total * 2", "+ column orders.twice: generation total * 3",
    ]),
    (rebuilt(f"{MOVED}, {POSITIVE}, CHECK (total < 1000), {KEY}"), [
        "- table orders: column order id, customer_id, total, ...",
        "+ table orders: column order customer_id, id, total, ...",
    ]),
    (rebuilt(f"{COLUMNS}, {POSITIVE}, CHECK (total < 1000), {KEY}").replace("> 1;", "> 2;"), [
        "- index orders_total: condition total > 1", "+ index orders_total: condition total > 2",
    ]),
    ("CREATE TABLE extra (id INTEGER)", ["+ table extra"]),
    ("DROP TABLE customers", ["- table customers"]),
    ("ALTER TABLE customers ADD COLUMN phone TEXT", ["+ column customers.phone text"]),
    ("ALTER TABLE customers DROP COLUMN name", ["- column customers.name varchar(50)"]),
    ("CREATE UNIQUE INDEX extra ON customers (lower(name))", ["+ index extra unique on customers (lower(name))"]),
    ("DROP INDEX orders_total; CREATE UNIQUE INDEX orders_total ON orders (total, id) WHERE total > 1", [
        "- index orders_total: columns (total)", "+ index orders_total: columns (total, id)",
        "- index orders_total: uniqueness not unique", "+ index orders_total: uniqueness unique",
    ]),
    ("DROP INDEX orders_total; CREATE INDEX orders_total ON orders (total DESC) WHERE total > 1", [
        "- index orders_total: order (total)", "+ index orders_total: order (total DESC)",
    ]),
    ("DROP INDEX customers_email; CREATE INDEX customers_email ON customers (email)", [
        "- index customers_email: collation (email nocase)", "+ index customers_email: collation (email)",
    ]),
    ("DROP TABLE codes; CREATE TABLE codes (code TEXT, UNIQUE (code DESC))", [
        "- constraint codes.unique (code): collation (code nocase)",
        "+ constraint codes.unique (code): collation (code)",
        "- constraint codes.unique (code): order (code)", "+ constraint codes.unique (code): order (code DESC)",
    ]),
    ("DROP VIEW big; CREATE VIEW big AS SELECT id FROM orders WHERE total < 100", [
        "- view big: query SELECT id FROM orders WHERE total > 100",
        "+ view big: query SELECT id FROM orders WHERE total < 100",
    ]),
    ("DROP TRIGGER noted", ["- trigger orders.noted AFTER INSERT"]),
    ("DROP TRIGGER noted; CREATE TRIGGER noted AFTER DELETE ON orders BEGIN SELECT 1; END", [
        "- trigger orders.noted: body UPDATE customers SET name = 'x';", "+ trigger orders.noted: body SELECT 1;",
        "- trigger orders.noted: timing AFTER INSERT", "+ trigger orders.noted: timing AFTER DELETE",
    ]),
    ("INSERT INTO customers (email) VALUES ('x')", []),
]  # fmt: skip


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Connection]:
    with connected(f"sqlite:///{tmp_path / 'x.db'}") as connection:
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


def test_a_statement_that_cannot_be_read_costs_no_more_than_its_details(database: Connection) -> None:
    """A table that was made by writing into the schema itself, as old versions and other tools leave it."""
    script = "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT NOT NULL DEFAULT 'x' CHECK (b > 'a'), UNIQUE (b));"
    run(database, script)
    run(
        database,
        "PRAGMA writable_schema = ON;"
        "UPDATE sqlite_master SET sql = replace(sql, 'UNIQUE (b)', 'UNIQUE (b) CONSTRAINT z') WHERE name = 't';"
        "PRAGMA writable_schema = RESET;",
    )
    assert diff(database, script) == ["- constraint t.check (a b) check (b) b > 'a'"]


def test_our_own_tables_are_left_out(database: Connection) -> None:
    script = "CREATE TABLE t (a INTEGER);"
    run(database, script)
    run(database, "CREATE TABLE migrail_ledger (id INTEGER PRIMARY KEY, a TEXT UNIQUE)")
    run(database, "CREATE INDEX migrail_ledger_a ON migrail_ledger (a)")
    assert diff(database, script) == []
