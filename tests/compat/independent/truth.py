"""What a server says to the queries of a case, before and after its migration. Nothing is left behind."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

import psycopg
import pymysql
from psycopg import Connection
from sqlalchemy.engine import URL

from tests.compat.independent.cases import Asked, Case
from tests.support.mariadb import connect, fresh_mariadb

Answers = tuple[list[str | None], list[str | None]]
"""For each query why the server refuses it, before and after; ``None`` where it does not."""


def of_postgres(connection: Connection, case: Case) -> Answers:
    """What PostgreSQL says; the connection commits by itself."""
    with connection.transaction(force_rollback=True):
        connection.execute(case.history.encode())
        before = [_postgres_refusal(connection, asked) for asked in case.queries]
        connection.execute(case.migration.encode())
        return before, [_postgres_refusal(connection, asked) for asked in case.queries]


def _postgres_refusal(connection: Connection, asked: Asked) -> str | None:
    try:
        with connection.transaction(force_rollback=True):
            if asked.text.startswith("COPY"):
                with connection.cursor().copy(asked.text.encode()) as rows:
                    list(rows)
            elif asked.values is None:
                connection.execute(asked.text.encode())
            else:
                connection.execute(f"PREPARE asked AS {asked.text}".encode())
                connection.execute(f"EXECUTE asked ({asked.values})".encode())
    except psycopg.Error as error:
        return str(error).partition("\n")[0]
    finally:
        connection.execute("DEALLOCATE ALL")
    return None


def of_sqlite(case: Case) -> Answers:
    """What SQLite says."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(case.history)
        before = [_sqlite_refusal(connection, asked) for asked in case.queries]
        connection.executescript(case.migration)
        return before, [_sqlite_refusal(connection, asked) for asked in case.queries]


def _sqlite_refusal(connection: sqlite3.Connection, asked: Asked) -> str | None:
    connection.execute("BEGIN")
    try:
        connection.execute(asked.text).fetchall()
    except sqlite3.Error as error:
        return str(error)
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    return None


def of_mariadb(server: URL, case: Case) -> Answers:
    """What MariaDB says, in a database of its own."""
    with fresh_mariadb(server) as url, connect(url) as connection:
        connection.autocommit(False)
        with connection.cursor() as cursor:
            _run(cursor, case.history)
            before = [_mariadb_refusal(connection, cursor, asked) for asked in case.queries]
            _run(cursor, case.migration)
            return before, [_mariadb_refusal(connection, cursor, asked) for asked in case.queries]


def _run(cursor: Any, script: str) -> None:
    for statement in script.split(";\n"):
        cursor.execute(statement.rstrip().rstrip(";"))


def _mariadb_refusal(connection: Any, cursor: Any, asked: Asked) -> str | None:
    connection.begin()
    try:
        cursor.execute(asked.text)
        while cursor.nextset():
            pass
    except pymysql.Error as error:
        return str(error)
    finally:
        connection.rollback()
    return None
