"""SQLite itself judges what is a statement and what is not, and what a statement leaves behind."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from migrail.dialects import get
from migrail.model.operations import Opaque
from tests.catalog.comparing import connected, diff, run
from tests.dialects.reading import catalog_of
from tests.sql.sqlite.forms import FORMS, IN_TRANSACTION, REFUSED, SETUP
from tests.sql.support import cut, ops
from tests.sql.telling import told

SQLITE = get("sqlite")
STRUCTURE = [sql for sql in FORMS if sql.startswith(("CREATE", "ALTER", "DROP")) and "temp" not in sql.lower()]
"""What other sessions see."""


@pytest.fixture
def database() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(f"{SETUP}; ATTACH ':memory:' AS other;")
    yield connection
    connection.close()


def test_there_are_enough() -> None:
    assert len(FORMS) + len(IN_TRANSACTION) >= 150
    assert len(STRUCTURE) >= 80
    assert len(REFUSED) >= 80


@pytest.mark.parametrize("sql", FORMS)
def test_taken_and_understood(database: sqlite3.Connection, sql: str) -> None:
    if "AS other" in sql or 'AS "other"' in sql:
        database.execute("DETACH other")
    database.execute(sql).fetchall()
    assert "; ".join(told(operation) for operation in ops(sql, "sqlite")) == FORMS[sql]


@pytest.mark.parametrize("sql", IN_TRANSACTION)
def test_taken_and_understood_in_a_transaction(database: sqlite3.Connection, sql: str) -> None:
    database.executescript("BEGIN; SAVEPOINT s;")
    database.execute(sql)
    assert "; ".join(told(operation) for operation in ops(sql, "sqlite")) == IN_TRANSACTION[sql]


@pytest.mark.parametrize("sql", STRUCTURE)
def test_the_catalog_tells_what_is_there(tmp_path: Path, sql: str) -> None:
    with connected(f"sqlite:///{tmp_path / 'x.db'}") as connection:
        run(connection, f"{SETUP};{sql};")
        assert diff(connection, SETUP, sql) == []


@pytest.mark.parametrize("sql", REFUSED)
def test_refused_and_not_understood(database: sqlite3.Connection, sql: str) -> None:
    """Or it is understood, and said to be refused."""
    with pytest.raises(
        sqlite3.OperationalError, match=r"syntax error|incomplete input|unrecognized token|unknown table option"
    ):
        database.execute(sql)
    [statement] = cut(sql, "sqlite").statements
    assert statement.text == sql
    structure = catalog_of([SETUP], "sqlite")
    for operation in ops(sql, "sqlite"):
        if isinstance(operation, Opaque) or SQLITE.refuses(operation, structure, SQLITE.default_version):
            return
    pytest.fail(f"{sql} is taken for something that SQLite runs")
