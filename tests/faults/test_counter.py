"""Every call of a database fails in turn: the ledger says "applied" if and only if the structure shows it, once.

As SQLite tests itself: the 1st, 2nd, 3rd, ... call fails until a run does not come that far. After each one, the
promotion is tried again, and ends in the structure that a run without faults makes. The short version takes a few
of the calls, the long one (``-m long``) all of them.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.project import Project, mariadb_project, postgres_project, sqlite_project

ROOT = Path(__file__).parents[2]
HOWS = ("ERROR", "LOSS", "KILL")
LAST = 400
"""No run makes so many calls."""
SHORT = {"postgres": (23, 52), "sqlite": (17, 31), "mariadb": (19, 58)}
"""The calls that the short version lets fail: one before and one amid the migrations."""

WHOLE = {
    "0001_a": "CREATE TABLE a (id integer PRIMARY KEY, n integer);\nINSERT INTO a VALUES (1, 1);\n"
    "ALTER TABLE a ADD COLUMN note varchar(20);",
    "0002_b": "CREATE TABLE b (id integer PRIMARY KEY);\nINSERT INTO a (id, n) VALUES (2, 2);",
}
OFF = "-- migrail: transaction=off\n"
STEPS = {
    "postgres": {
        **WHOLE,
        "0003_c": "INSERT INTO b VALUES (1);\nCREATE INDEX CONCURRENTLY a_n ON a (n);\nINSERT INTO b VALUES (2);",
        "0004_d": "DROP INDEX CONCURRENTLY a_n;\nCREATE INDEX CONCURRENTLY a_note ON a (note);",
    },
    "sqlite": {**WHOLE, "0003_c": f"{OFF}INSERT INTO b VALUES (1);\nCREATE INDEX a_n ON a (n);\nVACUUM;"},
    "mariadb": {**WHOLE, "0003_c": "INSERT INTO b VALUES (1);\nCREATE INDEX a_n ON a (n);\nDROP TABLE b;"},
}


def project_on(dialect: str, root: Path, request: pytest.FixtureRequest) -> Project:
    """One environment."""
    if dialect == "sqlite":
        project = sqlite_project(root)
    elif dialect == "postgres":
        project = postgres_project(root, request.getfixturevalue("new_postgres"))
    else:
        project = mariadb_project(root, request.getfixturevalue("new_mariadb"))
    project.urls = {"dev": project.urls["dev"]}
    project.configure({}, extra='[promote]\nguard_timeout = "20s"\n')
    project.write_all(STEPS[dialect])
    return project


def fault(project: Project, number: int, how: str) -> tuple[bool, subprocess.CompletedProcess[str]]:
    """Promotes with the n-th call failing; whether it came that far."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.kill", str(number), how, "promote", "dev"],
        cwd=project.root,
        env={**os.environ, "PYTHONPATH": str(ROOT), "MIGRAIL_ACTOR": "ana"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return "reached" in done.stderr, done


def structure(project: Project) -> object:
    """What the migrations made, without our own tables."""
    dumped = project.dump()["dev"]
    if isinstance(dumped, list):
        return sorted(line for line in dumped if "migrail" not in line)
    assert isinstance(dumped, tuple)
    *parts, rows = dumped
    kept = {name: content for name, content in rows.items() if not name.startswith("migrail")}
    return [[row for row in part if "migrail" not in str(row)] for part in parts], kept


def applied(project: Project) -> list[str]:
    try:
        rows = project.query("dev", "SELECT migration FROM migrail_ledger WHERE kind = 'applied' ORDER BY sequence")
    except Exception:  # the ledger is not there yet
        return []
    return [id for (id,) in rows]


def present(project: Project) -> set[str]:
    """Which of the first two migrations the structure shows in full."""
    found: set[str] = set()
    probes = {"0001_a": "SELECT note FROM a WHERE id = 1", "0002_b": "SELECT count(*) FROM b HAVING count(*) >= 0"}
    for id, sql in probes.items():
        try:
            found |= {id} if project.query("dev", sql) else set()
        except Exception:
            continue
    return found


def settle(project: Project) -> None:
    """What a person does afterwards: try again, and decide where the answer says that one has to."""
    for _ in range(3):
        again = project.run("promote", "dev")
        if again.code == 0:
            return
        for line in project.run("status", "--format", "json").json["attention"]:
            if line["migration"] and "resolve" in line["next"]:
                project.run("resolve", "dev", line["migration"], "--retry", "--reason", "a fault was injected")
    pytest.fail(f"it does not converge: {again}")


def check(
    dialect: str, how: str, numbers: Callable[[int], bool], tmp_path: Path, request: pytest.FixtureRequest
) -> int:
    """Runs the sweep; how many faults were injected."""
    (tmp_path / "clean").mkdir()
    clean = project_on(dialect, tmp_path / "clean", request)
    clean.ok("promote", "dev")
    expected, everything = structure(clean), list(STEPS[dialect])
    tried, number = 0, 0
    while True:
        number += 1
        if not numbers(number):
            if number > LAST:
                return tried
            continue
        root = tmp_path / f"run{number}"
        root.mkdir()
        project = project_on(dialect, root, request)
        reached, done = fault(project, number, how)
        where = f"call {number}, {how}: {done.stderr}"
        if not reached:
            assert done.returncode == 0, where
            return tried
        assert "Traceback" not in done.stderr, where
        tried += 1
        if dialect != "mariadb":  # where a migration is one transaction, it is there or it is not
            said = {id for id in applied(project) if id in WHOLE}
            assert present(project) & set(WHOLE) >= said, where
        settle(project)
        assert applied(project) == everything, where
        assert structure(project) == expected, where


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("dialect", list(STEPS))
def test_a_sample_of_calls_fails(dialect: str, how: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    assert check(dialect, how, lambda number: number in SHORT[dialect], tmp_path, request) >= 1


@pytest.mark.long
@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("dialect", list(STEPS))
def test_every_call_fails(dialect: str, how: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    assert check(dialect, how, lambda _: True, tmp_path, request) >= 20
