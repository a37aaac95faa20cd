"""MR3xx and MR4xx: data that is lost, and statements that fail."""

from __future__ import annotations

import pytest

from migrail.model.findings import Severity
from tests.rules.checking import codes, judge, only

TABLES = """
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
CREATE TABLE events (id bigint, at timestamptz) PARTITION BY RANGE (at);
"""
SQLITE = "CREATE TABLE orders (id integer PRIMARY KEY, note text);"
OFF = "-- migrail: transaction=off\n"


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("DELETE FROM orders", [("MR301", "error")]),
        ("DELETE FROM ONLY public.orders", [("MR301", "error")]),
        ("UPDATE orders SET note = ''", [("MR301", "warning")]),
        ("DELETE FROM orders WHERE note = ''", []),
        ("UPDATE orders SET note = '' WHERE note IS NULL", []),
        ("CREATE TABLE x (id int); UPDATE x SET id = 1; DELETE FROM x", []),
        ("INSERT INTO orders (id) VALUES (1)", []),
    ],
)
@pytest.mark.parametrize("dialect", ["postgres", "sqlite"])
def test_missing_where(sql: str, expected: list[tuple[str, str]], dialect: str) -> None:
    if dialect == "sqlite":
        sql = sql.replace("ONLY public.", "")
    result = judge(sql, history=TABLES if dialect == "postgres" else SQLITE, dialect=dialect)
    assert [(finding.code, finding.severity) for finding in result.findings] == expected


@pytest.mark.parametrize(
    ("sql", "fires"),
    [
        ("ALTER TABLE orders ADD COLUMN x int NOT NULL", True),
        ("ALTER TABLE orders ADD x int NOT NULL DEFAULT NULL", True),
        ("ALTER TABLE public.orders ADD COLUMN a int, ADD COLUMN x int NOT NULL", True),
        ("ALTER TABLE orders ADD COLUMN x int NOT NULL DEFAULT 0", False),
        ("ALTER TABLE orders ADD COLUMN x int", False),
        ("ALTER TABLE orders ADD COLUMN x serial NOT NULL", False),
        ("ALTER TABLE orders ADD COLUMN x int NOT NULL GENERATED ALWAYS AS IDENTITY", False),
        ("ALTER TABLE orders ADD COLUMN x int NOT NULL GENERATED ALWAYS AS (id) STORED", False),
        ("ALTER TABLE orders ADD COLUMN IF NOT EXISTS note text NOT NULL", False),
        ("CREATE TABLE x (id int); ALTER TABLE x ADD COLUMN y int NOT NULL", False),
    ],
)
def test_required_column(sql: str, fires: bool) -> None:
    result = judge(sql, history=TABLES)
    assert ("MR401" in codes(result)) == fires
    assert result.migrations[0].backward_compatible is not fires


def test_a_required_column_is_one_finding_on_sqlite() -> None:
    result = judge("ALTER TABLE orders ADD COLUMN x text NOT NULL", history=SQLITE, dialect="sqlite")
    assert codes(result) == ["MR401"]


@pytest.mark.parametrize(
    ("sql", "form"),
    [
        ("CREATE INDEX CONCURRENTLY i ON orders (note)", "CREATE INDEX CONCURRENTLY"),
        ("CREATE UNIQUE INDEX CONCURRENTLY i ON orders (note)", "CREATE INDEX CONCURRENTLY"),
        ("DROP INDEX CONCURRENTLY orders_pkey", "DROP INDEX CONCURRENTLY"),
        ("VACUUM orders", "VACUUM"),
        ("VACUUM FULL orders", "VACUUM"),
        ("CREATE DATABASE other", "CREATE DATABASE"),
    ],
)
def test_forbidden_in_a_transaction(sql: str, form: str) -> None:
    beside = f"INSERT INTO orders (id) VALUES (7); {sql}"
    found = only(judge(beside, history=TABLES), "MR402")
    assert found.severity is Severity.WARNING
    assert found.message.startswith(f"{form} cannot run inside a transaction, so it runs outside")
    assert f"{OFF}{sql};" in found.help
    assert "MR402" not in codes(judge(OFF + beside, history=TABLES))
    assert "MR402" not in codes(judge(sql, history=TABLES))


@pytest.mark.parametrize(
    "sql",
    ["REFRESH MATERIALIZED VIEW CONCURRENTLY v", "ALTER TYPE t ADD VALUE 'x'", "CREATE INDEX i ON orders (note)"],
)
def test_allowed_in_a_transaction(sql: str) -> None:
    assert "MR402" not in codes(judge(sql))


