"""What stands inside code, and code that runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from migrail.model.operations._base import Operation
from migrail.model.structure import Name
from migrail.model.text import Span


class Certainty(StrEnum):
    """Whether something inside code takes effect when the code runs to its end."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    """Only under a condition, in a loop, behind a RETURN, or where a handler may undo it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Inner:
    """An operation inside code."""

    operation: Operation
    certainty: Certainty
    text: str
    """The statement inside the code that it belongs to, as the author wrote it."""
    span: Span
    """Where that statement stands in the file."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Unread:
    """A part of code of which is not known what it does."""

    reason: str
    """A phrase without full stop."""
    span: Span
    """Where it stands in the file."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RunCode(Operation):
    """DO, CALL, EXECUTE, BEGIN NOT ATOMIC and the like: code that runs now."""

    verb: str
    name: Name | None = None
    language: str | None = None
    body: str | None = None
    """``None`` where it is not in sight; of several texts of which one runs, all with semicolons between them."""
    operations: tuple[Inner, ...] = field(default=(), compare=False)
    """What it does, in the order in which it stands there; follows from the body, with places."""
    unread: tuple[Unread, ...] = field(default=(), compare=False)
    """What of the body could not be read."""

    @property
    def is_read(self) -> bool:
        """Whether everything that it does is among its operations."""
        return self.body is not None and not self.unread


def unfolded(operations: Sequence[Operation]) -> Iterator[tuple[Operation, Inner | None]]:
    """The operations, and behind each that runs code those inside it, with their place there."""
    for operation in operations:
        yield operation, None
        if isinstance(operation, RunCode):
            for inner in operation.operations:
                yield inner.operation, inner
