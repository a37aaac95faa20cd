"""What the deployed application runs, and where that is known from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class OriginKind(StrEnum):
    """How a query became known."""

    FILE = "file"
    """A statement of a ``.sql`` file."""
    SOURCE = "source"
    """A string in the application's source."""
    CAPTURE = "capture"
    """Seen on a server, from a capture file."""
    MODEL = "model"
    """What a mapped class reads or writes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """The place a query came from; lines and columns count from 1."""

    kind: OriginKind
    path: str
    """As printed: relative to the project where it lies inside."""
    line: int
    column: int = 1
    name: str | None = None
    """What the author calls it: the ``-- name:`` header, the function around the string, the mapped class."""
    calls: int | None = None
    """How often it was seen running; captures only."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """A statement that the deployed application runs."""

    text: str
    """As its author wrote it, placeholders included; one statement, without the semicolon."""
    origin: Origin
    holes: bool = False
    """Whether parts of the text are only known when it runs: what follows from it is possible, never certain."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NotCheckable:
    """Something that should have been a query and could not be taken as one; never counted as fine."""

    origin: Origin
    text: str
    """All of it as far as it is known, since what it names counts; reports cut it."""
    reason: str
    """Why, in a few words: templated SQL, not SQL, table not in the structure, ..."""


class Certainty(StrEnum):
    """How sure it is that a query suffers."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    """It depends on data, on placeholders, or on what readers do with the result."""


class Effect(StrEnum):
    """What happens to a query."""

    FAILS = "fails"
    CHANGES = "changes"
    """It works, and means or returns something else."""


@dataclass(frozen=True, kw_only=True, slots=True)
class BrokenQuery:
    """A query that works on the structure before a migration, and not as before on the structure after it."""

    query: Query
    migration: str
    path: str
    """Of the migration."""
    statement: int
    """The number of its statement that does it, from 1."""
    line: int
    """The line of that statement in the migration."""
    effect: Effect
    certainty: Certainty
    reason: str
    """One line without full stop, naming the object."""
