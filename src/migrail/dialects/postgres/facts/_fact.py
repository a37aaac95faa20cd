"""What a fact is: one row of the tables beside this file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from migrail.dialects._interface import Version
from migrail.dialects.postgres.locks import Mode
from migrail.model.locks import Duration
from migrail.model.operations import Operation
from migrail.model.structure import Name, Structure

OLDEST = 10
"""The first version that facts are about."""

MEASURED = "measured"
"""Compared with servers by ``tests/dialects/postgres/test_effects.py``: all of 10 to 18 on 26 November 2026."""


@dataclass(frozen=True, slots=True)
class Where:
    """Which relations a row is about, seen from the operation."""

    words: str
    find: Callable[[Any, Structure], Iterable[Name]]


@dataclass(frozen=True, slots=True)
class When:
    """A condition of a row."""

    words: str
    """What follows "when"."""
    holds: Callable[[Any, Structure, Version], bool]


@dataclass(frozen=True, slots=True)
class Fact:
    """One form of an operation locks relations in one way.

    Several rows may hold for one operation: their locks add up, the strongest mode and the longest work of each
    relation count. Rows are read from top to bottom; one with ``last`` ends the reading.
    """

    operation: type[Operation]
    form: str
    """As the manual writes it, for people."""
    where: Where | None = None
    """``None``: nothing is locked that existed before."""
    mode: Mode = Mode.ACCESS_SHARE
    work: Duration = Duration.INSTANT
    when: tuple[When, ...] = ()
    """All of them."""
    since: int = OLDEST
    """The first version on which it holds."""
    until: int | None = None
    """The first version on which it does not hold any more."""
    last: bool = False
    source: str = MEASURED
    """``MEASURED``, or the page that says so where the form cannot be measured inside a transaction."""

    def holds(self, operation: Operation, structure: Structure, version: Version) -> bool:
        """Whether the row is about this operation on this structure and version."""
        if version < (self.since,) or (self.until is not None and version >= (self.until,)):
            return False
        return all(condition.holds(operation, structure, version) for condition in self.when)

    @property
    def versions(self) -> str:
        """``all``, ``12 and later``, ``before 11`` or ``11 to 13``."""
        if self.until is None:
            return "all" if self.since == OLDEST else f"{self.since} and later"
        last = self.until - 1
        return f"before {self.until}" if self.since == OLDEST else f"{self.since} to {last}"


def but_not(condition: When) -> When:
    """The opposite condition."""
    return When(f"not: {condition.words}", lambda *given: not condition.holds(*given))
