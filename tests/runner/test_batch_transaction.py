"""``transaction = "batch"``: everything of a batch is in the database, or nothing, whatever happens."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from tests.support.forking import ROOT
from tests.support.project import Project, postgres_project, project_of, sqlite_project

GOOD = {
    "0001_t": "CREATE TABLE t (id integer PRIMARY KEY);",
    "0002_row": "INSERT INTO t VALUES (1);",
    "0003_more": "ALTER TABLE t ADD COLUMN n integer;",
}
SETTINGS = '[promote]\ntransaction = "batch"\n'


@pytest.fixture(params=["sqlite", "postgres"])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Project:
    made = project_of(request.param, tmp_path, request)
    made.urls = {"dev": made.urls["dev"]}
    made.configure({}, extra=SETTINGS)
    return made


def kinds(project: Project) -> list[tuple[str, str | None]]:
    return project.query("dev", "SELECT kind, migration FROM migrail_ledger ORDER BY sequence")  # type: ignore[return-value]


ALL = [("batch", None), *(("applied", id) for id in GOOD)]


def test_all_of_it(project: Project) -> None:
    project.write_all(GOOD)
    project.ok("promote", "dev")
    assert kinds(project) == ALL
    assert project.query("dev", "SELECT id, n FROM t") == [(1, None)]
    project.write("0004_last", "INSERT INTO t VALUES (2, 2);")
    project.ok("promote", "dev")
    assert [kind for kind, _ in kinds(project)][len(ALL) :] == ["batch", "applied"]


@pytest.mark.parametrize("failing", list(GOOD))
def test_or_nothing(project: Project, failing: str) -> None:
    project.write_all({**GOOD, failing: f"{GOOD[failing]}\nINSERT INTO missing VALUES (1);"})
    result = project.run("promote", "dev")
    assert result.code == 4, result
    assert f"{failing} failed at statement 2 of 2" in result.err
    assert "the whole batch was rolled back; nothing of it is in the database" in result.err
    assert kinds(project) == []
    with pytest.raises(Exception, match=r"no such table|does not exist"):
        project.query("dev", "SELECT * FROM t")
    project.write_all(GOOD)
    project.ok("promote", "dev")
    assert kinds(project) == ALL


@pytest.mark.parametrize(
    ("dialect", "sql", "said"),
    [
        ("postgres", "CREATE INDEX CONCURRENTLY t_id ON t (id);", "cannot be part of a transaction"),
        ("postgres", "-- migrail: transaction=off\nSELECT 1;", "wants no transaction"),
        ("sqlite", "VACUUM;", "cannot be part of a transaction"),
    ],
)
def test_what_cannot_be_part_of_it_is_refused(
    dialect: str, sql: str, said: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    made = (
        sqlite_project(tmp_path)
        if dialect == "sqlite"
        else postgres_project(tmp_path, request.getfixturevalue("new_postgres"))
    )
    made.urls = {"dev": made.urls["dev"]}
    made.configure({}, extra=SETTINGS)
    made.write_all({**GOOD, "0004_alone": sql})
    before = made.dump()
    result = made.run("promote", "dev")
    assert (result.code, said in result.err, "the whole batch is to be one" in result.err) == (2, True, True)
    assert made.dump() == before


def test_on_mariadb_nothing_but_rows_can_be_a_batch(tmp_path: Path, mariadb_database: object) -> None:
    url = mariadb_database.render_as_string(hide_password=False)  # type: ignore[attr-defined]
    project = Project(tmp_path, "mariadb", {"dev": url}, {})
    project.configure({}, extra=SETTINGS)
    project.write_all(GOOD)
    result = project.run("promote", "dev")
    assert (result.code, "cannot be part of a transaction" in result.err) == (2, True), result


def test_a_commit_whose_answer_is_lost(tmp_path: Path, postgres_database: str) -> None:
    """The connection ends behind the last thing that is sent, and the ledger tells what became of it."""
    project = Project(tmp_path, "postgres", {"dev": postgres_database}, {})
    project.configure({}, extra=SETTINGS)
    project.write_all(GOOD)
    command = [sys.executable, "-m", "tests.runner.lose_answer", "at_once", "promote", "dev"]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin", "MIGRAIL_ACTOR": "ana"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, "lost" in done.stderr) == (0, True), done
    assert kinds(project) == ALL
    project.ok("promote", "dev")
    assert kinds(project) == ALL


def test_a_lock_in_its_way(tmp_path: Path, postgres_database: str) -> None:
    """The whole batch is tried again; whoever keeps it out is named."""
    project = Project(tmp_path, "postgres", {"dev": postgres_database}, {})
    project.configure({}, extra=SETTINGS)
    project.write_all({id: GOOD[id] for id in ("0001_t",)})
    project.ok("promote", "dev")
    project.configure({}, extra=f'{SETTINGS}lock_timeout = "1s"\nlock_budget = "2s"\n')
    project.write_all(GOOD)
    with psycopg.connect(postgres_database.replace("+psycopg", "")) as other:
        other.execute("SELECT count(*) FROM t")
        result = project.run("promote", "dev")
        assert result.code == 5, result
        assert "0003_more failed at statement 1 of 1" in result.err
        assert f"held by pid {other.info.backend_pid} (" in result.err
        assert project.query("dev", "SELECT count(*) FROM t") == [(0,)]
        project.configure({}, extra=f'{SETTINGS}lock_timeout = "300ms"\n')
        running = project.start("promote", "dev", together=True)
        deadline = time.monotonic() + 30
        waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 't'::regclass"
        while project.query("dev", waiting) == [(0,)]:
            assert time.monotonic() < deadline
        other.rollback()
    said = running.communicate(timeout=60)[0]
    assert running.returncode == 0, said
    assert project.query("dev", "SELECT id, n FROM t") == [(1, None)]


@pytest.mark.parametrize("mode", ["batch", "migration"])
def test_a_deadlock_in_its_way(mode: str, tmp_path: Path, postgres_database: str) -> None:
    """The server breaks it by undoing everything, and everything is tried again."""
    project = Project(tmp_path, "postgres", {"dev": postgres_database}, {})
    project.configure({}, extra=f'[promote]\ntransaction = "{mode}"\nlock_timeout = "30s"\n')
    project.write("0001_ab", "CREATE TABLE a (id integer);\nCREATE TABLE b (id integer);")
    project.ok("promote", "dev")
    project.write("0002_rows", "INSERT INTO b VALUES (1);")
    project.write("0003_both", "ALTER TABLE b ADD COLUMN n integer;\nALTER TABLE a ADD COLUMN n integer;")
    with psycopg.connect(postgres_database.replace("+psycopg", "")) as other:
        other.execute("SET deadlock_timeout = '60s'")  # so that it is not this one which has to give way
        other.execute("LOCK TABLE a")
        running = project.start("promote", "dev", "--all", together=True)
        deadline = time.monotonic() + 30
        waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'a'::regclass"
        while project.query("dev", waiting) == [(0,)]:
            assert time.monotonic() < deadline
        other.execute("SELECT count(*) FROM b")
        other.commit()
    said = running.communicate(timeout=60)[0]
    assert (running.returncode, "SQLSTATE 40P01" in said or "deadlock" in said) == (0, True), said
    assert project.query("dev", "SELECT id, n FROM b") == [(1, None)]
    applied = "SELECT migration FROM migrail_ledger WHERE kind = 'applied' ORDER BY sequence"
    assert project.query("dev", applied) == [("0001_ab",), ("0002_rows",), ("0003_both",)]
