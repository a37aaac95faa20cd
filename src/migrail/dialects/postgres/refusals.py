"""What PostgreSQL refuses whatever the data."""

from __future__ import annotations

from collections.abc import Callable

from migrail.dialects._interface import Version
from migrail.dialects.postgres.casts import base_type, converts
from migrail.dialects.postgres.types import WITHOUT_COLLATION
from migrail.model.operations import (
    AddColumn,
    AddConstraint,
    AlterColumnType,
    CreateDomain,
    CreateIndex,
    CreateTable,
    DetachPartition,
    DropIndex,
    Merge,
    Operation,
    Reindex,
)
from migrail.model.structure import Column, Constraint, ConstraintKind, Generated, SqlType, Structure


def _concurrent_index(operation: CreateIndex, structure: Structure, version: Version) -> str | None:
    if operation.concurrently and not operation.only and structure.is_partitioned(operation.table):
        return (
            "PostgreSQL cannot build an index on a partitioned table CONCURRENTLY: create it ON ONLY the "
            "parent, build one CONCURRENTLY on each partition and attach these"
        )
    return None


def _concurrent_drop(operation: DropIndex, structure: Structure, version: Version) -> str | None:
    table = structure.table_of_index(operation.name)
    if not operation.concurrently or table is None:
        return None
    if structure.is_partitioned(table):
        return "PostgreSQL cannot drop the index of a partitioned table CONCURRENTLY"
    index = structure.index(table, operation.name.name)
    if index is not None and index.constraint:
        return f"the index {operation.name.name} belongs to a constraint: drop the constraint instead"
    return None


def _detach(operation: DetachPartition, structure: Structure, version: Version) -> str | None:
    if not operation.concurrently:
        return None
    if version < (14,):
        return "DETACH PARTITION ... CONCURRENTLY needs PostgreSQL 14"
    if structure.default_partition_of(operation.table) is not None:
        return "PostgreSQL cannot detach CONCURRENTLY while the table has a DEFAULT partition"
    return None


def _made_constraint(constraint: Constraint, version: Version, *, partitioned: bool) -> str | None:
    if constraint.kind is ConstraintKind.EXCLUDE and partitioned and version < (17,):
        return "PostgreSQL before 17 has no EXCLUDE on a partitioned table: put it on each partition"
    return None


def _constraint(operation: AddConstraint, structure: Structure, version: Version) -> str | None:
    constraint = operation.constraint
    if constraint.kind is ConstraintKind.NOT_NULL and version < (18,):
        return "NOT NULL as a table constraint needs PostgreSQL 18"
    if (
        constraint.kind is ConstraintKind.FOREIGN_KEY
        and not constraint.valid
        and version < (18,)
        and structure.is_partitioned(operation.table)
    ):
        return "PostgreSQL before 18 cannot add a foreign key NOT VALID to a partitioned table"
    return _made_constraint(constraint, version, partitioned=structure.is_partitioned(operation.table))


def _column(operation: AddColumn, structure: Structure, version: Version) -> str | None:
    return _made_column(operation.column, structure, version)


def _made_column(column: Column, structure: Structure, version: Version) -> str | None:
    if column.generated is Generated.VIRTUAL and version < (18,):
        return "virtual generated columns need PostgreSQL 18"
    if column.generated is Generated.STORED and version < (12,):
        return "generated columns need PostgreSQL 12"
    return _collation(column.type, column.collation, structure)


def _collation(type_: SqlType | None, collation: str | None, structure: Structure) -> str | None:
    if type_ is None or collation is None:
        return None
    base = base_type(type_, structure)
    if base.name in WITHOUT_COLLATION or structure.enum_labels(base.name):
        return f"the type {type_} has no collation (42804): leave out COLLATE"
    return None


def _table(operation: CreateTable, structure: Structure, version: Version) -> str | None:
    reasons = [_made_column(column, structure, version) for column in operation.columns]
    partitioned = operation.partitioned_by is not None
    reasons += [_made_constraint(item, version, partitioned=partitioned) for item in operation.constraints]
    return next(filter(None, reasons), None)


def _domain(operation: CreateDomain, structure: Structure, version: Version) -> str | None:
    return _collation(operation.base, operation.collation, structure)


def _type(operation: AlterColumnType, structure: Structure, version: Version) -> str | None:
    return _collation(operation.type, operation.collation, structure) or _conversion(operation, structure)


def _conversion(operation: AlterColumnType, structure: Structure) -> str | None:
    column = structure.column(operation.table, operation.column)
    if column is None or column.type is None or converts(column.type, operation.type, structure) is not False:
        return None
    change = f"{operation.column} from {column.type} to {operation.type}"
    if operation.using is None:
        return (
            f"PostgreSQL does not convert {change} by itself (42804): "
            f"say how, USING {operation.column}::{operation.type}"
        )
    if column.default is not None and not column.default.is_null:
        return (
            f"USING converts the values of {change}, but not its default (42804): "
            "drop the default before, and set it again afterwards"
        )
    return None


def _reindex(operation: Reindex, structure: Structure, version: Version) -> str | None:
    if operation.concurrently and operation.scope == "SYSTEM":
        return "PostgreSQL cannot reindex system catalogs CONCURRENTLY"
    return None


def _merge(operation: Merge, structure: Structure, version: Version) -> str | None:
    return "MERGE needs PostgreSQL 15" if version < (15,) else None


_REFUSALS: dict[type[Operation], Callable[..., str | None]] = {
    CreateIndex: _concurrent_index,
    DropIndex: _concurrent_drop,
    DetachPartition: _detach,
    AddConstraint: _constraint,
    AlterColumnType: _type,
    AddColumn: _column,
    CreateTable: _table,
    CreateDomain: _domain,
    Reindex: _reindex,
    Merge: _merge,
}


def refuses(operation: Operation, structure: Structure, version: Version) -> str | None:
    """Why the server refuses the operation whatever the data, or ``None``."""
    check = _REFUSALS.get(type(operation))
    return check(operation, structure, version) if check is not None else None
