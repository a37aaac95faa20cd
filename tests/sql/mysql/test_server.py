"""MariaDB itself judges what is a statement and what is not."""

from __future__ import annotations

from collections.abc import Iterator

import pymysql
import pytest
from pymysql.connections import Connection
from sqlalchemy.engine import URL

from migrail.dialects import get
from migrail.model.migration import Statement
from migrail.model.operations import Opaque
from migrail.model.text import Lines
from migrail.sql.read import read
from migrail.sql.split import split
from tests.sql.mysql.forms import ACCEPTED, REFUSED, SETUP, lines
from tests.support.mariadb import connect, fresh_mariadb

SYNTAX = {1064, 1149, 1327, 1800, 4161}
"""Parse errors, and unknown variables, algorithms and types."""


@pytest.fixture
def connection(mariadb_database: URL) -> Iterator[Connection]:
    made = connect(mariadb_database)
    with made.cursor() as cursor:
        for statement in split(SETUP, get("mariadb").lexical).statements:
            cursor.execute(statement.text)
    yield made
    made.close()


def refused(connection: Connection, sql: str) -> str | None:
    """The server's words, where it does not know the grammar."""
    with connection.cursor() as cursor:
        try:
            cursor.execute(sql)
        except pymysql.MySQLError as error:
            return str(error) if error.args[0] in SYNTAX else None
        else:
            while cursor.nextset():
                pass
    return None


def one(sql: str) -> Statement:
    return Statement(number=1, text=sql, span=Lines(sql).span(0, len(sql)), comments=(), inner_comments=())


def understood(sql: str, dialect: str = "mariadb") -> str | None:
    """``None``, or why it was not understood."""
    operations = read(one(sql), get(dialect))
    return next((operation.reason for operation in operations if isinstance(operation, Opaque)), None)


@pytest.mark.parametrize("sql", ACCEPTED)
def test_what_the_server_takes_is_understood(connection: Connection, sql: str) -> None:
    assert refused(connection, sql) is None
    assert understood(sql) is None


@pytest.mark.parametrize("sql", lines(REFUSED))
def test_what_is_no_statement_is_opaque(connection: Connection, sql: str) -> None:
    assert refused(connection, sql) is not None
    assert understood(sql) is not None


@pytest.mark.parametrize("sql", ACCEPTED)
def test_it_is_one_statement(sql: str) -> None:
    found = split(f"{sql}\n;\nSELECT 1", get("mariadb").lexical)
    assert found.flaws == ()
    first, second = found.statements
    assert (first.text, second.text) == (sql.partition(" # ")[0], "SELECT 1")


def test_databases_go_away(mariadb: URL) -> None:
    with fresh_mariadb(mariadb) as url:
        name = url.database
    with connect(mariadb.set(database=None)) as connection, connection.cursor() as cursor:
        cursor.execute("SHOW DATABASES")
        assert name not in {row[0] for row in cursor.fetchall()}
