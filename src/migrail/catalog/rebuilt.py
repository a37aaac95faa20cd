"""What a table loses when it is made anew."""

from __future__ import annotations

from dataclasses import dataclass

from migrail.catalog.catalog import Catalog
from migrail.catalog.replay import replay
from migrail.catalog.values import Table
from migrail.model.structure import Index
from migrail.sql import Rebuild


@dataclass(frozen=True, kw_only=True, slots=True)
class Rebuilt:
    """The table before and after. What the new one has besides is no loss."""

    before: Table
    after: Table

    @property
    def lost_columns(self) -> tuple[str, ...]:
        """Names of columns that the new table lacks."""
        return tuple(name for name in self.before.columns if name not in self.after.columns)

    @property
    def lost_indexes(self) -> tuple[Index, ...]:
        """Indexes of their own whose columns the new table has, but no index that begins with these."""
        there = tuple(self.after.indexes.values())
        return tuple(
            index
            for index in self.before.indexes.values()
            if not index.constraint and self._has(index.columns) and not any(serves(item, index) for item in there)
        )

    def _has(self, columns: tuple[str, ...]) -> bool:
        return all(column in self.after.columns for column in columns)


def rebuilt(catalog: Catalog, rebuild: Rebuild) -> Rebuilt | None:
    """The table before and after; ``None`` where its columns are not known on both sides.

    Args:
        catalog: before the first statement of the rebuild.
        rebuild: to look at.
    """
    before = catalog.table(rebuild.table)
    after = replay(catalog, rebuild.operations).table(rebuild.table)
    if before is None or after is None or not (before.columns_known and after.columns_known):
        return None
    return Rebuilt(before=before, after=after)


def serves(one: Index, other: Index) -> bool:
    """Whether one index does for queries what the other did."""
    return (
        one.valid
        and one.where == other.where
        and one.method == other.method
        and one.columns[: len(other.columns)] == other.columns
        and (not other.unique or (one.unique and one.columns == other.columns))
    )
