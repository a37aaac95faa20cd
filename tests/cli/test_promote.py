"""Promotion end to end, on SQLite files and on PostgreSQL databases."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url
from tests.cli.conftest import MakeProject
from tests.support.project import ENVIRONMENTS, SHOP, Project, sqlite_project

APPROVAL = '[{ type = "approval", count = 1 }]'
EVIDENCE = '[{ type = "evidence", name = "tests" }]'
LATER = "0004_create_items"
ITEMS = "CREATE TABLE items (id integer PRIMARY KEY);"


def all_states(project: Project, migration: str) -> list[str]:
    return list(project.states()[migration].values())


def test_from_the_first_batch_to_prod(any_project: MakeProject) -> None:
    project = any_project(qa=EVIDENCE, prod=APPROVAL)
    assert [set(project.states()[id].values()) for id in SHOP] == [{"next", "blocked"}] * 3

    project.ok("promote", "--auto")
    assert all_states(project, "0001_create_customers") == ["applied", "blocked", "blocked", "blocked"]
    project.ok("evidence", "add", "dev", "tests")
    assert all_states(project, "0001_create_customers") == ["applied", "next", "blocked", "blocked"]
    project.ok("promote", "--auto")
    assert all_states(project, "0003_add_phone") == ["applied", "applied", "applied", "awaiting-approval"]
    project.ok("approve", "prod", "--reason", "fine")
    project.ok("promote", "prod")
    assert all_states(project, "0003_add_phone") == ["applied"] * 4
    assert project.query("prod", "SELECT phone FROM customers") == []
    status = project.ok("status", "--format", "json").json
    assert status["attention"] == []
    assert {row["batch"] for row in status["migrations"]} == {1}


def test_the_ledger_says_what_was_done(make_project: MakeProject) -> None:
    project = make_project()
    project.ok("promote", "dev")
    rows = project.query(
        "dev", "SELECT sequence, kind, migration, actor, statements FROM migrail_ledger ORDER BY sequence"
    )
    assert rows == [
        (1, "batch", None, "ana", 0),
        (2, "applied", "0001_create_customers", "ana", 1),
        (3, "applied", "0002_create_orders", "ana", 2),
        (4, "applied", "0003_add_phone", "ana", 1),
    ]
    digests = project.query("dev", "SELECT digest_text, digest_raw, batch FROM migrail_ledger WHERE sequence = 2")
    assert [value.partition(":")[0] for value in digests[0]] == ["sha256-text", "sha256-raw", "sha256-batch"]
    identity = project.query("dev", "SELECT project, environment, target FROM migrail_identity")
    assert identity == [("shop", "dev", "default")]


def test_batches_move_one_by_one_and_in_order(any_project: MakeProject) -> None:
    project = any_project()
    project.ok("promote", "dev", "--to", "0002")
    project.ok("promote", "dev")
    project.write(LATER, ITEMS)
    project.ok("promote", "dev")
    batches = {row["id"]: row["batch"] for row in project.ok("status", "--format", "json").json["migrations"]}
    assert batches == {**dict.fromkeys(list(SHOP)[:2], 1), "0003_add_phone": 2, LATER: 3}

    project.ok("promote", "qa")
    assert [project.states()[id]["qa"] for id in (*SHOP, LATER)] == ["applied", "applied", "next", "pending"]
    project.ok("promote", "qa", "--to", "2")
    assert [project.states()[id]["qa"] for id in (*SHOP, LATER)] == ["applied"] * 3 + ["next"]
    project.ok("promote", "staging", "--to", "1")
    report = project.run("promote", "staging", "--all", "--format", "json")
    assert report.code == 3
    assert [(s["batch"] or {}).get("number") for s in report.json["steps"]] == [2, 3]
    assert report.json["steps"][1]["outcome"] == "refused"
    project.ok("promote", "--auto")
    assert all_states(project, LATER) == ["applied"] * 4
    assert "nothing to do" in project.ok("promote", "dev").out


REFUSALS = {
    "out of order": (["promote", "qa"], "not on dev yet: 3 of 3 migrations missing"),
    "two steps at once": (["promote", "prod"], "not on staging yet"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_nothing_enters_before_it_succeeded_below(make_project: MakeProject, case: str) -> None:
    arguments, reason = REFUSALS[case]
    project = make_project()
    project.run("approve", "dev")  # forms the batch
    before = project.dump()
    result = project.run(*arguments)
    assert result.code == 3
    assert reason in result.out
    assert "migrail promote" in result.out
    assert project.dump() == before


def test_a_closed_gate_changes_nothing(any_project: MakeProject) -> None:
    project = any_project(qa=EVIDENCE, prod=APPROVAL)
    project.ok("promote", "dev")
    before = project.dump()
    result = project.run("promote", "qa")
    assert (result.code, "nothing recorded for this batch" in result.out) == (3, True)
    project.ok("evidence", "add", "dev", "tests", "--failed", "--detail", "run 7")
    result = project.run("promote", "qa")
    assert (result.code, "failed (ana, dev, " in result.out, "run 7" in result.out) == (3, True, True)
    assert project.dump() == before


@pytest.mark.parametrize("environment", ["dev", "qa"])
def test_an_edited_migration_changes_nothing(make_project: MakeProject, environment: str) -> None:
    project = make_project()
    project.ok("promote", "dev")
    old = project.ok("status", "--format", "json").json["migrations"][1]["digests"][0]
    project.write("0002_create_orders", "CREATE TABLE orders (id bigint PRIMARY KEY);")
    project.write(LATER, ITEMS)
    before = project.dump()
    result = project.run("promote", environment)
    assert result.code == 3
    new = project.ok("status", "--format", "json").json["migrations"][1]["digests"][0]
    assert old != new
    for wanted in ("migrations/0002_create_orders.sql was edited", old, new):
        assert wanted in "".join(result.out.split("\n")) or wanted in result.out.replace("\n", " ")
    assert project.dump() == before
    assert project.states()["0002_create_orders"]["dev"] == "edited"


def test_reformatted_line_ends_are_no_edit(make_project: MakeProject) -> None:
    project = make_project()
    project.ok("promote", "dev")
    for id, sql in SHOP.items():
        (project.root / "migrations" / f"{id}.sql").write_bytes(
            b"\xef\xbb\xbf" + sql.replace("\n", "\r\n").encode()
        )
    project.ok("promote", "--auto")
    assert all_states(project, "0001_create_customers") == ["applied"] * 4


def test_a_missing_migration_changes_nothing(any_project: MakeProject) -> None:
    project = any_project()
    project.ok("promote", "dev")
    (project.root / "migrations" / "0002_create_orders.sql").unlink()
    before = project.dump()
    for environment in ("dev", "qa"):
        result = project.run("promote", environment)
        assert (result.code, "0002_create_orders is missing" in result.out) == (3, True)
    assert project.dump() == before
    assert project.states()["0002_create_orders"]["dev"] == "missing"


def test_a_late_migration_changes_nothing(any_project: MakeProject) -> None:
    project = any_project()
    (project.root / "migrations" / "0002_create_orders.sql").rename(project.root / "kept")
    project.ok("promote", "dev")
    (project.root / "kept").rename(project.root / "migrations" / "0002_create_orders.sql")
    before = project.dump()
    result = project.run("promote", "dev")
    assert result.code == 3
    assert "0002_create_orders.sql (sha256-text:" in result.out
    assert "is out of order" in result.out.replace("\n", " ")
    assert "0003_add_phone" in result.out
    assert project.dump() == before
    assert project.states()["0002_create_orders"]["dev"] == "out-of-order"


def test_a_failing_migration_is_rolled_back_as_a_whole(make_project: MakeProject) -> None:
    project = make_project()
    project.write(LATER, f"{ITEMS}\n\nINSERT INTO nowhere VALUES (1);\n")
    result = project.run("promote", "dev")
    assert result.code == 4
    assert "0004_create_items failed at statement 2 of 2" in result.err
    column = 13 if project.dialect == "postgres" else 1  # only some servers say where in the statement
    assert f"migrations/0004_create_items.sql:3:{column}: INSERT INTO nowhere VALUES (1)" in result.err
    assert "rolled back; nothing of this migration is in the database" in result.err
    assert [project.states()[id]["dev"] for id in (*SHOP, LATER)] == ["applied"] * 3 + ["failed"]
    assert "mend the file, then migrail promote dev" in project.ok("status").out
    with pytest.raises(Exception, match="items"):
        project.query("dev", "SELECT * FROM items")

    project.write(LATER, ITEMS)  # never applied anywhere, so it may be mended: the batch gives way to another
    project.ok("promote", "--auto")
    assert all_states(project, LATER) == ["applied"] * 4
    assert {row["batch"] for row in project.ok("status", "--format", "json").json["migrations"]} == {2}


def test_a_migration_without_transaction_stops_half_way_and_goes_on(make_project: MakeProject) -> None:
    project = make_project()
    body = f"-- migrail: transaction=off\n{ITEMS}\nINSERT INTO items VALUES (1);\nINSERT INTO missing VALUES (1);"
    project.write(LATER, body)
    result = project.run("promote", "dev")
    assert (result.code, "2 finished statements of it stayed in the database" in result.err) == (4, True)
    assert f"migrail resolve dev {LATER}" in result.err
    assert project.states()[LATER]["dev"] == "failed"
    again = project.run("promote", "dev")
    assert (again.code, f"{LATER} failed after 2 statements" in again.out) == (3, True)

    assert project.run("resolve", "dev", LATER, "--reason", "x").code == 2
    assert project.run("resolve", "dev", "0001_create_customers", "--retry", "--reason", "x").code == 2
    table = "CREATE TABLE missing (id integer PRIMARY KEY)"
    if project.dialect == "sqlite":
        import sqlite3

        connection = sqlite3.connect(project.root / "dev.db")
        connection.execute(table)
        connection.close()
    else:
        import psycopg

        with psycopg.connect(project.urls["dev"].replace("+psycopg", "")) as connection:
            connection.execute(table)
    printed = project.ok("status", "--format", "json").json["attention"][0]["next"]
    assert printed.startswith(f"migrail resolve dev {LATER} --retry --reason ")
    project.ok(*shlex.split(printed, comments=True)[1:])
    project.ok("promote", "dev")
    assert project.states()[LATER]["dev"] == "applied"
    assert project.query("dev", "SELECT count(*) FROM items") == [(1,)]
    kinds = project.query("dev", f"SELECT kind FROM migrail_ledger WHERE migration = '{LATER}' ORDER BY sequence")
    assert [kind for (kind,) in kinds] == ["started", "failed", "retried", "started", "applied"]


@pytest.mark.parametrize(("choice", "state"), [("--mark-applied", "applied"), ("--mark-reverted", "next")])
def test_a_half_done_migration_can_be_decided(make_project: MakeProject, choice: str, state: str) -> None:
    project = make_project()
    project.write(LATER, f"-- migrail: transaction=off\n{ITEMS}\nINSERT INTO missing VALUES (1);")
    assert project.run("promote", "dev").code == 4
    project.ok("resolve", "dev", LATER, choice, "--reason", "looked at it")
    assert project.states()[LATER]["dev"] == state
    assert "looked at it" in project.ok("history", "dev").out


@pytest.mark.parametrize("statement", ["COMMIT", "BEGIN", "ROLLBACK", "END"])
def test_a_migration_cannot_end_the_transaction(make_project: MakeProject, statement: str) -> None:
    project = make_project()
    project.write(LATER, f"{ITEMS}\n{statement};\n")
    before = project.dump()
    result = project.run("promote", "dev")
    assert result.code == 2
    assert "0004_create_items.sql:2:1: " in result.err
    assert project.dump() == before


def test_a_percent_sign_is_a_percent_sign(any_project: MakeProject) -> None:
    project = any_project()
    project.write(LATER, "INSERT INTO customers (id, email) VALUES (7, '100%s of %(all)s :mail ?');")
    project.ok("promote", "dev")
    assert project.query("dev", "SELECT email FROM customers") == [("100%s of %(all)s :mail ?",)]


def test_an_approval_is_for_this_content_and_this_state(make_project: MakeProject) -> None:
    project = make_project(dev=APPROVAL)
    project.ok("approve", "dev")
    project.write(LATER, ITEMS)
    project.ok("promote", "dev")
    assert project.states()[LATER]["dev"] == "awaiting-approval", "the new migration is in another batch"
    assert project.run("promote", "dev").code == 3
    project.ok("approve", "dev")
    project.ok("promote", "dev")
    assert project.run("approve", "dev").code == 2, "nothing is left to approve"


def test_an_approval_is_void_after_an_edit(make_project: MakeProject) -> None:
    project = make_project(dev=APPROVAL)
    project.ok("approve", "dev")
    project.write("0003_add_phone", "ALTER TABLE customers ADD COLUMN mobile text;")
    result = project.run("promote", "dev")
    assert (result.code, "0 of 1" in result.out) == (3, True)


def test_dry_run_changes_nothing(make_project: MakeProject) -> None:
    project = make_project()
    before = project.dump()
    assert "would enter dev" in project.ok("promote", "dev", "--dry-run").out
    assert "would enter dev" in project.ok("promote", "--auto", "-n").out
    assert project.dump() == before
    assert project.states()["0001_create_customers"]["dev"] == "next"


def test_a_lost_tracker_is_made_anew_from_the_ledgers(any_project: MakeProject) -> None:
    project = any_project()
    project.ok("promote", "dev", "--to", "0002")
    project.ok("promote", "dev")
    project.ok("promote", "qa")
    status = project.ok("status", "--format", "json").json
    (project.root / ".migrail" / "tracker.db").unlink()
    again = project.ok("status", "--format", "json").json
    assert again["migrations"] == status["migrations"]
    project.ok("promote", "qa")
    assert project.states()["0003_add_phone"]["qa"] == "applied"


def test_the_wrong_database_is_refused(any_project: MakeProject) -> None:
    project = any_project()
    project.ok("promote", "dev")
    project.urls["qa"] = project.urls["dev"]
    project.configure({})
    before = project.dump()
    result = project.run("promote", "qa")
    assert result.code == 2
    assert "the database says it is dev/default of project shop, not qa/default of shop" in result.err
    assert project.dump() == before


def test_a_database_with_unknown_content_is_refused(any_project: MakeProject) -> None:
    project = any_project()
    other = any_project()
    other.ok("promote", "dev")
    for table in ("migrail_ledger", "migrail_identity", "migrail_journal"):
        execute(other, "dev", f"DROP TABLE {table}")
    before = other.dump()
    result = project.run("promote", "dev")
    assert (result.code, "holds tables but no ledger" in result.err) == (2, True)
    assert other.dump() == before
    assert "holds tables but no ledger" in project.ok("status").out.replace("\n", " ")


def execute(project: Project, environment: str, sql: str) -> None:
    """Changes a target behind migrail's back."""
    url = project.urls[environment]
    if url.startswith("sqlite"):
        import sqlite3

        connection = sqlite3.connect(project.root / url.removeprefix("sqlite:///"), isolation_level=None)
        connection.execute(sql)
        connection.close()
    elif url.startswith("mysql"):
        from tests.support.mariadb import connect

        with connect(make_url(url)) as mariadb, mariadb.cursor() as cursor:
            cursor.execute(sql)
    else:
        import psycopg

        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(sql.encode())


