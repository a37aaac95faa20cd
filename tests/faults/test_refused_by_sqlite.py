"""What SQLite refuses: the answer names cause and next step, and what is there is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.sweeps import SIX
from tests.support.disk import small_disk
from tests.support.project import Project

OFF = "-- migrail: transaction=off\n"
FILLING = (
    "CREATE TABLE big AS WITH RECURSIVE g (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM g WHERE id < {}) "
    "SELECT id, hex(randomblob(200)) AS n FROM g;"
)

SEEN = (
    "SELECT count(*) FROM sqlite_master WHERE name = 't'",
    "SELECT count(*) FROM t",
    "SELECT count(*) FROM pragma_table_info('t') WHERE name = 'late'",
    "SELECT count(*) FROM sqlite_master WHERE name = 't_n'",
    "SELECT count(*) FROM t WHERE late = 7",
    "SELECT 1 - count(*) FROM sqlite_master WHERE name = 'first'",
)


def project_in(root: Path, url: str = "sqlite:///dev.db") -> Project:
    made = Project(root, "sqlite", {"dev": url}, {})
    made.write("0001_first", "CREATE TABLE first (id integer PRIMARY KEY, parent integer REFERENCES first (id));")
    made.ok("promote", "dev")
    return made


def refused(project: Project, said: str, state: str = "failed") -> None:
    """The second migration is refused in these words."""
    result = project.run("promote", "dev")
    assert (result.code, said in result.err, "→ " in result.err) == (4, True, True), result
    assert project.states()["0002_more"]["dev"] == state


def made_by_hand(project: Project) -> list[tuple[str]]:
    sql = "SELECT name FROM sqlite_master WHERE name NOT LIKE 'migrail%' AND name NOT LIKE 'sqlite%'"
    return project.query("dev", sql)  # type: ignore[return-value]


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    text = f"PRAGMA max_page_count = 60;\nINSERT INTO first (id) VALUES (1);\n{FILLING}"
    project.write("0002_more", text.format(10_000))
    refused(project, "database or disk is full")
    assert (made_by_hand(project), project.query("dev", "SELECT * FROM first")) == ([("first",)], [])
    project.write("0002_more", text.format(10))
    project.ok("promote", "dev")


def test_a_disk_that_is_full(tmp_path: Path) -> None:
    with small_disk() as disk:
        project = project_in(tmp_path, f"sqlite:///{disk}/dev.db")
        project.write("0002_more", f"INSERT INTO first (id) VALUES (1);\n{FILLING.format(80_000)}")
        refused(project, "database or disk is full")
        assert (made_by_hand(project), project.query("dev", "SELECT * FROM first")) == ([("first",)], [])
        project.write("0002_more", f"INSERT INTO first (id) VALUES (1);\n{FILLING.format(10)}")
        project.ok("promote", "dev")


@pytest.mark.parametrize("deferred", ["", "PRAGMA defer_foreign_keys = ON;\n"], ids=["at once", "deferred"])
def test_a_row_that_refers_to_none(deferred: str, tmp_path: Path) -> None:
    """The setting takes effect outside of a transaction alone, and is gone with the file."""
    project = project_in(tmp_path)
    text = f"{OFF}PRAGMA foreign_keys = ON;\n{deferred}INSERT INTO first VALUES (2, 1);"
    project.write("0002_more", text)
    refused(project, "FOREIGN KEY constraint failed")
    assert project.query("dev", "SELECT * FROM first") == []
    project.write("0002_more", text.replace("2, 1", "2, 2"))
    project.ok("resolve", "dev", "0002_more", "--accept-edit", "--reason", "mended")
    project.ok("promote", "dev")
    assert project.query("dev", "SELECT * FROM first") == [(2, 2)]


@pytest.mark.parametrize("head", ["", OFF], ids=["together", "in steps"])
@pytest.mark.parametrize("place", range(1, 7))
def test_a_statement_that_fails(place: int, head: str, tmp_path: Path) -> None:
    project = project_in(tmp_path)
    project.write(
        "0002_more", head + ";\n".join((*SIX[: place - 1], "ALTER TABLE missing ADD COLUMN n", *SIX[place:]))
    )
    result = project.run("promote", "dev")
    assert (result.code, f"failed at statement {place} of 6" in result.err) == (4, True), result
    finished = place - 1 if head else 0
    for sql in SEEN[:finished]:
        assert project.query("dev", sql) == [(1,)], sql
    left = len(made_by_hand(project))
    assert left == 1 + bool(finished) + (finished > 3)
    rows = project.query("dev", "SELECT kind, statements FROM migrail_ledger WHERE migration = '0002_more'")
    assert rows == ([("started", 0), ("failed" if finished else "undone", finished)] if head else [])
    project.write("0002_more", head + ";\n".join(SIX))
    if finished:
        project.ok("resolve", "dev", "0002_more", "--accept-edit", "--reason", "mended")
    project.ok("promote", "dev")
    assert [project.query("dev", sql) for sql in SEEN] == [[(1,)]] * 6
