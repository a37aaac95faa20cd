"""Files outside of a transaction on SQLite, with each way in which a database is journaled and locked."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Timer

import pytest
from tests.support.project import Project

OFF = "-- migrail: transaction=off\n"
STEPS = "CREATE TABLE a (id integer);\nINSERT INTO a VALUES (1);\nVACUUM;\nCREATE INDEX a_id ON a (id);"
EXCLUSIVE = "PRAGMA locking_mode = EXCLUSIVE;\n"
WAL = "PRAGMA journal_mode = WAL;\n"


@pytest.mark.parametrize("mode", ["delete", "wal"])
@pytest.mark.parametrize("said", ["", EXCLUSIVE, WAL, WAL + EXCLUSIVE, EXCLUSIVE + WAL])
def test_every_step_is_recorded(mode: str, said: str, tmp_path: Path) -> None:
    project = Project(tmp_path, "sqlite", {"dev": "sqlite:///dev.db"}, {})
    with closing(sqlite3.connect(tmp_path / "dev.db")) as connection:
        assert connection.execute(f"PRAGMA journal_mode = {mode}").fetchone() == (mode,)
    project.write("0001_a", f"{OFF}{said}{STEPS}")
    project.write("0002_b", "CREATE TABLE b (id integer);")
    project.ok("promote", "dev")
    assert project.query("dev", "SELECT count(*) FROM a") == [(1,)]
    assert project.query("dev", "PRAGMA journal_mode") == [("wal" if "WAL" in said else mode,)]
    assert project.states() == {id: {"dev": "applied"} for id in ("0001_a", "0002_b")}


@pytest.mark.long
@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_a_file_that_another_program_keeps_locked(mode: str, tmp_path: Path) -> None:
    project = Project(tmp_path, "sqlite", {"dev": "sqlite:///dev.db"}, {})
    project.write("0001_a", f"{OFF}{STEPS}")
    with closing(sqlite3.connect(tmp_path / "dev.db", isolation_level=None)) as other:
        for statement in (f"PRAGMA journal_mode = {mode}", EXCLUSIVE, "CREATE TABLE held (id integer)"):
            other.execute(statement)
        refused = project.run("promote", "dev")
        assert (refused.code, "database is locked" in refused.err) == (5, True)
        other.execute("DROP TABLE held")
    project.ok("promote", "dev")
    assert project.states() == {"0001_a": {"dev": "applied"}}


LEAVING = "PRAGMA journal_mode = DELETE;\nCREATE TABLE b (id integer);"
HOLDING = """
import sqlite3, sys
connection = sqlite3.connect("dev.db", isolation_level=None)
for statement in sys.argv[1:]:
    connection.execute(statement).fetchall()
