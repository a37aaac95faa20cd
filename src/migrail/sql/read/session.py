"""Settings, transactions and other statements about the session."""

from __future__ import annotations

import re
from collections.abc import Callable

from migrail.model.operations import (
    AlterObject,
    Operation,
    RunCode,
    SessionCommand,
    SetVariable,
    TransactionControl,
)
from migrail.model.structure import Name
from migrail.sql.code import read_code
from migrail.sql.cursor import Cursor
from migrail.sql.expressions import value_expression
from migrail.sql.lexer import Kind
from migrail.sql.read.tails import anything

# Settings

_WORDS = {
    "TIME ZONE": "timezone",
    "ROLE": "role",
    "SESSION AUTHORIZATION": "session_authorization",
    "NAMES": "client_encoding",
    "SCHEMA": "search_path",
    "XML OPTION": "xmloption",
    "CATALOG": "catalog",
}
"""Settings with a spelling of their own, where no ``=`` or TO stands before the value (gram.y, set_rest)."""


def read_set(cursor: Cursor) -> list[Operation]:
    """Takes what follows SET."""
    if cursor.take("CONSTRAINTS"):
        if not cursor.take("ALL"):
            cursor.commas(Cursor.name)
        cursor.expect_phrase(("DEFERRED", "IMMEDIATE"))
        return [TransactionControl(verb="SET CONSTRAINTS")]
    if cursor.take("SESSION", "CHARACTERISTICS", "AS", "TRANSACTION"):
        return [SetVariable(variable="session characteristics", value=_modes(cursor, required=True))]
    local = False
    if not cursor.at("SESSION", "AUTHORIZATION"):
        local = cursor.take_one(("LOCAL", "SESSION")) == "LOCAL"
    if cursor.take("TRANSACTION"):
        if cursor.take("SNAPSHOT"):
            cursor.string()
        else:
            _modes(cursor, required=True)
        return [TransactionControl(verb="SET TRANSACTION")]
    variable, spelled = _variable(cursor)
    if not spelled and not cursor.take("TO"):
        cursor.expect("=")
    return [SetVariable(variable=variable, value=_value(cursor, several=not spelled), local=local)]


def _variable(cursor: Cursor) -> tuple[str, bool]:
    """The setting, and whether it is one of those with their own spelling."""
    for phrase, setting in _WORDS.items():
        words = phrase.split()
        if cursor.at(*words) and cursor.peek(len(words)).word not in ("=", "TO", "."):
            cursor.take(*words)
            return setting, True
    parts = [cursor.identifier()]
    while cursor.take("."):
        parts.append(cursor.label())
    return ".".join(parts).lower(), False


_JUNK = re.compile(r"[0-9]+(?:us|ms|s|min|h|d|B|kB|MB|GB|TB)")
"""A number with a unit and without quotes, which PostgreSQL refuses from 15 on."""


def _value(cursor: Cursor, *, several: bool) -> str:
    start = cursor.offset
    if _JUNK.fullmatch(cursor.peek().text):
        cursor.unexpected("which needs quotes")
    if cursor.at("INTERVAL"):
        value_expression(cursor)
    elif several:
        cursor.commas(Cursor.value)
    else:
        cursor.value()
    return cursor.since(start)


def read_reset(cursor: Cursor) -> list[Operation]:
    """Takes what follows RESET."""
    if cursor.take("ALL"):
        return [SetVariable(variable="all", value=None)]
    return [SetVariable(variable=_variable(cursor)[0], value=None)]


def read_show(cursor: Cursor) -> list[Operation]:
    """Takes what follows SHOW."""
    if not cursor.take("ALL") and not cursor.take("TRANSACTION", "ISOLATION", "LEVEL"):
        _variable(cursor)
    return [SessionCommand(verb="SHOW")]


def read_pragma(cursor: Cursor) -> list[Operation]:
    """Takes what follows PRAGMA (SQLite)."""
    name = cursor.name().name
    if cursor.take("="):
        start = cursor.offset
        cursor.value()
        return [SetVariable(variable=name.lower(), value=cursor.since(start))]
    value = cursor.group() if cursor.at("(") else None
    return [SetVariable(variable=name.lower(), value=value)]


# Transactions

_MODES = (
    "ISOLATION LEVEL SERIALIZABLE",
    "ISOLATION LEVEL REPEATABLE READ",
    "ISOLATION LEVEL READ COMMITTED",
    "ISOLATION LEVEL READ UNCOMMITTED",
    "READ WRITE",
    "READ ONLY",
    "NOT DEFERRABLE",
    "DEFERRABLE",
)


