"""The shape of functions that decide about locks, and what several of them need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from migrail.dialects._interface import Version
from migrail.dialects.postgres.locks import Mode, Touch
from migrail.model.locks import Duration
from migrail.model.structure import Constraint, Name, Structure

Handler = Callable[[Any, Structure, Version], Iterable[Touch]]
"""``handler(operation, structure, version)``; the operation is of the type it is listed under."""


def family(table: Name, structure: Structure) -> tuple[Name, ...]:
    """The table with its partitions and inheriting tables, which ALTER TABLE visits as well."""
    return (table, *structure.children_of(table))


def on_family(table: Name, structure: Structure, mode: Mode, duration: Duration) -> Iterator[Touch]:
    """The same lock and work on the table and all its children; a partitioned table has no rows of its own."""
    children = structure.children_of(table)
    empty = bool(children) and structure.is_partitioned(table)
    yield Touch(table, mode, Duration.INSTANT if empty else duration)
    for relation in children:
        yield Touch(relation, mode, duration)


def referenced(constraints: Iterable[Constraint]) -> Iterator[Name]:
    """The tables that foreign keys among the constraints point to."""
    for constraint in constraints:
        if constraint.references is not None:
            yield constraint.references.table
