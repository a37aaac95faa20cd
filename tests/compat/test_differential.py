"""The engine against real databases: what these refuse after a change, and only that, may be called broken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import psycopg
import pytest
from psycopg import Connection
from sqlalchemy.engine import URL, make_url

from tests.compat.databases import ask_mariadb, ask_postgres, ask_sqlite
from tests.compat.random_cases import case
from tests.compat.tables import Outcome, Table, outcomes, tables
from tests.support.mariadb import connect
from tests.support.servers import fresh_database, libpq


@pytest.fixture(scope="module")
def connection(postgres: URL) -> Iterator[Connection]:
    with (
        fresh_database(postgres) as url,
        psycopg.connect(libpq(make_url(url)), autocommit=True, prepare_threshold=None) as found,
    ):
        yield found


def differing(found: Sequence[Outcome]) -> str:
    """Everything on which database and engine differ, for people."""
    missed = [f"missed: {item}" for item in found if item.missed]
    return "\n".join([*missed, *(f"falsely certain: {item}" for item in found if item.falsely_certain)])


@pytest.mark.parametrize("table", tables("sqlite"), ids=lambda table: table.name)
def test_sqlite_agrees(table: Table) -> None:
    found = outcomes(table, "sqlite", ask_sqlite)
    assert not differing(found)
    assert any(item.refused for item in found)


@pytest.mark.parametrize("table", tables("mariadb"), ids=lambda table: table.name)
def test_mariadb_agrees(table: Table, mariadb_database: URL) -> None:
    with connect(mariadb_database) as connection:
        found = outcomes(table, "mariadb", lambda *asked: ask_mariadb(connection, *asked))
    assert not differing(found)
    assert any(item.refused for item in found)


@pytest.mark.parametrize("table", tables("postgres"), ids=lambda table: table.name)
def test_postgres_agrees(table: Table, connection: Connection) -> None:
    found = outcomes(table, "postgres", lambda *asked: ask_postgres(connection, *asked))
    assert not differing(found)
    assert any(item.refused for item in found)
    assert any(item.refused is None and not item.said for item in found)


def drawn(seed: int, connection: Connection) -> list[Outcome]:
    return outcomes(case(seed), "postgres", lambda *asked: ask_postgres(connection, *asked))


@pytest.mark.parametrize("seed", range(4))
def test_random_cases_agree(seed: int, connection: Connection) -> None:
    assert not differing(drawn(seed, connection))


@pytest.mark.long
def test_many_random_cases_agree(connection: Connection) -> None:
    found = [item for seed in range(1000, 1200) for item in drawn(seed, connection)]
    assert not differing(found)
