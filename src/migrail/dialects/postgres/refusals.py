"""What PostgreSQL refuses whatever the data."""

from __future__ import annotations

from collections.abc import Callable

from migrail.dialects._interface import Version
from migrail.dialects.postgres.casts import converts
from migrail.model.operations import (
    AddColumn,
    AddConstraint,
    AlterColumnType,
    CreateIndex,
    DetachPartition,
    DropIndex,
    Merge,
    Operation,
    Reindex,
)
from migrail.model.structure import ConstraintKind, Generated, Structure


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
    return None


def _column(operation: AddColumn, structure: Structure, version: Version) -> str | None:
    generated = operation.column.generated
    if generated is Generated.VIRTUAL and version < (18,):
        return "virtual generated columns need PostgreSQL 18"
    if generated is Generated.STORED and version < (12,):
        return "generated columns need PostgreSQL 12"
    return None


def _type(operation: AlterColumnType, structure: Structure, version: Version) -> str | None:
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
    Reindex: _reindex,
    Merge: _merge,
}


def refuses(operation: Operation, structure: Structure, version: Version) -> str | None:
    """Why the server refuses the operation whatever the data, or ``None``."""
    check = _REFUSALS.get(type(operation))
    return check(operation, structure, version) if check is not None else None
