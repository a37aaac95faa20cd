"""PostgreSQL itself judges what is a statement and what is not: 15 or whatever server is given, and 18."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import Connection, errors
from sqlalchemy.engine import URL

from migrail.model.operations import Opaque
from tests.sql.postgres.objects import OBJECTS
from tests.sql.postgres.refused import REFUSED, TAKEN_ANYWAY
from tests.sql.postgres.session import NOT_RUN, SESSION
from tests.sql.postgres.since_18 import NOT_RUN_SINCE_18, SINCE_18
from tests.sql.postgres.tables import TABLES
from tests.sql.support import cut, ops
from tests.sql.telling import told
from tests.support.servers import fresh_database, libpq

SETUP = (Path(__file__).parent / "setup.sql").read_text(encoding="utf-8")
RUN = {**TABLES, **OBJECTS, **SESSION}
MEANING = {**RUN, **NOT_RUN, **SINCE_18, **NOT_RUN_SINCE_18}


@contextmanager
def _prepared(server: URL) -> Iterator[Connection]:
    with fresh_database(server) as url, psycopg.connect(libpq(url), autocommit=True) as connection:
        connection.execute(SETUP)
        yield connection


@pytest.fixture(scope="module")
def given(postgres: URL) -> Iterator[Connection]:
    """A database on the server of the other tests."""
    with _prepared(postgres) as connection:
        yield connection


@pytest.fixture(scope="module")
def newest(postgres_18: URL) -> Iterator[Connection]:
    """A database on PostgreSQL 18."""
    with _prepared(postgres_18) as connection:
        yield connection


def run(connection: Connection, sql: str) -> None:
    """Runs a statement for nothing."""
    try:
        connection.execute("BEGIN")
        connection.execute(sql)
    finally:
        connection.execute("ROLLBACK")


def is_grammar(connection: Connection, sql: str) -> bool:
    """Whether the server can parse a statement: it does that to all of a text before it runs the first of it."""
    try:
        connection.execute(f"SELECT 1 / 0; {sql}")
    except errors.DivisionByZero:
        return True
    except (errors.SyntaxError, errors.FeatureNotSupported):
        return False
    pytest.fail("a division by zero was done")


def test_there_are_enough() -> None:
    assert len(RUN) >= 450
    assert len(MEANING) == len(RUN) + len(NOT_RUN) + len(SINCE_18) + len(NOT_RUN_SINCE_18)
    assert len(REFUSED) >= 300


@pytest.mark.parametrize("sql", RUN)
def test_the_given_server_runs_it(given: Connection, sql: str) -> None:
    run(given, sql)


@pytest.mark.parametrize("sql", [*RUN, *SINCE_18])
def test_18_runs_it(newest: Connection, sql: str) -> None:
    run(newest, sql)


@pytest.mark.parametrize("sql", NOT_RUN)
def test_the_given_server_parses_it(given: Connection, sql: str) -> None:
    assert is_grammar(given, sql)


@pytest.mark.parametrize("sql", [*NOT_RUN, *NOT_RUN_SINCE_18])
def test_18_parses_it(newest: Connection, sql: str) -> None:
    assert is_grammar(newest, sql)


@pytest.mark.parametrize("sql", MEANING)
def test_it_is_understood(sql: str) -> None:
    assert "; ".join(told(operation) for operation in ops(sql)) == MEANING[sql]


@pytest.mark.parametrize("sql", REFUSED)
def test_refused_and_not_understood(given: Connection, newest: Connection, sql: str) -> None:
    assert not is_grammar(given, sql)
    assert not is_grammar(newest, sql)
    [statement] = cut(sql).statements
    assert statement.text == sql
    assert any(isinstance(operation, Opaque) for operation in ops(sql))


@pytest.mark.parametrize("sql", TAKEN_ANYWAY)
def test_refused_and_understood_all_the_same(newest: Connection, sql: str) -> None:
    """The list is to become shorter."""
    assert not is_grammar(newest, sql)
    assert not any(isinstance(operation, Opaque) for operation in ops(sql))
