"""One property of an object, as it is compared and as it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, Self, runtime_checkable


@runtime_checkable
class Comparable(Protocol):
    """A value that may mean the same as another one without being equal."""

    def same(self, other: Self) -> bool:
        """Whether both mean the same."""


@runtime_checkable
class Contrasted(Protocol):
    """A value of which only a part is shown: that in which it differs from another one."""

    def beside(self, other: Self) -> str:
        """The part in which they differ."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One property of an object."""

    normal: object
    """To be compared: equal where the properties are."""
    shown: str

    def same(self, other: Facet) -> bool:
        """Whether both sides mean the same."""
        return alike(self.normal, other.normal)

    def beside(self, other: Facet) -> str:
        """What to show of it next to one that does not mean the same."""
        one, two = self.normal, other.normal
        return one.beside(two) if isinstance(one, Contrasted) and type(one) is type(two) else self.shown


def alike(one: object, two: object) -> bool:
    """Whether two values of facets mean the same."""
    if isinstance(one, tuple) and isinstance(two, tuple):
        return len(one) == len(two) and all(alike(*pair) for pair in zip(one, two, strict=True))
    if isinstance(one, Comparable) and type(one) is type(two):
        return one.same(two)
    return one == two
