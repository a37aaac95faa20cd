"""Real projects' histories, applied to servers and compared with them.

More of them, and how to repeat that with others: ``docs/explanation/catalog.md``.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

import pytest
from sqlalchemy.engine import URL, make_url
from tools import compare_history

from migrail.dialects import get
from tests.catalog.comparing import connected, diff, looked_at, run
from tests.support.mariadb import fresh_mariadb
from tests.support.servers import fresh_database

ROOT = Path(__file__).parents[2]
SERVERS = ["postgres", "postgres_18", "mariadb", "sqlite"]


@contextmanager
def fresh(server: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database."""
    if server == "sqlite":
        yield f"sqlite:///{tmp_path / 'x.db'}"
        return
    url: URL = request.getfixturevalue(server)
    if server == "mariadb":
        with fresh_mariadb(url) as made:
            yield made.set(drivername="mariadb+pymysql").render_as_string(hide_password=False)
    else:
        with fresh_database(url) as text:
            yield text


def procrastinate() -> list[str]:
    files = resources.files("procrastinate.sql.migrations").iterdir()
    found = sorted((file.name, file.read_text()) for file in files if file.name.endswith(".sql"))
    return [text for _, text in found]


@pytest.mark.parametrize("server", ["postgres", "postgres_18"])
def test_procrastinate(server: str, request: pytest.FixtureRequest) -> None:
    url: URL = request.getfixturevalue(server)
    history = procrastinate()
    assert len(history) == 38
    with fresh_database(url) as database, connected(database) as connection:
        for text in history:
            run(connection, text)
        assert diff(connection, *history) == []
        found = looked_at(connection)
    assert len(found.tables) == 4
    assert sum(len(overloads) for overloads in found.functions.values()) == 18


@pytest.mark.parametrize("server", SERVERS)
def test_django(server: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Django's own applications, migrated by Django itself."""
    with fresh(server, request, tmp_path) as url:
        command = [sys.executable, "-m", "tests.support.django_history", url]
        answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert answer.returncode == 0, answer.stderr
        history = json.loads(answer.stdout)
        assert len(history) > 10
        with connected(url) as connection:
            assert diff(connection, *(sql for _, sql in history)) == []
            assert len(looked_at(connection).tables) > 10


EXAMPLES = sorted(path.parent for path in (ROOT / "migrations_examples").rglob("*.sql"))


@pytest.mark.parametrize("server", ["postgres", "sqlite"])
def test_the_shop(server: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    folder = ROOT / "migrations_examples" / "plain" / "migrations"
    assert compared(folder, server, request) == (0, [])


@pytest.mark.parametrize("kind", ["safe", "unsafe"])
def test_the_twins(kind: str, postgres: URL, request: pytest.FixtureRequest) -> None:
    for pair in sorted((ROOT / "migrations_examples" / "twins").iterdir()):
        files = [*compare_history.history(pair / "history"), *compare_history.history(pair / kind)]
        with compare_history.database("postgres", postgres.render_as_string(hide_password=False)) as connection:
            outcome = compare_history.play(connection, get("postgres"), files)
        assert (outcome.refused, outcome.accused, outcome.differences) == ([], [], ()), pair


def compared(folder: Path, server: str, request: pytest.FixtureRequest) -> tuple[int, list[str]]:
    """How many statements the server refuses, and in what it differs then."""
    url = None if server == "sqlite" else request.getfixturevalue(server).render_as_string(hide_password=False)
    with compare_history.database(server, url) as connection:
        outcome = compare_history.play(connection, get(server), compare_history.history(folder))
    assert outcome.objects
    return len(outcome.refused), [*outcome.accused, *compare_history.diff_lines(outcome.differences)]


def test_the_tool_prints_what_differs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "2_second.sql").write_text("ALTER TABLE t ADD COLUMN b TEXT; DROP TABLE missing;")
    (tmp_path / "1_first.sql").write_text("CREATE TABLE t (a INTEGER);")
    with compare_history.database("sqlite", None) as connection:
        outcome = compare_history.play(connection, get("sqlite"), compare_history.history(tmp_path))
    assert outcome.good
    compare_history.show(outcome)
    said = capsys.readouterr().out
    assert "2_second.sql:1 no such table: missing: DROP TABLE missing" in said
    assert "2 migrations, 3 statements, 1 refused, 1 objects, 0 differences" in said


def test_urls_are_not_needed_for_sqlite_only() -> None:
    with pytest.raises(SystemExit), compare_history.database("postgres", None):
        pass
    assert make_url("sqlite://").get_backend_name() == "sqlite"
