"""VACUUM, ANALYZE, CLUSTER, CHECKPOINT and LOCK."""

from __future__ import annotations

from migrail.model.operations import LockTable, Maintain, Operation
from migrail.model.structure import Name
from migrail.sql.cursor import Cursor
from migrail.sql.expressions import value_expression
from migrail.sql.lexer import Kind
from migrail.sql.read.data import table_of_list
from migrail.sql.read.tails import is_on, options

_MODES = (
    "ACCESS SHARE",
    "ROW SHARE",
    "ROW EXCLUSIVE",
    "SHARE UPDATE EXCLUSIVE",
    "SHARE ROW EXCLUSIVE",
    "SHARE",
    "EXCLUSIVE",
    "ACCESS EXCLUSIVE",
)


def read_vacuum(cursor: Cursor) -> list[Operation]:
    """Takes what follows VACUUM."""
    if cursor.dialect.name == "sqlite":
        if not cursor.done and not cursor.at("INTO"):
            cursor.identifier()
        if cursor.take("INTO"):
            value_expression(cursor)
        return [Maintain(verb="VACUUM")]
    full = False
    if cursor.at("("):
        full = is_on(options(cursor), "FULL")
    else:
        while word := cursor.take_one(("FULL", "FREEZE", "VERBOSE", "ANALYZE", "ANALYSE")):
            full = full or word == "FULL"
    return _maintain(cursor, "VACUUM FULL" if full else "VACUUM")


def read_analyze(cursor: Cursor) -> list[Operation]:
    """Takes what follows ANALYZE."""
    if cursor.at("("):
        options(cursor)
    elif cursor.dialect.name == "postgres":
        cursor.take("VERBOSE")
    elif cursor.dialect.name == "sqlite" and cursor.peek(1).kind is Kind.END and cursor.take_one(("MAIN", "TEMP")):
        return [Maintain(verb="ANALYZE")]
    return _maintain(cursor, "ANALYZE")


def _maintain(cursor: Cursor, verb: str) -> list[Operation]:
    if cursor.done:
        return [Maintain(verb=verb)]
    return [Maintain(verb=verb, table=table) for table in cursor.commas(_table)]


def _table(cursor: Cursor) -> Name:
    table = table_of_list(cursor)
    if cursor.at("("):
        cursor.names()
    return table


def read_cluster(cursor: Cursor) -> list[Operation]:
    """Takes what follows CLUSTER."""
    if cursor.at("("):
        options(cursor)
    else:
        cursor.take("VERBOSE")
    if cursor.done:
        return [Maintain(verb="CLUSTER")]
    table = cursor.name()
    if cursor.take("ON"):
        table = cursor.name()
    elif cursor.take("USING"):
        cursor.identifier()
    return [Maintain(verb="CLUSTER", table=table)]


def read_checkpoint(cursor: Cursor) -> list[Operation]:
    """Takes what follows CHECKPOINT."""
    if cursor.at("("):
        options(cursor)
    return [Maintain(verb="CHECKPOINT")]


def read_lock(cursor: Cursor) -> list[Operation]:
    """Takes what follows LOCK."""
    cursor.take("TABLE")
    tables = cursor.commas(table_of_list)
    mode = "ACCESS EXCLUSIVE"
    if cursor.take("IN"):
        mode = cursor.expect_phrase(_MODES)
        cursor.expect("MODE")
    cursor.take("NOWAIT")
    return [LockTable(table=table, mode=mode) for table in tables]