def _modes(cursor: Cursor, *, required: bool = False) -> str:
    start = cursor.offset
    if required and cursor.done:
        cursor.unexpected()
    while not cursor.done:
        cursor.expect_phrase(_MODES)
        if cursor.take(",") and cursor.done:
            cursor.unexpected()
    return cursor.since(start)


def _control(verb: str) -> list[Operation]:
    return [TransactionControl(verb=verb)]


def read_begin(cursor: Cursor) -> list[Operation]:
    """Takes what follows BEGIN."""
    if cursor.dialect.name == "sqlite":
        cursor.take_one(("DEFERRED", "IMMEDIATE", "EXCLUSIVE"))
        if cursor.take("TRANSACTION") and not cursor.done:
            cursor.identifier()
    else:
        cursor.take_one(("WORK", "TRANSACTION"))
        _modes(cursor)
    return _control("BEGIN")


def read_start(cursor: Cursor) -> list[Operation]:
    """Takes what follows START."""
    cursor.expect("TRANSACTION")
    _modes(cursor)
    return _control("BEGIN")


def _end(verb: str) -> Callable[[Cursor], list[Operation]]:
    """A reader of what follows COMMIT, END, ROLLBACK and ABORT."""

    def read(cursor: Cursor) -> list[Operation]:
        if cursor.take("PREPARED"):
            cursor.string()
            return _control(f"{verb} PREPARED")
        word = cursor.take_one(("WORK", "TRANSACTION"))
        if word and cursor.dialect.name == "sqlite" and cursor.at_name():
            cursor.identifier()
        if verb == "ROLLBACK" and cursor.take("TO"):
            cursor.take("SAVEPOINT")
            cursor.identifier()
            return _control("ROLLBACK TO")
        chain = cursor.take_phrase(("AND NO CHAIN", "AND CHAIN")) == "AND CHAIN"
        return _control(f"{verb} AND CHAIN" if chain else verb)

    return read


read_commit = _end("COMMIT")
read_rollback = _end("ROLLBACK")


def read_savepoint(cursor: Cursor) -> list[Operation]:
    """Takes what follows SAVEPOINT."""
    cursor.identifier()
    return _control("SAVEPOINT")


def read_release(cursor: Cursor) -> list[Operation]:
    """Takes what follows RELEASE."""
    cursor.take("SAVEPOINT")
    cursor.identifier()
    return _control("RELEASE")


# Code


def read_do(cursor: Cursor) -> list[Operation]:
    """Takes what follows DO."""
    language, body = "plpgsql", None
    while not cursor.done:
        if cursor.take("LANGUAGE"):
            language = cursor.string().lower() if cursor.peek().kind is Kind.STRING else cursor.label()
        elif body is None:
            body = cursor.quoted()
        else:
            cursor.unexpected()
    if body is None:
        cursor.unexpected("where the code should stand")
    # PostgreSQL itself has no DO in other languages that are read here.
    code = read_code(body, language, cursor.dialect)
    return [RunCode(verb="DO", language=language, body=body.text, operations=code.operations, unread=code.unread)]


def read_call(cursor: Cursor) -> list[Operation]:
    """Takes what follows CALL."""
    name = cursor.name(function=True)
    cursor.group()
    return [RunCode(verb="CALL", name=name)]


def read_execute(cursor: Cursor) -> list[Operation]:
    """Takes what follows EXECUTE."""
    name = cursor.identifier()
    if cursor.at("("):
        cursor.group()
    return [RunCode(verb="EXECUTE", name=Name(None, name))]


# Other statements


def read_prepare(cursor: Cursor) -> list[Operation]:
    """Takes what follows PREPARE."""
    if cursor.take("TRANSACTION"):
        cursor.string()
        return _control("PREPARE TRANSACTION")
    name = cursor.identifier()
    if cursor.at("("):
        cursor.group()
    cursor.expect("AS")
    _query_or_change(cursor)
    start = cursor.offset
    anything(cursor)
    prepared = cursor.source.part(start, cursor.peek(-1).end)
    code = read_code(prepared, "sql", cursor.dialect)
    return [
        SessionCommand(
            verb="PREPARE", name=name, body=prepared.text, operations=code.operations, unread=code.unread
        )
    ]


