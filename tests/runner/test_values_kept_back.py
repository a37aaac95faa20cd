"""What a statement holds besides names: not shown where it may be a secret, and never kept in ledger or tracker."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

import pytest
from sqlalchemy.engine import make_url
from tests.support.mariadb import connect
from tests.support.project import Project

SECRET = "hunter2hunter2"


class Case(NamedTuple):
    """A statement that fails, the line of it that is shown, and what else has to be said."""

    on: str
    statement: str
    shown: str
    said: str


CASES = [
    Case("postgres", f"CREATE ROLE shop_x PASWORD '{SECRET}'", ":3:20: CREATE ROLE shop_x PASWORD ?", '"pasword"'),
    Case("postgres", f"CREATE ROLE shop_x LOGIN '{SECRET}'", ": CREATE ROLE shop_x LOGIN ?", 'at or near "?"'),
    Case("postgres", f"CREATE ROLE shop_x PASSWORD {SECRET}", ": CREATE ROLE shop_x PASSWORD ?", 'near "?"'),
    Case("postgres", f"CREATE ROLE shop_x\n  PASSWORD '{SECRET}'\n  LOGIM", "5:3: LOGIM", '"logim"'),
    Case("postgres", f"INSERT INTO nowhere VALUES ('a\n{SECRET}', 12345)", "VALUES (?", '"nowhere" does not'),
    Case("postgres", f"CREATE USER MAPPING FOR postgres SERVER none OPTIONS (password '{SECRET}')",
         "OPTIONS (password ?)", 'server "none" does not exist'),
    Case("postgres", f"DO $$\nBEGIN\n  EXECUTE 'CREATE ROLE x PASWORD ''{SECRET}''';\nEND $$", ": DO $$",
         '"pasword"'),
    Case("postgres", f"CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$\n  SELECT '{SECRET}' FROM nowhere\n$$",
         "4:32: SELECT ? FROM nowhere", 'relation "nowhere"'),
    Case("mariadb", f"CREATE USER shop_x IDENTIFED BY '{SECRET}'", "USER shop_x IDENTIFED BY ?",
         "near 'IDENTIFED BY ?'"),
    Case("mariadb", f'CREATE USER shop_x IDENTIFIED BY {SECRET}', "shop_x IDENTIFIED BY ?", "near '?'"),
    Case("mariadb", f'CREATE USER shop_x IDENTIFED BY "{60 * "x"}{SECRET}"', "BY ?", "near 'IDENTIFED BY"),
    Case("mariadb", f"INSERT INTO nowhere VALUES ('{SECRET}', 12345)", "nowhere VALUES (?, ?)", "nowhere' doesn't"),
    Case("sqlite", f"INSERT INTO nowhere VALUES ('{SECRET}', 12345)", "nowhere VALUES (?, ?)", "table: nowhere"),
    Case("sqlite", f"ATTACH '{SECRET}' '{SECRET}'", ": ATTACH ? ?", 'near "?"'),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[f"{case.on} {case.statement[:25]}" for case in CASES])
def test_a_secret_stays_in_its_file(case: Case, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    project = _project(case.on, tmp_path, request)
    _write(project, case.statement)
    result = project.run("promote", "dev")
    assert (result.code, SECRET in result.err + result.out, SECRET in _kept(project)) == (4, False, False)
    assert (case.shown in result.err, case.said in result.err) == (True, True), result.err
    assert all("failed at statement 2 of 2" in part for part in (result.err, _kept(project)))


CONFLICTS = [
    ("postgres", "Key (name)=(purple) already exists."),
    ("mariadb", "Duplicate entry 'purple' for key 'PRIMARY'"),
]


@pytest.mark.parametrize(("on", "said"), CONFLICTS)
def test_a_value_in_the_way_is_shown_and_not_kept(
    on: str, said: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    project = _project(on, tmp_path, request)
    _write(project, "INSERT INTO colors VALUES ('purple'), ('purple')")
    result = project.run("promote", "dev")
    assert (result.code, said in result.err, "purple" in _kept(project)) == (4, True, False)


def _project(on: str, root: Path, request: pytest.FixtureRequest) -> Project:
    url = "sqlite:///dev.db" if on == "sqlite" else request.getfixturevalue(f"new_{on}")()
    return Project(root, on, {"dev": url}, {})


def _write(project: Project, statement: str) -> None:
    """A migration in steps, so that its failure goes into the ledger too."""
    table = "CREATE TABLE colors (name varchar(90) PRIMARY KEY);"
    project.write("0001_colors", f"-- migrail: transaction=off\n{table}\n{statement};")


def _kept(project: Project) -> str:
    """All that the ledger and the tracker hold."""
    return f"{project.dump()}{(project.root / '.migrail' / 'tracker.db').read_bytes()!r}"


HOLDERS = [
    ("postgres", f"SELECT pg_sleep(60), '{SECRET}', count(*) FROM colors",
     "held by pid {} (postgres, nightly, active, for ",
     ": SELECT pg_sleep(60), ?, count(*) FROM colors; to end it: SELECT pg_terminate_backend({})"),
    ("mariadb", f"SELECT SLEEP(60), '{SECRET}', name FROM (SELECT 1) AS one LEFT JOIN colors ON TRUE",
     "held by perhaps connection {} (root, ",
     ": SELECT SLEEP(60), ?, name FROM (SELECT 1) AS one LEFT JOIN colors ON TRUE; to end it: KILL {}"),
    ("mariadb", "SELECT * FROM colors",
     "held by perhaps connection {} (root, ", " s); to end it: KILL {}"),
]  # fmt: skip


@pytest.mark.parametrize(("on", "query", "begins", "ends"), HOLDERS, ids=["postgres", "mariadb", "mariadb silent"])
def test_whoever_is_in_the_way_is_named_without_values(
    on: str, query: str, begins: str, ends: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """And nobody else is: none of the promotion's own connections."""
    project = _project(on, tmp_path, request)
    project.configure({}, extra='[promote]\nlock_timeout = "2s"\nlock_budget = "1s"\n')
    project.write("0001_colors", "CREATE TABLE colors (name varchar(90) PRIMARY KEY);")
    project.ok("promote", "dev")
    project.write("0002_more", "-- migrail: transaction=off\nALTER TABLE colors ADD COLUMN hue integer;")
    with _holding(project, query) as ident:
        result = project.run("promote", "dev")
    held = [line for line in result.err.splitlines() if line.startswith("  held by ")]
    assert (result.code, len(held)) == (5, 1), result.err
    assert held[0].strip().startswith(begins.format(ident)), held
    assert held[0].endswith(ends.format(ident)), held
    assert SECRET not in result.err + _kept(project)


@contextmanager
def _holding(project: Project, query: str) -> Iterator[int]:
    """Another session that runs a query in a transaction; its number."""
    if project.dialect == "postgres":
        other: Any = project.connect("dev", application_name="nightly")
        ident, end = other.info.backend_pid, other.cancel
    else:
        other = connect(make_url(project.urls["dev"]))
        other.begin()
        ident = other.thread_id()
        end = partial(project.query, "dev", f"KILL QUERY {ident}")

    def run() -> None:
        with suppress(Exception):  # it is ended in the middle
            other.cursor().execute(query)

    running = Thread(target=run)
    running.start()
    try:
        yield ident
    finally:
        end()
        running.join()
        other.close()