@pytest.mark.parametrize(
    ("dialect", "history", "sql"),
    [
        ("sqlite", SQLITE, "ALTER TABLE orders ALTER COLUMN note SET NOT NULL"),
        ("sqlite", SQLITE, "ALTER TABLE orders ADD CONSTRAINT c CHECK (note <> '')"),
        ("sqlite", SQLITE, "ALTER TABLE orders ADD COLUMN x text UNIQUE"),
        ("sqlite", SQLITE, "ALTER TABLE orders ADD COLUMN x text DEFAULT CURRENT_TIMESTAMP"),
        ("sqlite", SQLITE, "TRUNCATE orders"),
        ("postgres", TABLES, f"{OFF}CREATE INDEX CONCURRENTLY i ON events (at)"),
        ("postgres", TABLES, "ALTER TABLE orders ADD COLUMN x int GENERATED ALWAYS AS (id) VIRTUAL"),
        ("postgres", TABLES, "ALTER TABLE orders ADD CONSTRAINT n NOT NULL note"),
    ],
)
def test_refused_by_the_server(dialect: str, history: str, sql: str) -> None:
    assert codes(judge(sql, history=history, dialect=dialect)).count("MR403") == 1


@pytest.mark.parametrize(
    ("dialect", "history", "sql", "version"),
    [
        ("sqlite", SQLITE, "ALTER TABLE orders ADD COLUMN x text DEFAULT 'y'", None),
        ("postgres", TABLES, "ALTER TABLE orders ADD COLUMN x int GENERATED ALWAYS AS (id) VIRTUAL", (18,)),
        ("postgres", TABLES, "ALTER TABLE orders ADD COLUMN x int NOT NULL", None),
    ],
)
def test_not_refused_by_the_server(dialect: str, history: str, sql: str, version: tuple[int] | None) -> None:
    assert "MR403" not in codes(judge(sql, history=history, dialect=dialect, version=version))


@pytest.mark.parametrize("verb", ["BEGIN", "COMMIT", "ROLLBACK", "START TRANSACTION", "END"])
@pytest.mark.parametrize("head", ["", OFF])
def test_transaction_control(verb: str, head: str) -> None:
    result = judge(f"{head}{verb}; SELECT 1;")
    assert codes(result) == ["MR404"]


@pytest.mark.parametrize(
    "sql", ["SAVEPOINT a; RELEASE a", "SAVEPOINT a; ROLLBACK TO a", "SET CONSTRAINTS ALL DEFERRED"]
)
def test_savepoints_are_left_alone(sql: str) -> None:
    assert codes(judge(sql)) == []


@pytest.mark.parametrize(
    ("sql", "fires"),
    [
        ("CREATE TABLE orders (id int)", True),
        ("CREATE TABLE IF NOT EXISTS orders (id int)", False),
        ("ALTER TABLE orders ADD COLUMN note text", True),
        ("ALTER TABLE never_made ADD COLUMN note text", True),
        ("ALTER TABLE orders DROP COLUMN never_made", True),
        ("CREATE TABLE x (id int); ALTER TABLE x ADD COLUMN y int", False),
        ("CREATE TABLE x (id int); CREATE TABLE x (id int)", True),
        ("SELECT note FROM orders", False),
        ("ALTER TABLE IF EXISTS never_made ADD COLUMN note text", False),
        ("ALTER TABLE IF EXISTS orders ADD COLUMN note text", True),
        ("CREATE TABLE x (id int REFERENCES never_made)", True),
        ("CREATE TABLE x (id int, parent int REFERENCES x)", False),
        ("CREATE FOREIGN TABLE far (id int) SERVER s; ALTER FOREIGN TABLE far ADD COLUMN a int", False),
        (
            "CREATE FOREIGN TABLE far (id int) SERVER s; ALTER FOREIGN TABLE far RENAME TO g; SELECT 1; "
            "ALTER FOREIGN TABLE g ADD COLUMN a int",
            False,
        ),
        (
            "CREATE FOREIGN TABLE far (id int) SERVER s; DROP FOREIGN TABLE far; "
            "ALTER FOREIGN TABLE far ADD COLUMN a int",
            True,
        ),
        ("CREATE FOREIGN TABLE far (id int) SERVER s; CREATE TABLE far (id int)", True),
    ],
)
def test_object_state(sql: str, fires: bool) -> None:
    assert ("MR405" in codes(judge(sql, history=TABLES))) == fires


@pytest.mark.parametrize(
    "history",
    [
        "",
        "ALTER TABLE made_by_hand ADD COLUMN x int;",
        "DO $$ BEGIN EXECUTE 'CREATE TABLE never_made ()'; END $$;",
    ],
)
def test_a_history_that_does_not_explain_itself_proves_nothing_missing(history: str) -> None:
    result = judge("ALTER TABLE never_made ADD COLUMN note text", history=(TABLES + history) if history else "")
    assert "MR405" not in codes(result)


def test_code_that_runs_before_may_have_made_it() -> None:
    sql = "CALL make_tables(); ALTER TABLE x ADD COLUMN note text"
    assert codes(judge(sql, history=TABLES)) == ["MR501"]
