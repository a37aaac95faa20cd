"""Files that hold queries. One kind is one module that holds a ``SOURCE``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from migrail.dialects import Dialect
from migrail.model.decode import decode
from migrail.model.errors import InputError
from migrail.model.query import NotCheckable, Origin, OriginKind
from migrail.model.registry import members
from migrail.queries._interface import FileSource, Found

MAX_BYTES = 32 * 1024 * 1024
"""Larger files are not read: no one writes them, and a generated dump holds no query."""


@cache
def sources() -> Mapping[str, FileSource]:
    """All kinds of files by name."""
    return members(__name__, "SOURCE", FileSource, lambda source: source.name)


@cache
def of_suffix(suffix: str) -> FileSource | None:
    """The kind of files whose names end so."""
    return next((source for source in sources().values() if suffix.lower() in source.suffixes), None)


def suffixes() -> list[str]:
    """The ends of all names that a kind of file claims."""
    return sorted(suffix for source in sources().values() for suffix in source.suffixes)


def read(source: FileSource, content: bytes, shown: str, dialect: Dialect) -> Found:
    """The queries of a file, given its bytes; whatever is wrong with them is part of the answer."""
    if len(content) > MAX_BYTES:
        return refused(shown, f"larger than {MAX_BYTES // 1024 // 1024} MB, which is not read")
    try:
        text = decode(content, shown)
    except InputError as error:
        (flaw,) = error.problems
        return refused(shown, flaw.message, flaw.line or 1)
    return source.read(text, shown, dialect)


def refused(shown: str, reason: str, line: int = 1, kind: OriginKind = OriginKind.FILE) -> Found:
    """The answer for a file that cannot be read."""
    origin = Origin(kind=kind, path=shown, line=line)
    return Found(unreadable=(NotCheckable(origin=origin, text="", reason=reason),))
