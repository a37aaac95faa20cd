"""What several rules ask about keys: foreign keys with their types, and the columns of a partition key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from migrail.model.operations import AddColumn, AddConstraint, CreateTable
from migrail.model.structure import Column, Constraint, ConstraintKind, Name, Reference, SqlType
from migrail.rules._columns import adds_nothing
from migrail.rules._interface import Context

MakesKeys = CreateTable | AddColumn | AddConstraint


@dataclass(frozen=True, kw_only=True, slots=True)
class ForeignKey:
    """A foreign key that an operation makes."""

    table: Name
    columns: tuple[str, ...]
    types: tuple[SqlType | None, ...]
    """Of the columns; ``None`` where it is not known."""
    reference: Reference
    target: tuple[str, ...]
    """The columns that it points to; empty where they are not known."""
    target_types: tuple[SqlType | None, ...]


def constraints_made(operation: MakesKeys, context: Context) -> Iterator[Constraint]:
    """The constraints that the operation makes, also those written inside columns."""
    match operation:
        case AddConstraint(constraint=constraint):
            yield constraint
        case AddColumn(column=column):
            if not adds_nothing(operation, context):
                yield from _inside(column)
        case CreateTable():
            if not (operation.if_not_exists and context.catalog.table(operation.table) is not None):
                yield from (item for column in operation.columns for item in _inside(column))
                yield from operation.constraints


def _inside(column: Column) -> Iterator[Constraint]:
    """The constraints written inside a column, which are about that column."""
    for constraint in column.constraints:
        yield constraint if constraint.columns else replace(constraint, columns=(column.name,))


def foreign_keys(operation: MakesKeys, context: Context) -> Iterator[ForeignKey]:
    """The foreign keys that the operation makes."""
    for constraint in constraints_made(operation, context):
        reference = constraint.references
        if reference is None:
            continue
        itself = context.catalog.place(operation.table) == context.catalog.resolve(reference.table)
        own = {column.name: column for column in _written(operation)}
        columns = [own.get(name) or context.catalog.column(operation.table, name) for name in constraint.columns]
        target = reference.columns or _primary_key(operation if itself else None, reference.table, context)
        there = [
            (own.get(name) if itself else None) or context.catalog.column(reference.table, name) for name in target
        ]
        yield ForeignKey(
            table=operation.table,
            columns=constraint.columns,
            types=tuple(column.type if column is not None else None for column in columns),
            reference=reference,
            target=target,
            target_types=tuple(column.type if column is not None else None for column in there),
        )


def _written(operation: MakesKeys) -> tuple[Column, ...]:
    if isinstance(operation, CreateTable):
        return operation.columns
    return (operation.column,) if isinstance(operation, AddColumn) else ()


def _primary_key(operation: MakesKeys | None, table: Name, context: Context) -> tuple[str, ...]:
    if isinstance(operation, CreateTable):
        for constraint in constraints_made(operation, context):
            if constraint.kind is ConstraintKind.PRIMARY_KEY:
                return constraint.columns
    known = context.catalog.table(table)
    return known.primary_key.columns if known is not None and known.primary_key is not None else ()


_KEY = re.compile(r"\w+\s*\((.*)\)\s*", re.DOTALL)
_COLUMN = re.compile(r'\s*(?:"((?:[^"]|"")+)"|(\w+))\s*(?:COLLATE\s+\S+\s*)?(?:\w+\s*)?', re.IGNORECASE)


def partition_columns(partitioned_by: str, context: Context) -> tuple[str, ...] | None:
    """The columns of ``RANGE (at)``; ``None`` where an expression is among them, or it cannot be read."""
    found = _KEY.fullmatch(partitioned_by.strip())
    if found is None or "(" in found[1]:
        return None
    columns = []
    for part in found[1].split(","):
        column = _COLUMN.fullmatch(part)
        if column is None:
            return None
        quoted = column[1] is not None
        name = column[1].replace('""', '"') if quoted else column[2]
        columns.append(context.dialect.fold(name, quoted))
    return tuple(columns)
