"""What stands behind the columns and expressions of indexes and keys, as facets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from migrail.catalog.facet import Facet, alike
from migrail.catalog.normal import atoms
from migrail.dialects import Dialect
from migrail.model.structure import Column, PartOptions

Value = TypeVar("Value")

_PLAIN = PartOptions()
_LONGEST = (767, 1000, 3072)
"""The most bytes that InnoDB, with its older row formats and its newer ones, and MyISAM index."""
_CUTS = frozenset(longest // width for longest in _LONGEST for width in (1, 2, 3, 4))


@dataclass(frozen=True, slots=True)
class _Class:
    """An operator class."""

    name: str | None
    usual: bool
    parameters: tuple[str, ...]

    def same(self, other: _Class) -> bool:
        """The usual one of a type need not be written, and its name is known to the server only."""
        names = self.name == other.name or (self.usual and other.usual)
        return names and self.parameters == other.parameters


@dataclass(frozen=True, slots=True)
class _Length:
    """How much of a column is indexed."""

    characters: int | None

    def same(self, other: _Length) -> bool:
        """MySQL cuts a column that is too long for an index by itself."""
        one, two = self.characters, other.characters
        return one == two or (one is None and two in _CUTS) or (two is None and one in _CUTS)


@dataclass(frozen=True, slots=True)
class _Each:
    """A value for each part of an index."""

    values: tuple[object, ...]

    def same(self, other: _Each) -> bool:
        """Parts that one side does not have are another difference."""
        return all(alike(*pair) for pair in zip(self.values, other.values, strict=False))


def collation_of(written: str | None) -> str:
    """A collation without the schema where the usual ones are; nothing where it is that of the type."""
    collation = (written or "").removeprefix("pg_catalog.").removeprefix("public.")
    return "" if collation.lower() in {"default", "binary"} else collation


@dataclass(frozen=True, slots=True)
class IndexParts:
    """The columns and expressions of an index or a key, each with what stands behind it."""

    columns: tuple[str, ...]
    options: tuple[PartOptions, ...]
    table: Mapping[str, Column]
    """The columns of the table, as far as they are known."""
    dialect: Dialect

    def facets(self, *, ordered: bool) -> dict[str, Facet]:
        """What there is in the dialect. With ``ordered`` the server keeps what it was told of the order."""
        local = self.dialect.check_names is not None
        found = {"order": self._facet(_order, _order_words)} if ordered else {}
        if local:
            return found | {"prefix": self._facet(_length, _length_words)}
        found["collation"] = self._facet(self._collation, str)
        if self.dialect.default_schema is not None:
            found["operator class"] = self._facet(self._class, _class_words)
        return found

    def _facet(self, of: Callable[[str, PartOptions], Value], words: Callable[[Value], str]) -> Facet:
        options = self.options or (_PLAIN,) * len(self.columns)
        values = tuple(of(part, option) for part, option in zip(self.columns, options, strict=True))
        shown = (f"{part} {words(value)}".rstrip() for part, value in zip(self.columns, values, strict=True))
        return Facet(_Each(values), f"({', '.join(shown)})")

    def _collation(self, part: str, options: PartOptions) -> str:
        """An index sorts a column as the column says, unless it says otherwise."""
        column = self.table.get(part)
        inherited = column.collation if column is not None else None
        found = collation_of(str(options.collation) if options.collation is not None else inherited)
        return found if self.dialect.default_schema is not None else found.lower()

    def _class(self, part: str, options: PartOptions) -> _Class:
        name = options.operator_class
        return _Class(
            name.name if name is not None else None,
            name is None or options.usual,
            tuple(atoms(options.parameters, self.dialect)),
        )


def _order(part: str, options: PartOptions) -> tuple[bool, bool]:
    return options.descending, options.nulls_first


def _order_words(value: tuple[bool, bool]) -> str:
    descending, nulls_first = value
    nulls = "" if descending == nulls_first else "NULLS FIRST" if nulls_first else "NULLS LAST"
    return f"{'DESC' if descending else ''} {nulls}".strip()


def _length(part: str, options: PartOptions) -> _Length:
    return _Length(options.length)


def _length_words(value: _Length) -> str:
    return "" if value.characters is None else f"({value.characters})"


def _class_words(value: _Class) -> str:
    return value.name or ""