_QUERY = frozenset({"SELECT", "VALUES", "TABLE", "WITH", "("})
_CHANGE = frozenset({"INSERT", "UPDATE", "DELETE", "MERGE"})


def _query_or_change(cursor: Cursor) -> None:
    """What PREPARE takes (gram.y, PreparableStmt)."""
    if cursor.word not in _QUERY | _CHANGE:
        cursor.unexpected("where a query should stand")


def read_deallocate(cursor: Cursor) -> list[Operation]:
    """Takes what follows DEALLOCATE."""
    cursor.take("PREPARE")
    name = None if cursor.take("ALL") else cursor.identifier()
    return [SessionCommand(verb="DEALLOCATE", name=name)]


def read_listen(cursor: Cursor) -> list[Operation]:
    """Takes what follows LISTEN."""
    cursor.identifier()
    return [SessionCommand(verb="LISTEN")]


def read_unlisten(cursor: Cursor) -> list[Operation]:
    """Takes what follows UNLISTEN."""
    if not cursor.take("*"):
        cursor.identifier()
    return [SessionCommand(verb="UNLISTEN")]


def read_notify(cursor: Cursor) -> list[Operation]:
    """Takes what follows NOTIFY."""
    cursor.identifier()
    if cursor.take(","):
        cursor.string()
    return [SessionCommand(verb="NOTIFY")]


def read_discard(cursor: Cursor) -> list[Operation]:
    """Takes what follows DISCARD."""
    what = cursor.expect_phrase(("ALL", "PLANS", "SEQUENCES", "TEMPORARY", "TEMP"))
    return [SessionCommand(verb="DISCARD TEMP" if what == "TEMPORARY" else f"DISCARD {what}")]


def read_load(cursor: Cursor) -> list[Operation]:
    """Takes what follows LOAD."""
    cursor.string()
    return [SessionCommand(verb="LOAD")]


def read_attach(cursor: Cursor) -> list[Operation]:
    """Takes what follows ATTACH (SQLite)."""
    cursor.take("DATABASE")
    while not cursor.at("AS"):
        if cursor.at("("):
            cursor.group()
        else:
            cursor.next()
    cursor.next()
    cursor.identifier()
    if cursor.take("KEY"):
        anything(cursor)
    return [SessionCommand(verb="ATTACH DATABASE")]


def read_detach(cursor: Cursor) -> list[Operation]:
    """Takes what follows DETACH (SQLite)."""
    cursor.take("DATABASE")
    cursor.identifier()
    return [SessionCommand(verb="DETACH DATABASE")]


def read_declare(cursor: Cursor) -> list[Operation]:
    """Takes what follows DECLARE: a cursor, whose query is read when rows are fetched."""
    cursor.identifier()
    while cursor.take_phrase(("BINARY", "INSENSITIVE", "ASENSITIVE", "NO SCROLL", "SCROLL")):
        pass
    cursor.expect("CURSOR")
    cursor.take_phrase(("WITH HOLD", "WITHOUT HOLD"))
    cursor.expect("FOR")
    if cursor.word not in _QUERY:
        cursor.unexpected("where a query should stand")
    anything(cursor)
    return [SessionCommand(verb="DECLARE CURSOR")]


def read_fetch(cursor: Cursor) -> list[Operation]:
    """Takes what follows FETCH or MOVE."""
    if cursor.done:
        cursor.unexpected()
    anything(cursor)
    return [SessionCommand(verb="FETCH")]


def read_close(cursor: Cursor) -> list[Operation]:
    """Takes what follows CLOSE."""
    if not cursor.take("ALL"):
        cursor.identifier()
    return [SessionCommand(verb="CLOSE")]


def read_import(cursor: Cursor) -> list[Operation]:
    """Takes what follows IMPORT: FOREIGN SCHEMA makes tables that only the other server knows."""
    cursor.expect("FOREIGN", "SCHEMA")
    name = cursor.name()
    if cursor.done:
        cursor.unexpected()
    anything(cursor)
    return [RunCode(verb="IMPORT FOREIGN SCHEMA", name=name)]


def read_reassign(cursor: Cursor) -> list[Operation]:
    """Takes what follows REASSIGN: what one role owns in this database goes to another."""
    cursor.expect("OWNED", "BY")
    roles = cursor.commas(Cursor.label)
    cursor.expect("TO")
    cursor.label()
    return [AlterObject(object_type="OWNED", name=Name(None, role), option="REASSIGN") for role in roles]
