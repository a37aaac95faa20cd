"""What a source of queries is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from migrail.dialects import Dialect
from migrail.model.query import NotCheckable, Query


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What was found in one place."""

    queries: tuple[Query, ...] = ()
    unreadable: tuple[NotCheckable, ...] = ()
    """What should have been a query and could not be taken as one."""

    def __add__(self, other: Found) -> Found:
        return Found(queries=self.queries + other.queries, unreadable=self.unreadable + other.unreadable)


@dataclass(frozen=True, kw_only=True, slots=True)
class FileSource:
    """A kind of file that holds queries."""

    name: str
    title: str
    suffixes: tuple[str, ...]
    """The ends of the names of such files, in lower case: ``.sql``."""
    read: Callable[[str, str, Dialect], Found]
    """``read(text, shown, dialect)``: the queries of a file; ``shown`` is the file as the user would type it."""
    observed: bool = False
    """Whether it tells what was seen running, which stays true whatever a change does to the file."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelSource:
    """A mapper whose classes tell what is read and written."""

    name: str
    title: str
    matches: Callable[[str], bool]
    """Whether a reference names classes of this mapper."""
    program: str
    """The file beside the module that knows how to describe them; it runs in a process of its own."""
