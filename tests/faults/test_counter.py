"""Every call of a database fails in turn: the ledger says "applied" if and only if the structure shows it, once.

As SQLite tests itself: the 1st, 2nd, 3rd, ... call fails until a run does not come that far. After each one, the
promotion is tried again, and ends in the structure that a run without faults makes. The short version takes a few
of the calls, the long one (``-m long``) all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.sweeps import until_free
from tests.support.forking import Forks
from tests.support.mariadb import fresh_mariadb
from tests.support.project import Project
from tests.support.servers import fresh_database

HOWS = ("ERROR", "LOSS", "KILL")
PIECE, PIECES = 25, 17
"""Calls that one test of the long version lets fail, and tests until no run comes that far."""
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


@contextmanager
def project_on(dialect: str, root: Path, request: pytest.FixtureRequest) -> Iterator[Project]:
    """One environment, in a database that is gone afterwards."""
    if dialect == "sqlite":
        yield _project(dialect, root, "sqlite:///dev.db")
    elif dialect == "postgres":
        with fresh_database(request.getfixturevalue("postgres")) as url:
            yield _project(dialect, root, url)
    else:
        with fresh_mariadb(request.getfixturevalue("mariadb")) as address:
            yield _project(dialect, root, address.render_as_string(hide_password=False))


def _project(dialect: str, root: Path, url: str) -> Project:
    root.mkdir()
    project = Project(root, dialect, {"dev": url}, {})
    project.configure({}, extra='[promote]\nguard_timeout = "20s"\n')
    project.write_all(STEPS[dialect])
    return project


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


def expected(dialect: str, root: Path, request: pytest.FixtureRequest) -> object:
    """The structure that a run without faults makes."""
    with project_on(dialect, root, request) as project:
        project.ok("promote", "dev")
        return structure(project)


def fails_at(project: Project, forks: Forks, number: int, how: str, wanted: object) -> bool:
    """Whether the run came to the call; then it failed there, and everything was right afterwards."""
    done = forks.run(project.root, "promote", "dev", call=number, how=how)
    where = f"call {number}, {how}: {done}"
    assert "Traceback" not in done.said, where
    if not done.reached:
        assert done.code == 0, where
        return False
    until_free(project)  # a COMMIT that was sent is carried out although its sender is dead
    said = applied(project)
    assert len(said) == len(set(said)), where
    if project.dialect != "mariadb":  # where a migration is one transaction, it is there or it is not
        assert present(project) == set(said) & set(WHOLE), where
    settle(project)
    assert applied(project) == list(STEPS[project.dialect]), where
    assert structure(project) == wanted, where
    return True


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("dialect", list(STEPS))
def test_a_sample_of_calls_fails(
    dialect: str, how: str, tmp_path: Path, request: pytest.FixtureRequest, forks: Forks
) -> None:
    wanted = expected(dialect, tmp_path / "clean", request)
    for number in SHORT[dialect]:
        with project_on(dialect, tmp_path / str(number), request) as project:
            assert fails_at(project, forks, number, how, wanted)


@pytest.mark.long
@pytest.mark.parametrize("piece", range(PIECES))
@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("dialect", list(STEPS))
def test_every_call_fails(
    dialect: str, how: str, piece: int, tmp_path: Path, request: pytest.FixtureRequest, forks: Forks
) -> None:
    wanted = expected(dialect, tmp_path / "clean", request)
    first = piece * PIECE + 1
    for number in range(first, first + PIECE):
        with project_on(dialect, tmp_path / str(number), request) as project:
            if not fails_at(project, forks, number, how, wanted):
                print(f"{dialect}, {how}: {number - 1} calls")
                assert piece > 0
                return
    assert piece < PIECES - 1, "a run makes more calls than are let fail"
