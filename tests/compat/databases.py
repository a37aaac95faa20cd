"""What real databases say to queries before and after a change. Nothing of it stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing

import psycopg
import pymysql
from psycopg import Connection

from tests.compat.tables import Asked, Refusals


def ask_postgres(
    connection: Connection, history: str, change: str, queries: Sequence[Asked]
) -> tuple[Refusals, Refusals]:
    """On a connection in autocommit mode; a history and a change that fail are errors of the table."""
    with connection.transaction(force_rollback=True):
        connection.execute(history.encode())
        before = [_postgres(connection, query) for query in queries]
        connection.execute(change.encode())
        connection.execute("RESET search_path")
        return before, [_postgres(connection, query) for query in queries]


def _postgres(connection: Connection, query: Asked) -> str | None:
    try:
        with connection.transaction(force_rollback=True):
            if query.values is None:
                connection.execute(query.text.encode())
            else:
                connection.execute(f"PREPARE asked AS {query.text}".encode())
                connection.execute(f"EXECUTE asked ({query.values})".encode())
    except psycopg.Error as error:
        return str(error).partition("\n")[0]
    finally:
        connection.execute("DEALLOCATE ALL")
    return None


def ask_mariadb(
    connection: pymysql.Connection[pymysql.cursors.Cursor], history: str, change: str, queries: Sequence[Asked]
) -> tuple[Refusals, Refusals]:
    """In the database of the connection, which is made anew first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT database()")
        ((name,),) = cursor.fetchall()
        for statement in (f"DROP DATABASE {name}", f"CREATE DATABASE {name}", f"USE {name}"):
            cursor.execute(statement)
        for statement in _statements(history):
            cursor.execute(statement)
        before = [_mariadb(cursor, query) for query in queries]
        for statement in _statements(change):
            cursor.execute(statement)
        return before, [_mariadb(cursor, query) for query in queries]


def _mariadb(cursor: pymysql.cursors.Cursor, query: Asked) -> str | None:
    try:
        cursor.execute("START TRANSACTION")
        cursor.execute(query.text)
        cursor.fetchall()
    except pymysql.Error as error:
        return str(error)
    finally:
        cursor.execute("ROLLBACK")
    return None


def ask_sqlite(history: str, change: str, queries: Sequence[Asked]) -> tuple[Refusals, Refusals]:
    """In memory."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.executescript(history)
        before = [_sqlite(connection, query) for query in queries]
        connection.executescript(change)
        return before, [_sqlite(connection, query) for query in queries]


def _sqlite(connection: sqlite3.Connection, query: Asked) -> str | None:
    connection.execute("SAVEPOINT asked")
    try:
        connection.execute(query.text).fetchall()
    except sqlite3.Error as error:
        return str(error)
    finally:
        connection.execute("ROLLBACK TO asked")
        connection.execute("RELEASE asked")
    return None


def _statements(text: str) -> list[str]:
    return [part.strip() for part in text.split(";\n") if part.strip().rstrip(";")]
