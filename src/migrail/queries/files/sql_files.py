"""``.sql`` files with one statement or several, each under its name if its tool writes names.

A name begins a statement, whether or not a semicolon ended the one before. A statement that cannot be read costs
that statement only: reading goes on at the next name, or behind the next line that ends with a semicolon.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from itertools import pairwise

from migrail.dialects import Dialect
from migrail.model.migration import Comment
from migrail.model.query import NotCheckable, Origin, OriginKind, Query
from migrail.model.text import Lines
from migrail.queries import statements
from migrail.queries._interface import FileSource, Found
from migrail.sql.split import Flaw, split

MAX_RESTARTS = 100
"""How often reading goes on behind what never ends; a file with more of it is no SQL."""

_HEADER = (
    r"(?:--|#|/\*)[ \t]*(?:name[ \t]*:|:name[ \t])[ \t]*(?P<name>[^\s^!<#$*]+)"
    r"|--[ \t]+(?P<alone>\w+)[ \t]+--[ \t]*$"
)
"""``-- name: GetUser :one`` (sqlc), ``-- name: get_user^`` (aiosql), ``-- :name get_user :one`` (PugSQL), and
``-- get_user --``.
"""
_NAME = re.compile(_HEADER, re.IGNORECASE)
_BEGINNING = re.compile(rf"^(?=[ \t]*(?:{_HEADER}))", re.IGNORECASE | re.MULTILINE)
_END = re.compile(r";[ \t]*$", re.MULTILINE)


def read(text: str, shown: str, dialect: Dialect) -> Found:
    """The statements of a file."""
    return statements.collected(_read(text, shown, dialect))


def _read(text: str, shown: str, dialect: Dialect) -> Iterator[Query | NotCheckable | None]:
    lines = Lines(text)
    starts = [0, *(found.start() for found in _BEGINNING.finditer(text)), len(text)]
    restarts = 0
    for start, end in pairwise(starts):
        while start < end:
            cut = split(text[start:end], dialect.lexical)
            for statement in cut.statements:
                origin = _origin(shown, lines.at(start + statement.span.start), _name(statement.comments))
                yield statements.read(statement.text, origin, dialect)
            start = yield from _flaws(cut.flaws, text, start, end, lines, shown)
            restarts += start < end
            if restarts == MAX_RESTARTS:
                origin = _origin(shown, lines.at(start))
                yield statements.refused("", origin, "not SQL: the rest of the file is not read")
                return


def _flaws(
    flaws: Sequence[Flaw], text: str, start: int, end: int, lines: Lines, shown: str
) -> Generator[NotCheckable, None, int]:
    """What could not be cut into statements, and where reading goes on."""
    if not flaws:
        return end
    inside = Lines(text[start:end])
    place = end
    for flaw in flaws:
        place = start + inside.offset(flaw.line, flaw.column)
        yield statements.refused("", _origin(shown, lines.at(place)), flaw.message)
    if not flaws[-1].final:
        return end
    restart = _END.search(text, place + 1, end)
    return restart.end() if restart else end


def _origin(shown: str, place: tuple[int, int], name: str | None = None) -> Origin:
    return Origin(kind=OriginKind.FILE, path=shown, line=place[0], column=place[1], name=name)


def _name(comments: tuple[Comment, ...]) -> str | None:
    found = next((found for comment in reversed(comments) if (found := _NAME.match(comment.text))), None)
    return (found["name"] or found["alone"]) if found else None


SOURCE = FileSource(name="sql", title="SQL files", suffixes=(".sql",), read=read)
