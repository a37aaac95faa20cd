"""What the files of captures share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from migrail.dialects import Dialect
from migrail.model.query import NotCheckable, Origin, OriginKind, Query
from migrail.queries import rows, statements
from migrail.queries._interface import Found
from migrail.queries.capture import NotACapture

_LIST_OF_VALUES = re.compile(r"\bIN\s*\(\s*\.\.\.\s*\)", re.IGNORECASE)
_CUT = re.compile(r"(?:\.\.\.|…)\s*\Z")
_ELLIPSIS = re.compile(r"\(\s*\.\.\.\s*\)")
_MORE = re.compile(r"\?\s*,\s*\.\.\.")
_REPEATED = re.compile(r"/\*\s*,\s*\.\.\.\s*\*/")


def read(
    text: str, shown: str, dialect: Dialect, rows_of: Callable[[str], Iterator[tuple[int, str, int | None]]]
) -> Found:
    """The queries of a capture. What is wrong with the file ends it; what came before counts."""
    return statements.collected(_read(text, shown, dialect, rows_of))


def _read(
    text: str, shown: str, dialect: Dialect, rows_of: Callable[[str], Iterator[tuple[int, str, int | None]]]
) -> Iterator[Query | NotCheckable | None]:
    try:
        for line, query, calls in rows_of(text):
            yield _query(query.strip().rstrip(";"), _origin(shown, line, calls), dialect)
    except NotACapture as error:
        yield statements.refused("", _origin(shown, error.line, None), error.message)


def _query(text: str, origin: Origin, dialect: Dialect) -> Query | NotCheckable | None:
    """MariaDB writes ``(...)`` and ``?, ...`` for rows and lists; servers cut long texts with three dots."""
    if not text:
        return None
    text = _REPEATED.sub("", _LIST_OF_VALUES.sub("IN (?)", text))
    text, more = _MORE.subn("?", rows.written_out(text))
    if _CUT.search(text):
        return statements.refused(text, origin, "cut off by the server, which keeps the beginning only")
    text, lists = _ELLIPSIS.subn("(?)", text)
    return statements.read(text, origin, dialect, holes=more + lists > 0)


def _origin(shown: str, line: int, calls: int | None) -> Origin:
    return Origin(kind=OriginKind.CAPTURE, path=shown, line=line, calls=calls)
