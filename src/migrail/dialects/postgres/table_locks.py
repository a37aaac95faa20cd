"""Locks of whole-table operations: CREATE, DROP, TRUNCATE, partitions, options, data."""

from __future__ import annotations

from collections.abc import Iterator

from migrail.dialects._interface import Version
from migrail.dialects.postgres.forms import MAINTENANCE, TABLE_OPTIONS, first_match
from migrail.dialects.postgres.handlers import Handler, family, on_family, referenced
from migrail.dialects.postgres.locks import Mode, Touch
from migrail.model.locks import Duration
from migrail.model.operations import (
    AlterTableOption,
    AttachPartition,
    CreateTable,
    Delete,
    DetachPartition,
    DropTable,
    LockTable,
    Maintain,
    Operation,
    Truncate,
    Update,
)
from migrail.model.structure import Constraint, ConstraintKind, Name, Structure


def _create(operation: CreateTable, structure: Structure, version: Version) -> Iterator[Touch]:
    """The new table is nobody's concern; a parent and the targets of foreign keys are."""
    inline = (constraint for column in operation.columns for constraint in column.constraints)
    keys: list[Constraint] = [*operation.constraints, *inline]
    if operation.partition_of is not None:
        yield Touch(operation.partition_of, Mode.ACCESS_EXCLUSIVE)
        keys.extend(structure.foreign_keys_of(operation.partition_of))
        yield from _default(operation.partition_of, structure, Duration.SCAN)
    for parent in operation.inherits:
        yield Touch(parent, Mode.SHARE_UPDATE_EXCLUSIVE)
    for source in operation.like:
        yield Touch(source.table, Mode.ACCESS_SHARE)
    for target in referenced(keys):
        if target != operation.table:
            yield Touch(target, Mode.SHARE_ROW_EXCLUSIVE)


def _drop(operation: DropTable, structure: Structure, version: Version) -> Iterator[Touch]:
    """Both sides of every foreign key are locked, and the parent of a partition."""
    for relation in family(operation.table, structure):
        yield Touch(relation, Mode.ACCESS_EXCLUSIVE)
        for target in referenced(structure.foreign_keys_of(relation)):
            yield Touch(target, Mode.ACCESS_EXCLUSIVE)
        if operation.cascade:
            for source in (*structure.referencing(relation), *structure.views_reading(relation)):
                yield Touch(source, Mode.ACCESS_EXCLUSIVE)
    for parent in structure.parents_of(operation.table):
        if structure.is_partitioned(parent):
            yield Touch(parent, Mode.ACCESS_EXCLUSIVE)
            yield from _default(parent, structure, Duration.INSTANT)


def _truncate(operation: Truncate, structure: Structure, version: Version) -> Iterator[Touch]:
    """The files are replaced by empty ones, so no row is touched. CASCADE goes on to referencing tables."""
    seen: set[Name] = set()
    pending = [operation.table]
    while pending:
        table = pending.pop()
        if table in seen:
            continue
        seen.add(table)
        yield Touch(table, Mode.ACCESS_EXCLUSIVE)
        pending.extend(structure.children_of(table))
        if operation.cascade:
            pending.extend(structure.referencing(table))


def _option(operation: AlterTableOption, structure: Structure, version: Version) -> Iterator[Touch]:
    mode, duration = first_match(operation.option, TABLE_OPTIONS)
    yield Touch(operation.table, mode, duration)


def _attach(operation: AttachPartition, structure: Structure, version: Version) -> Iterator[Touch]:
    """The rows of the partition are read to prove the bound.

    The server spares itself the scan when a valid CHECK implies the bound. The bound is not compared here:
    any valid CHECK on the partition is taken for that proof.
    """
    yield Touch(operation.table, Mode.SHARE_UPDATE_EXCLUSIVE)
    proven = any(
        constraint.kind is ConstraintKind.CHECK and constraint.valid
        for constraint in structure.constraints_of(operation.partition)
    )
    keys = structure.foreign_keys_of(operation.table)
    scanned = bool(keys) or not proven or _lacks_index(operation, structure)
    yield Touch(operation.partition, Mode.ACCESS_EXCLUSIVE, Duration.SCAN if scanned else Duration.INSTANT)
    yield from _default(operation.table, structure, Duration.SCAN)
    for target in referenced(keys):
        yield Touch(target, Mode.SHARE_ROW_EXCLUSIVE, Duration.SCAN)


def _lacks_index(operation: AttachPartition, structure: Structure) -> bool:
    """Whether the parent has an index that must be built on the partition."""
    present = {_shape(operation.partition, name, structure) for name in structure.indexes_on(operation.partition)}
    wanted = {_shape(operation.table, name, structure) for name in structure.indexes_on(operation.table)}
    return not wanted <= present


def _shape(table: Name, name: str, structure: Structure) -> tuple[object, ...]:
    index = structure.index(table, name)
    return () if index is None else (index.columns, index.unique)


def _detach(operation: DetachPartition, structure: Structure, version: Version) -> Iterator[Touch]:
    """CONCURRENTLY locks only the partition hard, in its second transaction (manual, ALTER TABLE)."""
    parent = Mode.SHARE_UPDATE_EXCLUSIVE if operation.concurrently else Mode.ACCESS_EXCLUSIVE
    yield Touch(operation.table, parent)
    yield Touch(operation.partition, Mode.ACCESS_EXCLUSIVE)
    yield from _default(operation.table, structure, Duration.INSTANT)
    for target in referenced(structure.foreign_keys_of(operation.table)):
        yield Touch(target, Mode.SHARE_ROW_EXCLUSIVE)


def _default(parent: Name, structure: Structure, duration: Duration) -> Iterator[Touch]:
    """What partitions come or go changes what belongs in the DEFAULT partition."""
    default = structure.default_partition_of(parent)
    if default is not None:
        yield Touch(default, Mode.ACCESS_EXCLUSIVE, duration)


def _lock(operation: LockTable, structure: Structure, version: Version) -> Iterator[Touch]:
    mode = next((known for known in Mode if known == operation.mode.upper()), Mode.ACCESS_EXCLUSIVE)
    yield from on_family(operation.table, structure, mode, Duration.INSTANT)


def _maintain(operation: Maintain, structure: Structure, version: Version) -> Iterator[Touch]:
    fact = MAINTENANCE.get(operation.verb)
    if fact is not None and operation.table is not None:
        yield from on_family(operation.table, structure, *fact)


def _change_rows(operation: Update | Delete, structure: Structure, version: Version) -> Iterator[Touch]:
    duration = Duration.INSTANT if operation.has_where else Duration.SCAN
    yield from on_family(operation.table, structure, Mode.ROW_EXCLUSIVE, duration)


HANDLERS: dict[type[Operation], Handler] = {
    CreateTable: _create,
    DropTable: _drop,
    Truncate: _truncate,
    AlterTableOption: _option,
    AttachPartition: _attach,
    DetachPartition: _detach,
    LockTable: _lock,
    Maintain: _maintain,
    Update: _change_rows,
    Delete: _change_rows,
}
