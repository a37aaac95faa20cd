"""What must never happen: applied twice, out of order, by a void decision, or reported wrongly."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url
from tests.cli.conftest import MakeProject
from tests.cli.test_promote import APPROVAL, EVIDENCE, ITEMS, LATER, execute
from tests.support.project import SHOP, Project, postgres_project, sqlite_project

HALF_WAY = f"-- migrail: transaction=off\n{ITEMS}\nINSERT INTO items VALUES (1);\nINSERT INTO missing VALUES (1);"


def wait_for(project: Project, kind: str) -> None:
    """Waits until the ledger of dev holds a row of that kind."""
    wait_until(project, f"SELECT 1 FROM migrail_ledger WHERE kind = '{kind}'")


def wait_until(project: Project, sql: str) -> None:
    """Waits until a query of dev finds a row."""
    for _ in range(200):
        try:
            if project.query("dev", sql):
                return
        except (sqlite3.OperationalError, psycopg.errors.UndefinedTable):
            pass
        time.sleep(0.05)
    pytest.fail(f"nothing appeared: {sql}")


def slow(project: Project) -> str:
    """A statement that takes some seconds in dev and none in the other environments."""
    if project.dialect == "postgres":
        name = make_url(project.urls["dev"]).database
        return f"SELECT pg_sleep(CASE current_database() WHEN '{name}' THEN 3 ELSE 0 END)"
    return (
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
        "(SELECT CASE WHEN file LIKE '%dev.db' THEN 15000000 ELSE 1 END FROM pragma_database_list "
        "WHERE name = 'main')) SELECT count(*) FROM n"
    )


def test_what_runs_now_cannot_be_decided_about(make_project: MakeProject) -> None:
    project = make_project()
    project.configure({}, extra='[promote]\nguard_timeout = "200ms"\n')
    project.write(LATER, f"-- migrail: transaction=off\n{ITEMS}\n{slow(project)};\nINSERT INTO items VALUES (1);")
    running = project.start("promote", "dev")
    wait_for(project, "started")
    assert project.states()[LATER]["dev"] == "running"
    result = project.run("resolve", "dev", LATER, "--mark-reverted", "--reason", "impatient")
    assert (result.code, "another promotion is running" in result.err) == (5, True)
    assert running.wait(60) == 0, running.communicate()
    running.communicate()
    assert project.query("dev", "SELECT count(*) FROM items") == [(1,)]
    assert project.states()[LATER]["dev"] == "applied"


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_promotion_that_is_killed(make_project: MakeProject, ending: signal.Signals) -> None:
    project = make_project()
    project.write(LATER, f"{ITEMS}\n{slow(project)};")
    running = project.start("promote", "dev")
    wait_for(project, "applied")
    time.sleep(0.5)
    os.kill(running.pid, ending)
    out, err = running.communicate(timeout=60)
    assert running.returncode in {-ending, 130, 0}, (out, err)
    applied = {
        row[0] for row in project.query("dev", "SELECT migration FROM migrail_ledger WHERE kind = 'applied'")
    }
    project.write(LATER, ITEMS) if LATER not in applied else None
    project.ok("promote", "--auto")
    assert set(project.states()[LATER].values()) == {"applied"}
    rows = project.query("dev", "SELECT migration FROM migrail_ledger WHERE kind = 'applied' ORDER BY sequence")
    assert [id for (id,) in rows] == [*SHOP, LATER]


def test_an_interrupted_migration_in_steps_says_so(make_project: MakeProject) -> None:
    project = make_project()
    last = "INSERT INTO items VALUES (1);"
    project.write(LATER, f"-- migrail: transaction=off\n{ITEMS}\n{slow(project)};\n{last}")
    running = project.start("promote", "dev")
    wait_for(project, "started")
    time.sleep(0.5)
    os.kill(running.pid, signal.SIGTERM)
    _, err = running.communicate(timeout=60)
    assert running.returncode == 4, err
    assert f"migrail resolve dev {LATER}" in err
    assert project.states()[LATER]["dev"] == "failed"


def test_a_plan_goes_on_where_it_stopped(any_project: MakeProject) -> None:
    project = any_project()
    project.write(LATER, HALF_WAY)
    planned = project.ok("plan", "dev", "--format", "json").json["migrations"]
    assert [migration["statements_done"] for migration in planned if migration["id"] == LATER] == [0]
    assert project.run("promote", "dev").code == 4
    for retried in (False, True):
        if retried:
            project.ok("resolve", "dev", LATER, "--retry", "--reason", "again")
        said = project.run("plan", "dev").out
        assert "goes on behind statement 2 of 3; those before are there" in said
        assert ("INSERT INTO missing" in said, "VALUES (1);" in said) == (True, False)
        [planned] = project.ok("plan", "dev", "--format", "json").json["migrations"]
        assert (planned["id"], planned["statements_done"], len(planned["statements"])) == (LATER, 2, 3)


def test_a_finished_statement_cannot_be_edited(make_project: MakeProject) -> None:
    project = make_project()
    project.write(LATER, HALF_WAY)
    assert project.run("promote", "dev").code == 4
    project.write(LATER, HALF_WAY.replace("VALUES (1);\nINSERT INTO missing", "VALUES (2);\nINSERT INTO missing"))
    refused = project.run("resolve", "dev", LATER, "--retry", "--reason", "edited")
    assert (refused.code, "--accept-edit" in refused.err) == (2, True)
    project.ok("resolve", "dev", LATER, "--accept-edit", "--reason", "edited")
    result = project.run("promote", "dev")
    assert (result.code, "statement 2 was applied already and has been edited since" in result.err) == (2, True)
    assert project.query("dev", "SELECT id FROM items") == [(1,)]


@pytest.mark.parametrize(("remainder", "code"), [("missing VALUES (1)", 0), ("items VALUES (2)", 3)])
def test_an_edited_remainder_runs_only_once_it_is_accepted(
    any_project: MakeProject, remainder: str, code: int
) -> None:
    project = any_project()
    project.write(LATER, HALF_WAY)
    assert project.run("promote", "dev").code == 4
    execute(project, "dev", "CREATE TABLE missing (id integer PRIMARY KEY)")
    project.ok("resolve", "dev", LATER, "--retry", "--reason", "table made by hand")
    project.write(LATER, HALF_WAY.replace("missing VALUES (1)", remainder))
    result = project.run("promote", "dev")
    accept = f"migrail resolve dev {LATER} --accept-edit --reason ..."
    assert (result.code, accept in result.out) == (code, code == 3), result
    assert project.states()[LATER]["dev"] == ("edited" if code else "applied")
    if code:
        assert project.query("dev", "SELECT id FROM items") == [(1,)]
        project.ok(*accept.split()[1:])
        project.ok("promote", "dev")
        assert sorted(project.query("dev", "SELECT id FROM items")) == [(1,), (2,)]


@pytest.mark.parametrize(("value", "code"), [(1, 0), (2, 3)])
def test_what_a_crash_left_goes_on_with_its_own_file(make_project: MakeProject, value: int, code: int) -> None:
    project = make_project()
    steps = f"-- migrail: transaction=off\n{ITEMS}\n{slow(project)};\nINSERT INTO items VALUES ({{}});"
    project.write(LATER, steps.format(1))
    running = project.start("promote", "dev")
    wait_until(project, f"SELECT 1 FROM migrail_journal WHERE migration = '{LATER}' AND event = 'done'")
    os.kill(running.pid, signal.SIGKILL)
    running.communicate(timeout=60)
    project.write(LATER, steps.format(value))
    result = project.run("promote", "dev")
    assert (result.code, f"migrail resolve dev {LATER} --accept-edit" in result.out) == (code, code == 3), result
    assert project.query("dev", "SELECT id FROM items") == ([] if code else [(1,)])


def test_after_a_revert_everything_runs_again(make_project: MakeProject) -> None:
    project = make_project()
    project.write(LATER, HALF_WAY)
    assert project.run("promote", "dev").code == 4
    execute(project, "dev", "DROP TABLE items")
    project.ok("resolve", "dev", LATER, "--mark-reverted", "--reason", "dropped by hand")
    project.write(LATER, HALF_WAY.replace("missing", "items").replace("(1);\nINSERT", "(2);\nINSERT"))
    project.ok("promote", "dev")
    assert sorted(project.query("dev", "SELECT id FROM items")) == [(1,), (2,)]


def test_a_hidden_commit_is_noticed(tmp_path: Path, new_postgres: object) -> None:
    project = postgres_project(tmp_path, new_postgres)  # type: ignore[arg-type]
    project.write_all(SHOP)
    name = project.urls["dev"].rpartition("/")[2].partition("?")[0]
    execute(project, "dev", f'ALTER DATABASE "{name}" SET standard_conforming_strings = off')
    project.write(LATER, f"{ITEMS}\nSELECT 'a\\'' ; COMMIT; --';")
    project.ok("promote", "dev")  # one string, as the splitter reads it and as the pinned session does
    project.write("0005_do", "DO $$ BEGIN COMMIT; END $$;")
    result = project.run("promote", "dev")
    assert (result.code, "invalid transaction termination" in result.err) == (4, True)


@pytest.mark.parametrize(
    ("dialect", "statement"),
    [
        ("postgres", "SET TRANSACTION READ ONLY"),
        ("sqlite", "PRAGMA query_only = 1"),
        ("postgres", "SET ROLE pg_monitor"),
    ],
)
def test_a_refused_ledger_row_rolls_back(
    tmp_path: Path, new_postgres: object, dialect: str, statement: str
) -> None:
    project = sqlite_project(tmp_path) if dialect == "sqlite" else postgres_project(tmp_path, new_postgres)  # type: ignore[arg-type]
    project.write_all(SHOP)
    project.write(LATER, f"{statement};")
    result = project.run("promote", "dev")
    assert result.code == 4, result
    assert "its ledger row was refused" in result.err
    assert "[SQL" not in result.err


def test_another_database_below_opens_no_gate(make_project: MakeProject) -> None:
    project = make_project()
    project.ok("promote", "dev")
    project.urls["dev"] = make_project().urls["dev"] if project.dialect == "postgres" else "sqlite:///other.db"
    project.configure({})
    execute(project, "dev", "CREATE TABLE somebody_elses (id integer)")
    result = project.run("promote", "qa")
    assert (result.code, "whether dev has it cannot be told" in result.out) == (3, True), result


def test_several_targets_need_one_approval(tmp_path: Path) -> None:
    project = sqlite_project(tmp_path, {"dev": APPROVAL})
    project.write_all(SHOP)
    text = (tmp_path / "migrail.toml").read_text()
    two = 'targets = [{ name = "eu", url = "sqlite:///eu.db" }, { name = "us", url = "sqlite:///us.db" }]'
    (tmp_path / "migrail.toml").write_text(text.replace('url = "sqlite:///dev.db"', two))
    project.ok("approve", "dev")
    project.ok("promote", "dev")
    assert project.states()["0003_add_phone"]["dev"] == "applied"


def test_an_older_checkout_takes_nothing_away(make_project: MakeProject) -> None:
    project = make_project(dev=APPROVAL)
    project.ok("approve", "dev")
    (project.root / "migrations" / "0003_add_phone.sql").rename(project.root / "kept")
    assert project.run("promote", "dev").code == 3, "refused by the gate"
    (project.root / "kept").rename(project.root / "migrations" / "0003_add_phone.sql")
    project.ok("promote", "dev")
    assert {row["batch"] for row in project.ok("status", "--format", "json").json["migrations"]} == {1}


def test_deciding_does_not_make_an_author(make_project: MakeProject) -> None:
    project = make_project(qa='[{ type = "approval", not_author = true }]')
    project.run("evidence", "add", "dev", "lint", environ={"MIGRAIL_ACTOR": "ci"})
    project.run("promote", "dev", environ={"MIGRAIL_ACTOR": "eve"})
    project.run("approve", "qa", environ={"MIGRAIL_ACTOR": "eve"})
    result = project.run("promote", "qa")
    assert (result.code, "eve is the author and does not count" in result.out) == (3, True)


def test_tables_in_any_schema_are_content(tmp_path: Path, new_postgres: object) -> None:
    project = postgres_project(tmp_path, new_postgres)  # type: ignore[arg-type]
    project.write_all(SHOP)
    execute(project, "dev", "CREATE SCHEMA app")
    execute(project, "dev", "CREATE TABLE app.users (id integer)")
    before = project.dump()
    result = project.run("promote", "dev")
    assert (result.code, "holds tables but no ledger" in result.err) == (2, True)
    assert project.dump() == before


def test_evidence_that_failed_meanwhile_counts(make_project: MakeProject) -> None:
    project = make_project(qa=EVIDENCE)
    project.ok("promote", "dev", "--to", "0001")
    project.ok("promote", "dev")
    for batch in ("1", "2"):
        project.ok("evidence", "add", "dev", "tests", "--batch", batch)
    project.ok("evidence", "add", "dev", "tests", "--batch", "2", "--failed")
    result = project.run("promote", "qa", "--to", "2")
    assert result.code == 3, "the goal was not reached"
    assert [project.states()[id]["qa"] for id in SHOP] == ["applied", "blocked", "blocked"]


def test_a_ledger_that_cannot_be_read_hides_no_other(make_project: MakeProject) -> None:
    project = make_project()
    project.ok("promote", "--auto")
    execute(project, "qa", "UPDATE migrail_ledger SET kind = 'nonsense' WHERE sequence = 2")
    execute(project, "staging", "UPDATE migrail_identity SET format = 99")
    status = project.ok("status", "--format", "json").json
    assert [place["reachable"] for place in status["environments"]] == [True, False, False, True]
    assert "the ledger cannot be read" in status["environments"][1]["error"]
    assert "which this version of migrail does not know" in status["environments"][2]["error"]


def test_a_step_that_breaks_off_keeps_its_report(tmp_path: Path) -> None:
    project = sqlite_project(tmp_path)
    project.write_all(SHOP)
    text = (tmp_path / "migrail.toml").read_text()
    two = 'targets = [{ name = "eu", url = "sqlite:///eu.db" }, { name = "us", url = "sqlite:///us.db" }]'
    text = text.replace('url = "sqlite:///dev.db"', two) + '\n[promote]\nguard_timeout = "200ms"\n'
    (tmp_path / "migrail.toml").write_text(text)
    connection = sqlite3.connect(tmp_path / "us.db", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    result = project.run("promote", "dev", "--format", "json")
    connection.close()
    assert result.code == 4, "5 would say that nothing was changed"
    assert {done["target"] for done in result.json["steps"][0]["applied"]} == {"eu"}


def test_a_password_that_is_a_word_of_ours_garbles_nothing(tmp_path: Path, new_postgres: object) -> None:
    project = postgres_project(tmp_path, new_postgres)  # type: ignore[arg-type]
    project.write_all(SHOP)
    project.urls["prod"] = "postgresql://u:migrail@127.0.0.1:1/x"
    project.configure({})
    result = project.run("status", "--format", "json")
    assert result.json["schema"] == "migrail.status/1"


def test_an_at_sign_in_a_password_must_be_quoted(tmp_path: Path) -> None:
    project = sqlite_project(tmp_path)
    project.write_all(SHOP)
    (tmp_path / "migrail.toml").write_text(
        '[project]\nname = "s"\ndialect = "postgres"\n[[environment]]\nname = "dev"\n'
        'url = "postgresql://u:hunter2@s3cret@127.0.0.1/x"\n'
    )
    result = project.run("promote", "dev")
    assert (result.code, "more than one @" in result.err) == (2, True)
    assert "s3cret" not in result.err
