"""``.sql`` files with one statement or several, each under its name if its tool writes names.

A statement that cannot be read costs that statement only: reading goes on at the next name, or behind the next line
that ends with a semicolon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from migrail.dialects import Dialect
from migrail.model.migration import Comment
from migrail.model.query import NotCheckable, Origin, OriginKind, Query
from migrail.model.text import Lines
from migrail.queries import statements
from migrail.queries._interface import FileSource, Found
from migrail.sql.split import split

MAX_RESTARTS = 100
"""How often reading goes on behind what never ends; a file with more of it is no SQL."""

_NAME = re.compile(r"(?:--|#|/\*)[ \t]*(?:name[ \t]*:|:name[ \t])[ \t]*([^\s^!<#$*]+)", re.IGNORECASE)
"""``-- name: GetUser :one`` (sqlc), ``-- name: get_user^`` (aiosql), ``-- :name get_user :one`` (PugSQL)."""
_RESTART = re.compile(
    r"^(?=[ \t]*(?:--|#|/\*)[ \t]*(?:name[ \t]*:|:name[ \t]))|;[ \t]*$", re.IGNORECASE | re.MULTILINE
)


def read(text: str, shown: str, dialect: Dialect) -> Found:
    """The statements of a file."""
    return statements.collected(_read(text, shown, dialect))


def _read(text: str, shown: str, dialect: Dialect) -> Iterator[Query | NotCheckable | None]:
    file = Origin(kind=OriginKind.FILE, path=shown, line=1)
    lines = Lines(text)
    start = 0
    for _ in range(MAX_RESTARTS):
        rest = text[start:]
        cut = split(rest, dialect.lexical)
        for statement in cut.statements:
            line, column = lines.at(start + statement.span.start)
            origin = replace(file, line=line, column=column, name=_name(statement.comments))
            yield statements.read(statement.text, origin, dialect)
        places = [start + Lines(rest).offset(flaw.line, flaw.column) for flaw in cut.flaws]
        for flaw, place in zip(cut.flaws, places, strict=True):
            line, column = lines.at(place)
            yield statements.refused("", replace(file, line=line, column=column), flaw.message)
        restart = _RESTART.search(text, places[-1] + 1) if cut.flaws and cut.flaws[-1].final else None
        if restart is None:
            return
        start = restart.end()
    yield statements.refused(
        "", replace(file, line=lines.at(start)[0]), "not SQL: the rest of the file is not read"
    )


def _name(comments: tuple[Comment, ...]) -> str | None:
    return next((found[1] for comment in reversed(comments) if (found := _NAME.match(comment.text))), None)


SOURCE = FileSource(name="sql", title="SQL files", suffixes=(".sql",), read=read)
