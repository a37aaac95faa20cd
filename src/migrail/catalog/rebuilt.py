"""What a table loses when it is made anew."""

from __future__ import annotations

from dataclasses import dataclass

from migrail.catalog import kept
from migrail.catalog.catalog import Catalog
from migrail.catalog.constraints import INDEXED
from migrail.catalog.replay import replay
from migrail.catalog.values import Table, Trigger
from migrail.model.structure import Constraint, ConstraintKind, Index, Name
from migrail.sql import Rebuild


@dataclass(frozen=True, kw_only=True, slots=True)
class Rebuilt:
    """The table before and after. What the new one has besides is no loss."""

    before: Table
    after: Table
    filled: frozenset[str] | None = None
    """As in :class:`migrail.sql.Rebuild`."""
    broken: tuple[str, ...] = ()
    """What views and triggers cannot read any more: ``view v uses note, which does not exist``."""
    stray: tuple[Name, ...] = ()
    """Tables whose foreign keys followed the old table to another name, under which it is dropped (SQLite)."""

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

    @property
    def emptied_columns(self) -> tuple[str, ...]:
        """Names of columns that both have, but whose values are left behind; a new column has none yet."""
        if self.filled is None:
            return ()
        old = (name for name, column in self.before.columns.items() if not column.new)
        made = {name for name, column in self.after.columns.items() if column.generation is None}
        return tuple(name for name in old if name in made and name not in self.filled)

    @property
    def lost_constraints(self) -> tuple[Constraint, ...]:
        """Keys, foreign keys and CHECKs over columns that the new table has, where nothing there does the same.

        Columns that may be NULL now are no loss, and neither is another CHECK of the same name or over the same
        columns.
        """
        return tuple(
            constraint
            for constraint in self.before.constraints.values()
            if constraint.kind is not ConstraintKind.NOT_NULL
            and constraint.enforced
            and self._has(constraint.columns)
            and not self._keeps(constraint)
        )

    @property
    def lost_triggers(self) -> tuple[Trigger, ...]:
        """Triggers that are not made again, under their name or for the same event."""
        made = {*self.after.triggers, *(trigger.timing for trigger in self.after.triggers.values())}
        return tuple(
            trigger
            for name, trigger in self.before.triggers.items()
            if name not in made and trigger.timing not in made
        )

    def _keeps(self, constraint: Constraint) -> bool:
        wanted = frozenset(constraint.columns)
        if constraint.kind in INDEXED:
            unique = [item.columns for item in self.after.indexes.values() if item.unique and item.where is None]
            keys = [item.columns for item in self.after.constraints.values() if item.kind in INDEXED]
            return wanted in map(frozenset, unique + keys)
        return any(
            other.kind is constraint.kind
            and (frozenset(other.columns) == wanted or (other.name is not None and other.name == constraint.name))
            for other in self.after.constraints.values()
        )

    def _has(self, columns: tuple[str, ...]) -> bool:
        return all(column in self.after.columns for column in columns)


def rebuilt(catalog: Catalog, rebuild: Rebuild) -> Rebuilt | None:
    """The table before and after; ``None`` where its columns are not known on both sides.

    Args:
        catalog: before the first statement of the rebuild.
        rebuild: to look at.
    """
    replayed = replay(catalog, rebuild.operations)
    before, after = catalog.table(rebuild.table), replayed.table(rebuild.table)
    if before is None or after is None or not (before.columns_known and after.columns_known):
        return None
    return Rebuilt(
        before=before,
        after=after,
        filled=rebuild.filled,
        broken=_broken(catalog, replayed, after.name),
        stray=_stray(replayed, rebuild),
    )


def _stray(replayed: Catalog, rebuild: Rebuild) -> tuple[Name, ...]:
    left = replayed.resolve(rebuild.last_name)
    if rebuild.gone is None or left in replayed.tables:
        return ()
    return replayed.referencing(left)


def _broken(catalog: Catalog, replayed: Catalog, table: Name) -> tuple[str, ...]:
    """SQLite finds out when the view is read or another table altered; other servers refuse to drop the table."""
    if catalog.dialect.name != "sqlite":
        return ()
    known = set(kept.broken(catalog, table.schema))
    return tuple(problem for problem in kept.broken(replayed, table.schema) if problem not in known)


def serves(one: Index, other: Index) -> bool:
    """Whether one index does for queries what the other did."""
    return (
        one.valid
        and one.where == other.where
        and one.method == other.method
        and one.columns[: len(other.columns)] == other.columns
        and (not other.unique or (one.unique and one.columns == other.columns))
    )
