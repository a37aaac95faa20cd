"""``.sql`` files with one statement or several, each under its name if its tool writes names."""

from __future__ import annotations

import re

from migrail.dialects import Dialect
from migrail.model.migration import Statement
from migrail.model.query import NotCheckable, Origin, OriginKind, Query
from migrail.queries._interface import FileSource, Found
from migrail.sql.split import split

_NAME = re.compile(r"--[ \t]*(?:name[ \t]*:|:name)[ \t]*([^\s^!<#$*]+)", re.IGNORECASE)
"""``-- name: GetUser :one`` (sqlc), ``-- name: get_user^`` (aiosql), ``-- :name get_user :one`` (PugSQL)."""


def read(text: str, shown: str, dialect: Dialect) -> Found:
    """The statements of a file."""
    cut = split(text, dialect.lexical)
    unreadable = tuple(
        NotCheckable(
            origin=Origin(kind=OriginKind.FILE, path=shown, line=flaw.line, column=flaw.column),
            text="",
            reason=flaw.message,
        )
        for flaw in cut.flaws
    )
    return Found(queries=tuple(_query(statement, shown) for statement in cut.statements), unreadable=unreadable)


def _query(statement: Statement, shown: str) -> Query:
    span = statement.span
    name = next(
        (found[1] for comment in reversed(statement.comments) if (found := _NAME.match(comment.text))), None
    )
    origin = Origin(kind=OriginKind.FILE, path=shown, line=span.line, column=span.column, name=name)
    return Query(text=statement.text, origin=origin)


SOURCE = FileSource(name="sql", title="SQL files", suffixes=(".sql",), read=read)
