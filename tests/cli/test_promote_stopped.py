"""Somebody asks to stop: what is under way ends in a recorded state, and nothing of what was to follow begins."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from tests.cli.test_promote import ITEMS
from tests.cli.test_promote_safety import slow
from tests.support.project import Project, postgres_project, project_of

SLOW, NEXT = "0001_slow", "0002_next"


def _stopped(project: Project, *arguments: str) -> tuple[int, str]:
    """Starts a promotion that takes long in dev, and asks it to stop meanwhile; its code and words."""
    said = ""
    with project.start("promote", *arguments, "-v", together=True) as running:
        for text in running.stdout or ():
            said += text
            if f"{SLOW} · statement 2" in text and "running" not in text:
                os.kill(running.pid, signal.SIGINT)
    return running.returncode, said


@pytest.mark.parametrize(
    ("dialect", "arguments"),
    [("sqlite", ("--auto",)), ("postgres", ("--auto",)), ("sqlite", ("dev", "--all"))],
)
def test_what_was_to_follow_is_not_begun(
    dialect: str, arguments: tuple[str, ...], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    project = project_of(dialect, tmp_path, request)
    project.write(SLOW, f"{ITEMS}\n{slow(project)};")
    code, said = _stopped(project, *arguments)
    assert "Traceback" not in said
    assert "stopping before the next statement" in said
    states = project.states()[SLOW]
    assert {name for name, state in states.items() if state == "applied"} == {"dev"}, said
    assert (code, "as asked; nothing is half-done" in said) == (
        (130, True) if "--auto" in arguments else (0, False)
    )
    project.ok("promote", "--auto")


@pytest.mark.parametrize("dialect", ["sqlite", "postgres"])
def test_the_next_migration_is_not_begun(dialect: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    project = project_of(dialect, tmp_path, request)
    project.write(SLOW, f"{ITEMS}\n{slow(project)};")
    project.write(NEXT, "CREATE TABLE second (id integer);")
    code, said = _stopped(project, "dev")
    assert (code, f"stopped before {NEXT}, as asked; nothing is half-done" in said) == (130, True), said
    assert {id: row["dev"] for id, row in project.states().items()} == {SLOW: "applied", NEXT: "next"}
    project.ok("promote", "dev")


def test_a_timeout_of_the_file_itself_is_a_failure(tmp_path: Path, new_postgres: object) -> None:
    """Nobody asked to stop, and another try would end in the same way."""
    project = postgres_project(tmp_path, new_postgres)  # type: ignore[arg-type]
    project.write(SLOW, "SET statement_timeout = '300ms';\nSELECT pg_sleep(3);")
    result = project.run("promote", "dev")
    assert result.code == 4
    assert "statement timeout" in result.err
    assert "mend the file" in result.err


@pytest.mark.parametrize("dialect", ["sqlite", "postgres", "mariadb"])
def test_a_statement_by_itself_is_let_end(dialect: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """It stays, and the next promotion goes on behind it."""
    project = project_of(dialect, tmp_path, request)
    work = {
        "postgres": "INSERT INTO items SELECT 1 FROM pg_sleep(2)",
        "mariadb": "INSERT INTO items SELECT 1 FROM (SELECT SLEEP(2)) AS s",
        "sqlite": f"INSERT INTO items SELECT 1 FROM ({slow(project)})",
    }[dialect]
    project.write(SLOW, f"-- migrail: transaction=off\n{ITEMS}\n{work};\nINSERT INTO items VALUES (2);")
    code, said = _stopped(project, "dev")
    assert code == 4, said
    assert "2 finished statements of it stayed in the database" in said
    assert project.query("dev", "SELECT id FROM items") == [(1,)]
    project.ok("resolve", "dev", SLOW, "--retry", "--reason", "go on")
    project.ok("promote", "dev")
    assert project.query("dev", "SELECT id FROM items ORDER BY id") == [(1,), (2,)]
