"""The order of a table's columns, which INSERT and COPY without a list of columns go by."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

_CUT = "..."


@dataclass(frozen=True, slots=True)
class ColumnOrder:
    """The columns of a table in their order."""

    names: tuple[str, ...]

    def same(self, other: ColumnOrder) -> bool:
        """Columns that one side does not have are another difference."""
        return self.names == other.names or self._common(other) == other._common(self)

    def beside(self, other: ColumnOrder) -> str:
        """The part of the order in which they differ, with a column before and behind it."""
        own, others = self._common(other), other._common(self)
        differing = [place for place, pair in enumerate(zip(own, others, strict=True)) if pair[0] != pair[1]]
        first, last = max(differing[0] - 1, 0), differing[-1] + 2
        head, tail = [_CUT] * (first > 0), [_CUT] * (last < len(own))
        return ", ".join((*head, *own[first:last], *tail))

    def _common(self, other: ColumnOrder) -> tuple[str, ...]:
        known: Collection[str] = frozenset(other.names)
        return tuple(name for name in self.names if name in known)