print("ready", flush=True)
sys.stdin.read()
"""


@contextmanager
def another_process(root: Path, *statements: str) -> Iterator[int]:
    """A process that has executed statements and goes on to have the file open."""
    command = [sys.executable, "-c", HOLDING, *statements]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        try:
            yield process.pid
        finally:
            process.communicate("")


def in_wal(root: Path) -> Project:
    project = Project(root, "sqlite", {"dev": "sqlite:///dev.db"}, {})
    project.configure({}, extra='[promote]\nguard_timeout = "500ms"\nlock_budget = "500ms"\n')
    project.write("0001_a", f"{OFF}{WAL}CREATE TABLE a (id integer);")
    project.ok("promote", "dev")
    assert project.query("dev", "PRAGMA journal_mode") == [("wal",)]
    return project


def test_a_database_leaves_its_wal(tmp_path: Path) -> None:
    """Nothing of ours has it open beside the session that says so."""
    project = in_wal(tmp_path)
    project.write("0002_b", f"{OFF}{LEAVING}")
    project.ok("promote", "dev")
    assert project.query("dev", "PRAGMA journal_mode") == [("delete",)]
    assert project.states()["0002_b"] == {"dev": "applied"}


def test_no_database_leaves_its_wal_in_a_transaction(tmp_path: Path) -> None:
    project = in_wal(tmp_path)
    project.write("0002_b", LEAVING)
    result = project.run("promote", "dev")
    assert (result.code, "cannot change out of wal mode from within a transaction" in result.err) == (4, True)
    assert project.query("dev", "SELECT name FROM sqlite_master WHERE name = 'b'") == []
    project.write("0002_b", f"{OFF}{LEAVING}")
    project.ok("promote", "dev")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who has a file locked")
@pytest.mark.parametrize(
    ("mode", "text", "statements"),
    [
        ("wal", f"{OFF}{LEAVING}", ["SELECT * FROM a"]),
        ("wal", "CREATE TABLE b (id integer);", ["BEGIN IMMEDIATE"]),
        ("delete", "CREATE TABLE b (id integer);", ["BEGIN IMMEDIATE"]),
        ("delete", "CREATE TABLE b (id integer);", ["BEGIN", "SELECT * FROM a"]),
    ],
    ids=["leaving a WAL that somebody reads", "a writer in WAL", "a writer", "a reader"],
)
def test_whoever_has_the_file_locked_is_named(mode: str, text: str, statements: list[str], tmp_path: Path) -> None:
    project = in_wal(tmp_path)
    with closing(sqlite3.connect(tmp_path / "dev.db")) as connection:
        connection.execute(f"PRAGMA journal_mode = {mode}")
    project.write("0002_b", text)
    with another_process(tmp_path, *statements) as pid:
        before = project.query("dev", "SELECT count(*) FROM sqlite_master")
        result = project.run("promote", "dev")
        said = f"held by process {pid} (python"
        assert (result.code, "database is locked" in result.err, said in result.err) == (5, True, True), result
        assert f"to end it: kill {pid}" in result.err
        assert project.query("dev", "SELECT count(*) FROM sqlite_master") == before
    project.ok("promote", "dev")
    assert project.states()["0002_b"] == {"dev": "applied"}


@contextmanager
def ended_late(project: Project) -> Iterator[subprocess.Popen[str]]:
    """A promotion that does not wait for ever."""
    started = project.start("promote", "dev", together=True)
    late = Timer(60, started.kill)
    late.start()
    try:
        yield started
    finally:
        late.cancel()
        started.kill()
        started.wait()


@pytest.mark.parametrize(
    "statements", [["BEGIN IMMEDIATE"], ["BEGIN", "SELECT * FROM a"]], ids=["writer", "reader"]
)
def test_our_own_rows_wait_no_longer_than_the_budget(statements: list[str], tmp_path: Path) -> None:
    """The guard's time may be longer: it is for another promotion."""
    project = in_wal(tmp_path)
    with closing(sqlite3.connect(tmp_path / "dev.db")) as connection:
        connection.execute("PRAGMA journal_mode = delete")
    project.configure({}, extra='[promote]\nguard_timeout = "1h"\nlock_budget = "500ms"\n')
    project.write("0002_b", "CREATE TABLE b (id integer);")
    with another_process(tmp_path, *statements), ended_late(project) as started:
        said = started.communicate()[0]
    assert (started.returncode, "→ migrail promote dev" in said, "doctor" in said) == (5, True, False), said
    project.ok("promote", "dev")


@pytest.mark.parametrize(("configured", "asked"), [("50ms", ""), ("1h", "-- migrail: lock_timeout=50ms\n")])
def test_a_transaction_waits_as_long_as_is_said(configured: str, asked: str, tmp_path: Path) -> None:
    """And comes again: here, somebody begins to read while it runs, and its COMMIT has to wait."""
    project = Project(tmp_path, "sqlite", {"dev": "sqlite:///dev.db"}, {})
    said = f'transaction = "batch"\nguard_timeout = "1h"\nlock_timeout = "{configured}"\n'
    project.configure({}, extra=f"[promote]\n{said}")
    project.write("0001_a", "CREATE TABLE a (id integer);")
    project.ok("promote", "dev")
    numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000000)"
    project.write("0002_b", f"{asked}CREATE TABLE b (id integer);\nINSERT INTO b {numbers} SELECT max(i) FROM n;")
    with ended_late(project) as started:
        assert started.stdout is not None
        while not (tmp_path / "dev.db-journal").exists():
            assert started.poll() is None
        with another_process(tmp_path, "BEGIN", "SELECT * FROM a"):
            waited = next((line for line in started.stdout if "next try in" in line), "")
        rest = started.communicate()[0]
    assert ("database is locked; next try in" in waited, started.returncode) == (True, 0), rest
    assert project.query("dev", "SELECT * FROM b") == [(4000000,)]
