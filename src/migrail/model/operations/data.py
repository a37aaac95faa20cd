"""Rows."""

from __future__ import annotations

from dataclasses import dataclass

from migrail.model.migration import Phase
from migrail.model.operations._base import Operation, TableOperation


@dataclass(frozen=True, kw_only=True, slots=True)
class RowChange(TableOperation):
    """Anything that writes or deletes rows of one table."""

    functions: tuple[str, ...] = ()
    """Folded names of the functions that it calls, ``schema.name`` where qualified."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Insert(RowChange):
    """INSERT, REPLACE and COPY ... FROM."""

    phase = Phase.BACKFILL
    columns: tuple[str, ...] | None = None
    """``None`` where no list was written."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Update(RowChange):
    """UPDATE."""

    phase = Phase.BACKFILL
    columns: tuple[str, ...] = ()
    has_where: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Delete(RowChange):
    """DELETE."""

    phase = Phase.BACKFILL
    has_where: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Merge(RowChange):
    """MERGE."""

    phase = Phase.BACKFILL


@dataclass(frozen=True, kw_only=True, slots=True)
class Truncate(TableOperation):
    """TRUNCATE; one operation for each table in the list."""

    phase = Phase.BACKFILL
    cascade: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Select(Operation):
    """A query at the top level; it may call functions that change things."""

    phase = Phase.BACKFILL
    functions: tuple[str, ...] = ()
