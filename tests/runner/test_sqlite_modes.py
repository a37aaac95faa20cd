"""Files outside of a transaction on SQLite, with each way in which a database is journaled and locked."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

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
