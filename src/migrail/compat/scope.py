"""Which columns a part of a query can name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from migrail.model.structure import Name


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """A column that a relation or a query has."""

    name: str
    type: str | None = None
    """As overloads are looked up by it; ``None`` where it is not known."""
    nullable: bool | None = None
    """``None`` where it is not known."""
    shown: str | None = None
    """The whole type of a column that comes from a table as it is, with its length."""
    origin: tuple[Name, str] | None = None
    """The table and column that it comes from as it is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One item of a FROM list."""

    alias: str | None
    fields: tuple[Field, ...] = ()
    open: bool = False
    """Whether it may have columns that are not known."""
    relation: Name | None = None
    """The table or view that it is, by its resolved name."""
    type: str | None = None
    """The type of its rows."""
    hidden: frozenset[str] = frozenset()
    """Columns that a star leaves out, such as ``ctid``."""
    qualified_only: bool = False
    """Whether its columns need its alias: ``excluded``, and the table behind ON CONFLICT beside it."""

    def field(self, name: str) -> Field | None:
        """The column of that name."""
        found = next((item for item in self.fields if item.name == name), None)
        return Field(name=name) if found is None and name in self.hidden else found

    def nullable(self) -> Source:
        """The same on the side of an outer join that may have no row."""
        return replace(self, fields=tuple(replace(item, nullable=True) for item in self.fields))


@dataclass(slots=True)
class Scope:
    """The FROM list of one query, inside that of the queries around it."""

    outer: Scope | None = None
    ctes: Mapping[str, Source] = field(default_factory=dict)
    """Names that WITH defines, here or further out."""
    sources: list[Source] = field(default_factory=list)
    merged: dict[str, Field] = field(default_factory=dict)
    """Columns that USING made one of two."""
    aliases: dict[str, Field] = field(default_factory=dict)
    """Output columns that ORDER BY and GROUP BY may name."""

    def around(self) -> Iterator[Scope]:
        """This scope and those around it, from inside."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.outer

    def source(self, alias: str) -> Source | None:
        """The item of that alias, from inside."""
        for scope in self.around():
            for source in scope.sources:
                if source.alias == alias:
                    return source
        return None

    def matches(self, name: str) -> list[tuple[Source, Field]]:
        """The columns of that name in this scope alone."""
        found: list[tuple[Source, Field]] = []
        for source in self.sources:
            if not source.qualified_only:
                item = source.field(name)
                if item is not None:
                    found.append((source, item))
        return found

    @property
    def open(self) -> bool:
        """Whether a name that is not found may still be a column."""
        return any(source.open for source in self.sources)
