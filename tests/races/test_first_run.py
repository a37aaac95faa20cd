"""Many promotions begin at once on an empty database: each migration is applied once, and nobody sees an error.

The tracker is made in the same race.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from migrail.tracker import LedgerReader
from tests.support.forking import Forks
from tests.support.mariadb import connect, fresh_mariadb
from tests.support.project import SHOP, Project
from tests.support.servers import fresh_database

RACERS = 8


def race(dialect: str, root: Path, request: pytest.FixtureRequest, forks: Forks) -> None:
    """One race on a fresh database."""
    root.mkdir()
    with _fresh(dialect, "dev", request) as url, _fresh(dialect, "tracker", request) as tracker:
        _race(Project(root, dialect, {"dev": url}, {}), tracker, forks)


@contextmanager
def _fresh(dialect: str, name: str, request: pytest.FixtureRequest) -> Iterator[str]:
    if dialect == "sqlite":
        yield f"sqlite:///{name}.db"
    elif dialect == "postgres":
        with fresh_database(request.getfixturevalue("postgres")) as url:
            yield url
    else:
        with fresh_mariadb(request.getfixturevalue("mariadb")) as made:
            yield made.render_as_string(hide_password=False)


def _race(project: Project, tracker: str, forks: Forks) -> None:
    project.configure({}, extra=f'tracker = "{tracker}"\n[promote]\nguard_timeout = "60s"\n')
    project.write_all(SHOP)
    project.write("0004_row", "INSERT INTO customers (id, email) VALUES (1, 'ana@shop.example');")
    racers = [forks.start(project.root, "promote", "dev") for _ in range(RACERS)]
    ended = [forks.wait(racer) for racer in racers]
    assert [each for each in ended if each.code] == []
    project.ok("promote", "dev")
    rows = project.query("dev", "SELECT migration FROM migrail_ledger WHERE kind = 'applied' ORDER BY sequence")
    assert [id for (id,) in rows] == [*SHOP, "0004_row"]
    assert project.query("dev", "SELECT count(*) FROM migrail_identity") == [(1,)]
    assert project.query("dev", "SELECT count(*) FROM customers") == [(1,)]


@pytest.mark.parametrize("dialect", ["postgres", "mariadb", "sqlite"])
def test_first_runs(dialect: str, tmp_path: Path, request: pytest.FixtureRequest, forks: Forks) -> None:
    """Several races, since one may go well by chance."""
    for number in range(2):
        race(dialect, tmp_path / str(number), request, forks)


@pytest.mark.long
@pytest.mark.parametrize("number", range(100))
@pytest.mark.parametrize("dialect", ["postgres", "mariadb", "sqlite"])
def test_a_hundred_first_runs(
    dialect: str, number: int, tmp_path: Path, request: pytest.FixtureRequest, forks: Forks
) -> None:
    race(dialect, tmp_path / str(number), request, forks)


@pytest.mark.parametrize("dialect", ["postgres", "mariadb"])
def test_a_first_run_between_two_looks(
    dialect: str, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one who looks sees no ledger yet, then the tables that came behind it, and must look again.

    A file of SQLite that is not there yet is not looked into.
    """
    is_empty, others = LedgerReader._is_empty, [0]

    def is_empty_afterwards(ledger: LedgerReader) -> bool:
        if not others[0]:
            others[0] += 1
            said, _ = project.start("promote", "dev", together=True).communicate(timeout=60)
            assert "dev" in said
        return is_empty(ledger)

    with _fresh(dialect, "dev", request) as url:
        project = Project(tmp_path, dialect, {"dev": url}, {})
        project.write_all(SHOP)
        monkeypatch.setattr(LedgerReader, "_is_empty", is_empty_afterwards)
        project.ok("promote", "dev")
        assert others == [1]
        assert {cells["dev"] for cells in project.states().values()} == {"applied"}
        rows = project.query("dev", "SELECT count(*) FROM migrail_ledger WHERE kind = 'applied'")
        assert rows == [(len(SHOP),)]


@pytest.mark.parametrize("made", [("migrail_identity",), ("migrail_identity", "migrail_journal", "migrail_ledger")])
def test_tables_that_a_killed_first_run_made_are_used(
    made: tuple[str, ...], tmp_path: Path, new_mariadb: Callable[[], str]
) -> None:
    """On MariaDB each is there as soon as it is made, and the identity is written last."""
    project = Project(tmp_path, "mariadb", {"dev": new_mariadb()}, {})
    project.write_all(SHOP)
    project.ok("promote", "dev")
    model, killed = make_url(project.urls["dev"]), make_url(new_mariadb())
    with connect(killed) as connection, connection.cursor() as cursor:
        for table in made:
            cursor.execute(f"CREATE TABLE {table} LIKE `{model.database}`.{table}")
    project.urls["dev"] = killed.render_as_string(hide_password=False)
    project.configure({})
    (tmp_path / ".migrail" / "tracker.db").unlink()
    project.ok("promote", "dev")
    assert set(project.states()) == set(SHOP)
    assert {cells["dev"] for cells in project.states().values()} == {"applied"}
