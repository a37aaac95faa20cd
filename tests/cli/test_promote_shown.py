"""What promote says that it did: how long it took, and what it locked."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.cli.conftest import MakeProject
from tests.support.project import SHOP, Project, postgres_project

BEFORE = """
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer bigint);
CREATE VIEW emails AS SELECT email FROM customers;
CREATE SCHEMA shop;
CREATE TABLE shop.customers (id bigint);
"""

LOCKED = [
    ("SELECT count(*) FROM customers", []),
    ("UPDATE customers SET email = 'x'", []),
    ("CREATE INDEX ON customers (email)", ["customers SHARE"]),
    ("CREATE INDEX ON customers (email); ALTER TABLE customers ADD phone text", ["customers ACCESS EXCLUSIVE"]),
    ("ALTER TABLE orders ADD FOREIGN KEY (customer) REFERENCES customers",
     ["customers SHARE ROW EXCLUSIVE", "orders SHARE ROW EXCLUSIVE"]),
    ("ALTER VIEW emails RENAME TO addresses", ["addresses ACCESS EXCLUSIVE"]),
    ("ALTER TABLE customers ADD a int; ALTER TABLE shop.customers ADD a int",
     ["customers ACCESS EXCLUSIVE", "shop.customers ACCESS EXCLUSIVE"]),
    ("CREATE TABLE items (id bigint PRIMARY KEY); ALTER TABLE items ADD title text; CREATE INDEX ON items (title)",
     []),
    ("CREATE TABLE items (id bigint PRIMARY KEY, customer bigint REFERENCES customers)",
     ["customers SHARE ROW EXCLUSIVE"]),
]  # fmt: skip


@pytest.mark.parametrize(("statements", "locked"), LOCKED)
def test_the_strongest_lock_on_each_table_that_was_there(
    tmp_path: Path, new_postgres: Callable[[], str], statements: str, locked: list[str]
) -> None:
    project = postgres_project(tmp_path, new_postgres)
    project.write_all({"0001_before": BEFORE, "0002_change": f"{statements};"})
    step = project.ok("promote", "dev", "--format", "json").json["steps"][0]
    assert [done["locks"] for done in step["applied"]] == [[], locked]


def test_a_migration_in_steps_took_as_long_as_all_of_them(tmp_path: Path, new_postgres: Callable[[], str]) -> None:
    project = postgres_project(tmp_path, new_postgres)
    pause = "SELECT pg_sleep(0.3);"
    project.write("0001_steps", f"-- migrail: transaction=off\n{pause}\nCREATE TABLE t (id int);\n{pause}")
    step = project.ok("promote", "dev", "--format", "json").json["steps"][0]
    assert step["applied"][0]["seconds"] >= 0.6
    spans = project.query("dev", "SELECT started_at, finished_at FROM migrail_ledger WHERE kind = 'applied'")
    assert all(started < finished for started, finished in spans)
    assert "0001_steps" in project.ok("history", "dev").out


def test_a_failure_says_where_it_is_once(make_project: MakeProject) -> None:
    project = make_project()
    project.write("0004_bad", "CREATE TABLE t (id integer);\nINSERT INTO nowhere VALUES (1);")
    assert project.run("promote", "dev").code == 4
    status = project.ok("status")
    assert "dev: 0004_bad failed at statement 2 of 2" in status.out
    assert "dev: dev:" not in status.out


def test_what_never_began_did_not_stop(shop: Project) -> None:
    shop.urls["dev"] = "sqlite:///no/such/folder/dev.db"
    shop.configure({})
    result = shop.run("promote", "dev")
    assert result.code == 5
    assert "stopped at" not in result.out
    assert set(SHOP) - set(shop.states()) == set()


LAST = "0004_last"
BESIDE = [
    ("promote dev", "SELECT 1;", 0, ["applied"] * 4),
    ("promote dev", "INSERT INTO nowhere VALUES (1);", 4, ["applied"] * 3 + ["error"]),
    ("promote dev -q", "INSERT INTO nowhere VALUES (1);", 4, ["error"]),
    ("promote dev", "SELECT 1; COMMIT;", 2, ["error"]),
    ("promote nowhere", "SELECT 1;", 2, ["error"]),
    ("promote qa", "SELECT 1;", 3, []),
]


@pytest.mark.parametrize(("command", "last", "code", "events"), BESIDE)
def test_standard_error_is_json_line_by_line(
    make_project: MakeProject, command: str, last: str, code: int, events: list[str]
) -> None:
    project = make_project()
    project.write(LAST, last)
    result = project.run(*command.split(), "--format", "json")
    lines = [json.loads(line) for line in result.err.splitlines()]
    told = [line for line in lines if line["event"] != "statement"]
    assert (result.code, [line["event"] for line in told]) == (code, events), result.err
    assert {line["schema"] for line in lines} <= {"migrail.progress/1"}
    if "error" in events:
        plain = project.run(*command.split())
        assert told[-1]["exit_code"] == code
        assert told[-1]["detail"].splitlines()[0] in plain.err
        assert (told[-1]["next"] or "") in plain.err


def test_a_remark_is_json_too(shop: Project) -> None:
    """What a crash left is settled by the next promotion, which says so."""
    shop.write(LAST, "-- migrail: transaction=off\nCREATE TABLE t (i int);\nSELECT 1;")
    shop.ok("promote", "dev")
    forget = "DELETE FROM migrail_ledger WHERE kind = 'applied' AND migration = '0004_last'"
    with closing(sqlite3.connect(shop.root / "dev.db")) as connection, connection:
        connection.execute(forget)
    result = shop.ok("promote", "dev", "--format", "json")
    (remark,) = [json.loads(line) for line in result.err.splitlines() if '"note"' in line]
    assert (remark["event"], LAST in remark["detail"]) == ("note", True)
    assert not shop.ok("promote", "dev", "--format", "json").err
