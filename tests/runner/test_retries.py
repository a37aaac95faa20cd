"""What a lock keeps out comes again, unless something of it may be there already; and when a try is given up."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url
from tests.faults.proxy import Proxy
from tests.support.mariadb import connect
from tests.support.project import Project, project_of

from migrail.model.errors import GuardBusy, TargetUnreachable
from migrail.runner import Address, Limits
from migrail.runner.faults import Fault, FaultKind
from migrail.runner.servers import _dead_peers, server_of
from migrail.runner.watch import Watch
from migrail.tracker import LedgerAccess

TABLES = "CREATE TABLE log (id integer);\nCREATE TABLE held (id integer);"
CODE = {
    "postgres": "-- migrail: transaction=off\n"
    "DO $$ BEGIN INSERT INTO log VALUES (1); COMMIT; ALTER TABLE held ADD COLUMN x integer; END $$;",
    "mariadb": "CALL p();",
}
PROCEDURE = (
    "CREATE PROCEDURE p() BEGIN INSERT INTO log VALUES (1); COMMIT; ALTER TABLE held ADD COLUMN x integer; END"
)


@contextmanager
def _held(project: Project) -> Iterator[None]:
    """Somebody reads the table all the time."""
    url = project.urls["dev"]
    if project.dialect == "postgres":
        with psycopg.connect(url.replace("+psycopg", "")) as other:
            other.execute("SELECT count(*) FROM held")
            yield
    else:
        with closing(connect(make_url(url))) as other, other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT count(*) FROM held")
            yield


def _project(dialect: str, root: Path, request: pytest.FixtureRequest, budget: str) -> Project:
    project = project_of(dialect, root, request)
    project.configure({}, extra=f'[promote]\nlock_timeout = "300ms"\nlock_budget = "{budget}"\n')
    project.write("0001_tables", TABLES)
    if dialect == "mariadb":
        project.write("0002_procedure", f"DELIMITER //\n{PROCEDURE}//\n")
    project.ok("promote", "dev")
    return project


@pytest.mark.parametrize("dialect", ["postgres", "mariadb"])
def test_code_that_may_have_committed_something_is_not_run_again(
    dialect: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    project = _project(dialect, tmp_path, request, "4s")
    project.write("0003_code", CODE[dialect])
    with _held(project):
        result = project.run("promote", "dev")
    assert result.code == 4, result
    assert "may have done part of its work" in result.err
    assert project.query("dev", "SELECT count(*) FROM log") == [(1,)]


def test_the_budget_begins_when_a_lock_keeps_something_out(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """However long the statements before it worked."""
    project = _project("postgres", tmp_path, request, "1s")
    project.write("0003_late", "SELECT pg_sleep(1.2);\nALTER TABLE held ADD COLUMN x integer;")
    with _held(project):
        result = project.run("promote", "dev")
    assert (result.code, "next try in" in result.err) == (5, True), result


class _Guard:
    """Its connection answers, is told that the guard is gone, or finds nobody."""

    def __init__(self, problem: Exception | None) -> None:
        self._problem = problem

    def require(self) -> None:
        if self._problem:
            raise self._problem


class _Session:
    """Nothing but what a look-out needs."""

    ident = 7

    def __init__(self) -> None:
        self.severed = threading.Event()

    def sever(self) -> None:
        self.severed.set()


@pytest.mark.parametrize(
    ("problem", "severed"), [(None, False), (GuardBusy("gone"), False), (TargetUnreachable("away"), True)]
)
def test_only_a_network_that_is_gone_ends_a_statement(
    problem: Exception | None, severed: bool, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """A pooler that gives out no more connections, or a server that is full, is none."""
    project = project_of("postgres", tmp_path, request)
    session = _Session()
    with Proxy(make_url(project.urls["dev"])) as proxy:
        proxy.stall()
        url = proxy.url.render_as_string(hide_password=False)
        address = Address.parse(url, environment="dev", target="default", root=tmp_path)
        watch = Watch(address, Limits(connect=1, lock=0.4), session, _Guard(problem), lambda *_: None)  # type: ignore[arg-type]
        with watch:
            assert session.severed.wait(6) is severed
        watch.close()


@pytest.mark.parametrize("dialect", ["postgres", "mariadb"])
def test_to_cancel_over_a_network_that_is_gone_takes_bounded_time(
    dialect: str, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_dead_peers, "_BOUND", 0.5)
    project = _project(dialect, tmp_path, request, "1s")
    with Proxy(make_url(project.urls["dev"])) as proxy:
        url = proxy.url.render_as_string(hide_password=False)
        address = Address.parse(url, environment="dev", target="default", root=tmp_path)
        session = server_of(address).open(address, Limits(), LedgerAccess(address.ledger_schema))
        with closing(session):
            proxy.stall()
            began = time.monotonic()
            session.cancel()
            assert time.monotonic() - began < 4
            session.sever()


def test_a_session_that_cannot_be_renewed_is_lost(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Each migration on MariaDB has a connection of its own."""
    project = _project("mariadb", tmp_path, request, "1s")
    with Proxy(make_url(project.urls["dev"])) as proxy:
        url = proxy.url.render_as_string(hide_password=False)
        address = Address.parse(url, environment="dev", target="default", root=tmp_path)
        session = server_of(address).open(address, Limits(connect=1), LedgerAccess(address.ledger_schema))
        session.prepare(1)
        proxy.stall()
        with pytest.raises(Fault) as caught:
            session.prepare(1)
        session.close()
    assert caught.value.kind is FaultKind.LOST
