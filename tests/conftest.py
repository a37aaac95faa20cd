"""Fixtures that every test may use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from sqlalchemy.engine import URL

from migrail.model import redact
from tests.support.forking import Forks
from tests.support.mariadb import fresh_mariadb, mariadb_server
from tests.support.servers import embedded_postgres, fresh_database, postgres_server


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(pytest.mark.timeout(0))


@pytest.fixture(autouse=True)
def _secrets_of_this_test() -> Iterator[None]:
    """What one test registers as a secret is no secret in the next: the word may be an ordinary one there."""
    before = set(redact._secrets)
    yield
    redact._secrets.clear()
    redact._secrets.update(before)


@pytest.fixture(scope="session")
def postgres() -> Iterator[URL]:
    """A PostgreSQL server to make databases on."""
    with postgres_server() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_18() -> Iterator[URL]:
    """The embedded PostgreSQL 18, whatever the other server is."""
    with embedded_postgres() as url:
        yield url


@pytest.fixture
def new_postgres(postgres: URL) -> Iterator[Callable[[], str]]:
    """Makes empty PostgreSQL databases that are dropped at the end of the test."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(fresh_database(postgres))


@pytest.fixture
def postgres_database(new_postgres: Callable[[], str]) -> str:
    """The URL of one empty PostgreSQL database."""
    return new_postgres()


@pytest.fixture(scope="session")
def mariadb() -> Iterator[URL]:
    """A MariaDB server to make databases on."""
    with mariadb_server() as url:
        yield url


@pytest.fixture
def mariadb_database(mariadb: URL) -> Iterator[URL]:
    """One empty MariaDB database."""
    with fresh_mariadb(mariadb) as url:
        yield url


@pytest.fixture
def new_mariadb(mariadb: URL) -> Iterator[Callable[[], str]]:
    """Makes empty MariaDB databases that are dropped at the end of the test."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(fresh_mariadb(mariadb)).render_as_string(hide_password=False)


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    """Runs in processes of their own."""
    with Forks() as started:
        yield started
