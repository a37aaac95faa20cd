"""What every operation has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from migrail.model.migration import Phase
from migrail.model.structure import Name


@cache
def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


@dataclass(frozen=True, kw_only=True, slots=True)
class Operation:
    """One meaning inside a statement."""

    phase: ClassVar[Phase] = Phase.EXPAND
    """What it means to the application that is running, unless a rule knows better."""

    if_there: bool = False
    """IF EXISTS before the name of what it alters: nothing happens where that is missing."""

    @property
    def kind(self) -> str:
        """``create_index`` for :class:`CreateIndex`; the word used in JSON."""
        return _snake(type(self).__name__)

    @property
    def target(self) -> Name | None:
        """The relation or object that it is about."""
        return getattr(self, "table", None) or getattr(self, "name", None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Opaque(Operation):
    """A statement that was not understood."""

    keyword: str
    """Its leading words in capitals, for example ``ALTER TABLE``."""
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TableOperation(Operation):
    """Anything done to one table."""

    table: Name
    only: bool = False
    """ONLY: not on partitions and inheriting tables."""
    algorithm: str | None = None
    """What ALGORITHM of MySQL asks for, in capitals: ``INSTANT``, ``NOCOPY``, ``INPLACE``, ``COPY``."""
    lock: str | None = None
    """What LOCK of MySQL asks for, in capitals: ``NONE``, ``SHARED``, ``EXCLUSIVE``."""
