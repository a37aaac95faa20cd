"""What EXECUTE runs in PostgreSQL, and that the server runs the same."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy.engine import URL

from migrail.model.operations import Delete, Opaque, RunCode, SessionCommand, unfolded
from tests.sql.support import script
from tests.support.servers import fresh_database, libpq

TABLES = "abc"
A, B, OTHER_A = "PREPARE p AS DELETE FROM a;\n", "PREPARE q AS DELETE FROM b;\n", "PREPARE p AS DELETE FROM c;\n"


def do(body: str) -> str:
    return f"DO $$ BEGIN {body} END $$;\n"


EXECUTED: dict[str, list[str]] = {
    A: [],
    A + B: [],
    f"{A}EXECUTE p": ["a (certain, 1)"],
    f"{A}EXECUTE P": ["a (certain, 1)"],
    f"{A}SELECT 1;\nEXECUTE p;\nEXECUTE p": ["a (certain, 1)", "a (certain, 1)"],
    f"{A}{B}EXECUTE q": ["b (certain, 2)"],
    'PREPARE "P" (int) AS DELETE FROM a WHERE id = $1;EXECUTE "P" (1)': ["a (certain, 1)"],
    "PREPARE p AS WITH gone AS (DELETE FROM a) DELETE FROM b;EXECUTE p": ["a (certain, 1)", "b (certain, 1)"],
    f"{A}EXPLAIN ANALYZE EXECUTE p": ["a (certain, 1)"],
    f"{A}EXPLAIN EXECUTE p": [],
    f"BEGIN;{A}ROLLBACK;EXECUTE p": ["a (certain, 1)"],
    # Forgotten
    f"{A}{B}DEALLOCATE q;EXECUTE p": ["a (certain, 1)"],
    f"{A}DEALLOCATE p;{OTHER_A}EXECUTE p": ["c (certain, 2)"],
    f"{A}DEALLOCATE ALL;{OTHER_A}EXECUTE p": ["c (certain, 2)"],
    f"{A}DISCARD PLANS;EXECUTE p": ["a (certain, 1)"],
    # In code
    A + do("EXECUTE 'EXECUTE p';"): ["a (certain, 1)"],
    A + do("IF false THEN EXECUTE 'EXECUTE p'; END IF;"): ["a (possible, 1)"],
    do("EXECUTE 'PREPARE p AS DELETE FROM a';") + "EXECUTE p": ["a (certain, 1)"],
    do("IF true THEN EXECUTE 'PREPARE p AS DELETE FROM a'; END IF;") + "EXECUTE p": ["a (certain, 1)"],
    do("IF true THEN EXECUTE 'PREPARE p AS DELETE FROM a'; ELSE EXECUTE 'PREPARE p AS DELETE FROM b'; END IF;")
    + "EXECUTE p": ["a (possible, 1)", "b (possible, 1)"],
    A + do("IF true THEN EXECUTE 'DEALLOCATE p'; EXECUTE 'PREPARE p AS DELETE FROM b'; END IF;") + "EXECUTE p": [
        "a (possible, 1)",
        "b (possible, 2)",
    ],
    A + do("EXECUTE 'DEALLOCATE p'; EXECUTE 'PREPARE p AS DELETE FROM b'; EXECUTE 'EXECUTE p';"): [
        "b (certain, 2)"
    ],
}
"""By script: what is deleted from, how certainly, and the line on which that stands."""

UNKNOWN = (
    "EXECUTE p",
    f"{A}EXECUTE q",
    f'{A}EXECUTE "P"',
    f"EXECUTE p;{A}",
    f"{A}DEALLOCATE p;EXECUTE p",
    f"{A}DEALLOCATE ALL;EXECUTE p",
    f"{A}DISCARD ALL;EXECUTE p",
    A + do("EXECUTE 'DEALLOCATE p'; EXECUTE 'EXECUTE p';"),
)
"""Where EXECUTE names what the session has not prepared, which the server refuses."""


@pytest.fixture(scope="module")
def server(postgres: URL) -> Iterator[str]:
    with fresh_database(postgres) as url:
        yield libpq(url)


def run(connection: psycopg.Connection, sql: str) -> None:
    for read in script(sql).statements:
        connection.execute(read.statement.text)


def deleted(sql: str) -> list[str]:
    return [
        f"{operation.table} ({inside.certainty}, {inside.span.line})"
        for operation, inside in unfolded(script(sql).operations)
        if isinstance(operation, Delete) and inside is not None
    ]


@pytest.mark.parametrize(("sql", "expected"), EXECUTED.items())
def test_what_is_prepared_is_done_where_it_is_executed(sql: str, expected: list[str]) -> None:
    assert deleted(sql) == expected
    assert all(read.understood for read in script(sql).statements)
    assert all(found.is_read for found, _ in unfolded(script(sql).operations) if isinstance(found, RunCode))


@pytest.mark.parametrize(("sql", "expected"), EXECUTED.items())
def test_the_server_does_the_same(server: str, sql: str, expected: list[str]) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        for table in TABLES:
            connection.execute(f"CREATE TEMP TABLE {table} AS SELECT 1 AS id")
        run(connection, sql)
        empty = {name for name in TABLES if not connection.execute(f"SELECT FROM {name}").fetchall()}
    said = [place.split() for place in expected]
    assert {table for table, certainty, _ in said if certainty == "(certain,"} <= empty
    assert empty <= {table for table, *_ in said}


@pytest.mark.parametrize("sql", UNKNOWN)
def test_what_was_not_prepared_is_not_known_and_fails(server: str, sql: str) -> None:
    assert deleted(sql) == []
    assert any(not found.is_read for found, _ in unfolded(script(sql).operations) if isinstance(found, RunCode))
    with psycopg.connect(server, autocommit=True) as connection:
        for table in TABLES:
            connection.execute(f"CREATE TEMP TABLE {table} ()")
        with pytest.raises(psycopg.errors.InvalidSqlStatementName):
            run(connection, sql)


def test_what_is_not_understood_is_said_where_it_runs() -> None:
    prepared = "PREPARE p AS DELETE FROM a WHERE ???? LIMIT"
    [held] = script(prepared).operations
    assert isinstance(held, SessionCommand)
    assert isinstance(held.operations[0].operation, Opaque)
    assert all(read.understood for read in script(prepared).statements)
    assert [read.understood for read in script(f"{prepared};EXECUTE p").statements] == [True, False]


def test_so_many_are_not_followed() -> None:
    many = do("".join(f"IF x THEN EXECUTE 'PREPARE p AS DELETE FROM t{n}'; END IF; " for n in range(17)))
    assert deleted(f"{many}EXECUTE p") == []
    assert not script(f"{many}EXECUTE p").statements[-1].operations[0].is_read  # type: ignore[attr-defined]


def test_the_same_code_in_two_places_stands_in_two_places() -> None:
    twice = f"{do('DELETE FROM a;')}{do('DELETE FROM a;')}"
    assert deleted(twice) == ["a (certain, 1)", "a (certain, 2)"]