def test_a_ledger_changed_by_hand_is_noticed(make_project: MakeProject) -> None:
    project = make_project()
    project.ok("promote", "dev")
    execute(project, "dev", "UPDATE migrail_ledger SET actor = 'nobody' WHERE sequence = 3")
    result = project.run("promote", "qa")
    status = project.ok("status").out.replace("\n", " ")
    assert "row 3 of the ledger of dev was changed outside migrail" in status
    assert (result.code, "a row of its ledger was changed outside migrail" in result.out) == (3, True)
    project.write(LATER, ITEMS)
    assert project.run("promote", "dev").code == 3


def test_two_targets_are_one_environment(tmp_path: Path) -> None:
    project = sqlite_project(tmp_path)
    project.write_all(SHOP)
    text = (tmp_path / "migrail.toml").read_text()
    two = 'targets = [{ name = "eu", url = "sqlite:///eu.db" }, { name = "us", url = "sqlite:///no/us.db" }]'
    (tmp_path / "migrail.toml").write_text(text.replace('url = "sqlite:///qa.db"', two))
    project.ok("promote", "dev")
    result = project.run("promote", "qa")
    assert (result.code, "qa/us" in result.err) == (5, True)
    (tmp_path / "no").mkdir()
    report = project.ok("promote", "qa", "--format", "json").json
    assert {applied["target"] for applied in report["steps"][0]["applied"]} == {"eu", "us"}
    status = project.ok("status", "--format", "json").json
    assert status["environments"][1]["targets"] == 2
    project.ok("promote", "staging")
    (tmp_path / "eu.db").unlink()
    status = project.ok("status", "--format", "json").json
    assert status["migrations"][0]["cells"]["qa"] == {
        "state": "regressed",
        "since": status["migrations"][0]["cells"]["qa"]["since"],
        "detail": "gone: restored from an older backup",
    }


def test_racing_promotions_apply_everything_once(any_project: MakeProject) -> None:
    project = any_project()
    command = [sys.executable, "-m", "migrail", "promote", "dev"]
    racers = [
        subprocess.Popen(command, cwd=project.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    outputs = [racer.communicate(timeout=60) for racer in racers]
    codes = sorted(racer.returncode for racer in racers)
    assert codes[0] == 0, outputs
    running = {3} if project.dialect == "mariadb" else set()  # one that is under way there is seen, and waited for
    assert set(codes) <= {0, 5} | running, outputs
    rows = project.query("dev", "SELECT migration FROM migrail_ledger WHERE kind = 'applied' ORDER BY sequence")
    assert [id for (id,) in rows] == list(SHOP)


def test_four_environments_give_one_matrix(any_project: MakeProject) -> None:
    """The same expectation on both databases: the matrix does not depend on the dialect."""
    project = any_project(qa=EVIDENCE)
    project.ok("promote", "--auto")
    expected = dict(zip(ENVIRONMENTS, ["applied", "blocked", "blocked", "blocked"], strict=True))
    assert project.states() == dict.fromkeys(SHOP, expected)
