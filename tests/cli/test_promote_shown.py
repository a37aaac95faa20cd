"""What promote says that it did: how long it took, and what it locked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import MakeProject
from tests.support.project import SHOP, Project, postgres_project

BEFORE = """
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer bigint);
CREATE VIEW emails AS SELECT email FROM customers;
"""

LOCKED = [
    ("SELECT count(*) FROM customers", []),
    ("UPDATE customers SET email = 'x'", []),
    ("CREATE INDEX ON customers (email)", ["customers SHARE"]),
    ("CREATE INDEX ON customers (email); ALTER TABLE customers ADD phone text", ["customers ACCESS EXCLUSIVE"]),
    ("ALTER TABLE orders ADD FOREIGN KEY (customer) REFERENCES customers",
     ["customers SHARE ROW EXCLUSIVE", "orders SHARE ROW EXCLUSIVE"]),
    ("ALTER VIEW emails RENAME TO addresses", ["addresses ACCESS EXCLUSIVE"]),
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
