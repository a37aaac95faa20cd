"""Something in between goes on to acknowledge and passes nothing on: nobody waits for ever, whatever was asked."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from migrail.dialects import get
from migrail.model.errors import TargetUnreachable
from migrail.model.ledger import Draft, JournalEvent, LedgerKind, Note, Seal
from migrail.model.rows import QueryError
from migrail.runner import Address, DriverDatabase, Limits, guarded, reading
from migrail.runner.connect import clearing
from migrail.runner.inspect import inspect
from migrail.runner.journal import Journal
from migrail.runner.servers import _dead_peers
from migrail.tracker import LedgerAccess
from tests.faults.proxy import Proxy
from tests.faults.sweeps import BEFORE, STEPS, finished, project_on, rows_of
from tests.support.project import Project

LIMITS = Limits(connect=1, guard=0.3)
NOTE = Note(event=JournalEvent.INTENT, migration="0001_a", attempt=1, statement=1, digest="x")
SERVERS = ("postgres", "mariadb")


def _guard(address: Address, stack: ExitStack) -> Callable[[], object]:
    return stack.enter_context(guarded(address, LIMITS)).require


def _journal(address: Address, stack: ExitStack) -> Journal:
    journal = Journal(address=address, limits=LIMITS, ledger=LedgerAccess(address.ledger_schema))
    stack.callback(journal.close)
    journal.read("0001_a", 0)  # opens the connection that is kept
    return journal


def _writing(address: Address, stack: ExitStack) -> Callable[[], object]:
    journal = _journal(address, stack)
    return lambda: journal.write(NOTE, (0, ""))


def _appending(address: Address, stack: ExitStack) -> Callable[[], object]:
    journal = _journal(address, stack)
    row = Draft(kind=LedgerKind.APPLIED, migration="0001_a", digests=None, batch="b", actor="ana", tool_version="1")
    return lambda: journal.append(Seal(after=(0, ""), row=row))


def _tracker(address: Address, stack: ExitStack) -> Callable[[], object]:
    database = stack.enter_context(closing(DriverDatabase(address, LIMITS)))

    def ask() -> object:
        with database.rows() as rows:
            return rows.all("SELECT 1 AS one")

    ask()
    return ask


@pytest.mark.parametrize("dialect", SERVERS)
@pytest.mark.parametrize("question", [_guard, _writing, _appending, _tracker])
def test_a_question_without_an_answer(
    question: Callable[[Address, ExitStack], Callable[[], object]],
    dialect: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with project_on(dialect, tmp_path, request) as project, Proxy(make_url(project.urls["dev"])) as proxy:
        project.write("0000_first", "CREATE TABLE first (id integer);")
        project.ok("promote", "dev")
        url = proxy.url.render_as_string(hide_password=False)
        address = Address.parse(url, environment="dev", target="default", root=tmp_path)
        with ExitStack() as stack:
            ask = question(address, stack)
            monkeypatch.setattr(_dead_peers, "UNANSWERED", 300)
            proxy.stall()
            began = time.monotonic()
            with pytest.raises((TargetUnreachable, QueryError), match="no answer within 0"):
                ask()
            assert time.monotonic() - began >= 0.3
            proxy.resume()


@pytest.mark.parametrize(("begun", "seconds"), [(False, "0.5"), (True, "5")])
def test_the_structure_is_waited_for_ten_times_as_long(
    begun: bool, seconds: str, tmp_path: Path, postgres_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask() -> None:
        with reading(address, LIMITS) as connection:
            if begun:
                connection.exec_driver_sql("SELECT 1")
            proxy.stall()
            inspect(connection, get("postgres"))

    with Proxy(make_url(postgres_database)) as proxy:
        url = proxy.url.render_as_string(hide_password=False)
        address = Address.parse(url, environment="dev", target="default", root=tmp_path)
        monkeypatch.setattr(_dead_peers, "UNANSWERED", 500)
        with pytest.raises(TargetUnreachable, match=f"no answer within {seconds} s"):
            ask()
        proxy.resume()


@pytest.mark.parametrize("dialect", SERVERS)
def test_clearing_away_is_waited_for_as_long_as_locks_are(
    dialect: str, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And then as long as the structure is."""
    with project_on(dialect, tmp_path, request) as project, Proxy(make_url(project.urls["dev"])) as proxy:
        url = proxy.url.render_as_string(hide_password=False)
        address = Address.parse(url, environment="dev", target="default", root=tmp_path)
        monkeypatch.setattr(_dead_peers, "UNANSWERED", 200)

        def clear() -> None:
            with clearing(address, replace(LIMITS, budget=2.5)) as connection:
                proxy.stall()
                connection.exec_driver_sql("DROP INDEX IF EXISTS i")

        with pytest.raises(TargetUnreachable, match=r"no answer within 4\.5 s"):
            clear()
        proxy.resume()


@pytest.mark.long
@pytest.mark.parametrize("dialect", SERVERS)
def test_a_stall_at_any_message(dialect: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Every seventh message of a promotion in steps is the last one that passes."""
    number = 1
    while _stalls_at(number, dialect, tmp_path / str(number), request):
        number += 7
    assert number > 40


def _stalls_at(number: int, dialect: str, root: Path, request: pytest.FixtureRequest) -> bool:
    """Whether there was an n-th message; then the promotion ended soon, and the next one goes on."""
    root.mkdir()
    with project_on(dialect, root, request) as project, Proxy(make_url(project.urls["dev"])) as proxy:
        project.write("0001_before", BEFORE[dialect].format(t="t0"))
        project.write("0002_steps", STEPS[dialect].format(t="t0"))
        near = project.urls
        project.urls = {"dev": proxy.url.render_as_string(hide_password=False)}
        project.configure({})
        proxy.stall_at(number)
        began = time.monotonic()
        done = project.run("promote", "dev")
        took = time.monotonic() - began
        stalled = proxy.stalls
        print(f"{dialect}, message {number}: code {done.code} after {took:.1f} s: {done.err.splitlines()[:1]}")
        assert "Traceback" not in done.err
        assert (done.code in {4, 5}) == stalled, done
        assert took < 60
        proxy.resume()
        project.urls = near
        _comes_through(project)
        return stalled


def _comes_through(project: Project) -> None:
    project.configure({}, extra='[promote]\nguard_timeout = "120s"\n')
    project.ok("promote", "dev")
    assert all(len(rows_of(project, id, "applied")) == 1 for id in ("0001_before", "0002_steps"))
    assert all(finished(project, "t0"))
