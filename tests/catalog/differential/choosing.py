"""Random choices of statements: what all dialects have in common."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import TypeVar

from migrail.catalog import Catalog, Table
from migrail.model.structure import Name

T = TypeVar("T")

MISSING = "missing"
"""A name that no statement creates."""


class Maker:
    """Makes statements that often, but not always, fit what is there."""

    names: Sequence[str] = ()
    columns: Sequence[str] = ()
    types: Sequence[str] = ()

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.catalog: Catalog
        self.number = 0

    def statements(self) -> dict[Callable[[], str | None], int]:
        """What can be made, and how often. ``None`` where nothing fits."""
        raise NotImplementedError

    def statement(self, catalog: Catalog) -> str:
        """One statement for a database of that structure."""
        self.catalog = catalog
        choices = self.statements()
        while True:
            (make,) = self.random.choices(list(choices), list(choices.values()))
            made = make()
            if made:
                return " ".join(made.split())

    # Parts

    def one(self, items: Sequence[T]) -> T:
        return self.random.choice(items)

    def some(self, items: Sequence[T], most: int = 3) -> list[T]:
        return self.random.sample(items, min(len(items), self.random.randint(1, most)))

    def chance(self, percent: int) -> bool:
        return self.random.randrange(100) < percent

    def maybe(self, text: str, percent: int = 25) -> str:
        return text if self.chance(percent) else ""

    def fresh(self, names: Sequence[str] | None = None) -> str:
        """A name, which may be taken."""
        return self.one(names or self.names)

    def quoted(self, name: str) -> str:
        raise NotImplementedError

    def shown(self, name: Name) -> str:
        return ".".join(self.quoted(part) for part in (name.schema, name.name) if part)

    def table(self, where: Callable[[Table], bool] | None = None) -> Table | None:
        """A table that is there."""
        found = [table for table in self.catalog.tables.values() if where is None or where(table)]
        return self.one(found) if found else None

    def table_name(self) -> str | None:
        """A table that is there, and now and then one that is not."""
        if self.chance(3):
            return MISSING
        table = self.table()
        return self.shown(table.name) if table is not None else None

    def column(self, table: Table) -> str:
        """A column that is there, and now and then one that is not."""
        if not table.columns or self.chance(3):
            return MISSING
        return self.quoted(self.one(list(table.columns)))

    def columns_of(self, table: Table, most: int = 2) -> str:
        found = self.some(list(table.columns), most) if table.columns else [MISSING]
        return ", ".join(map(self.quoted, found))
