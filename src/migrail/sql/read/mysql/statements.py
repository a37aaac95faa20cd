"""Finds the reader of a statement of MySQL and MariaDB by its first word."""

from __future__ import annotations

from collections.abc import Callable

from migrail.model.operations import Operation, SessionCommand
from migrail.sql.cursor import Cursor
from migrail.sql.read.data import read_data
from migrail.sql.read.mysql import data, session
from migrail.sql.read.mysql.objects import read_alter, read_create, read_drop
from migrail.sql.read.tails import anything

_QUERIES = frozenset({"SELECT", "WITH", "VALUES", "TABLE", "("})

_READERS: dict[str, Callable[[Cursor], list[Operation]]] = {
    "CREATE": read_create,
    "ALTER": read_alter,
    "DROP": read_drop,
    **data.READERS,
    **session.READERS,
}


def read_statement(cursor: Cursor) -> list[Operation]:
    """Takes a whole statement. Nothing but comments that are not for this server is a statement without effect."""
    word = cursor.word
    if cursor.done:
        return [SessionCommand(verb="COMMENT")]
    if word in _QUERIES:
        return read_data(cursor)
    if word in ("EXPLAIN", "DESCRIBE", "DESC"):
        return _explained(cursor)
    if cursor.at("SET", "STATEMENT"):
        return _set_statement(cursor)
    if word == "ANALYZE" and cursor.peek(1).word not in _MAINTAINED:
        return _analyzed(cursor)
    if cursor.at("LOAD", "INDEX"):
        anything(cursor)
        return [SessionCommand(verb="LOAD INDEX")]
    if word == "LOAD":
        cursor.next()
        return data.read_load(cursor)
    reader = _READERS.get(word)
    if reader is None:
        cursor.unexpected("where a statement should begin")
    cursor.next()
    return reader(cursor)


def _explained(cursor: Cursor) -> list[Operation]:
    """EXPLAIN ANALYZE of MySQL takes queries only, so nothing that is explained changes anything."""
    cursor.next()
    if cursor.done:
        cursor.unexpected()
    anything(cursor)
    return [SessionCommand(verb="EXPLAIN")]


_MAINTAINED = frozenset({"TABLE", "TABLES", "LOCAL", "NO_WRITE_TO_BINLOG"})


def _analyzed(cursor: Cursor) -> list[Operation]:
    """ANALYZE [FORMAT = JSON] statement (MariaDB) runs the statement, and so means what that means."""
    cursor.next()
    if cursor.take("FORMAT"):
        cursor.expect("=")
        cursor.identifier()
    if cursor.word not in _ANALYZED:
        cursor.unexpected("where a query should stand")
    return [SessionCommand(verb="EXPLAIN"), *read_statement(cursor)]


_ANALYZED = frozenset({"SELECT", "WITH", "VALUES", "INSERT", "REPLACE", "UPDATE", "DELETE", "("})


def _set_statement(cursor: Cursor) -> list[Operation]:
    """SET STATEMENT variable = value FOR statement (MariaDB)."""
    cursor.take("SET", "STATEMENT")
    while not cursor.at("FOR"):
        if cursor.at("("):
            cursor.group()
        else:
            cursor.next()
    cursor.next()
    if cursor.at("SET", "STATEMENT"):
        cursor.unexpected()
    return read_statement(cursor)
