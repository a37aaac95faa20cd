"""Locks of operations on table constraints."""

from __future__ import annotations

from collections.abc import Iterator

from migrail.dialects._interface import Version
from migrail.dialects.postgres.column_locks import not_null_is_proven
from migrail.dialects.postgres.handlers import Handler, on_family, referenced
from migrail.dialects.postgres.locks import Mode, Touch
from migrail.model.locks import Duration
from migrail.model.operations import AddConstraint, DropConstraint, Operation, ValidateConstraint
from migrail.model.structure import Constraint, ConstraintKind, Name, Structure


def _add(operation: AddConstraint, structure: Structure, version: Version) -> Iterator[Touch]:
    constraint = operation.constraint
    if constraint.kind is ConstraintKind.FOREIGN_KEY:
        yield from _add_foreign_key(operation.table, constraint, structure)
        return
    duration = _work_of_new(operation.table, constraint, structure, version)
    yield from on_family(operation.table, structure, Mode.ACCESS_EXCLUSIVE, duration)


def _add_foreign_key(table: Name, constraint: Constraint, structure: Structure) -> Iterator[Touch]:
    """Reads go on, on both sides; the check of existing rows joins both tables."""
    checks_rows = constraint.valid and not structure.is_new(table)
    duration = Duration.SCAN if checks_rows else Duration.INSTANT
    yield from on_family(table, structure, Mode.SHARE_ROW_EXCLUSIVE, duration)
    for target in referenced([constraint]):
        yield from on_family(target, structure, Mode.SHARE_ROW_EXCLUSIVE, duration)


def _work_of_new(table: Name, constraint: Constraint, structure: Structure, version: Version) -> Duration:
    if not constraint.valid:
        return Duration.INSTANT
    columns = constraint.columns
    if constraint.using_index is not None:
        if constraint.kind is not ConstraintKind.PRIMARY_KEY:
            return Duration.INSTANT
        index = structure.index(table, constraint.using_index)
        columns = index.columns if index is not None else ()
    elif constraint.kind is not ConstraintKind.NOT_NULL:
        return Duration.SCAN
    proven = bool(columns) and all(not_null_is_proven(table, column, structure, version) for column in columns)
    return Duration.INSTANT if proven else Duration.SCAN


def _validate(operation: ValidateConstraint, structure: Structure, version: Version) -> Iterator[Touch]:
    """A constraint that is valid already is not checked again."""
    constraint = structure.constraint(operation.table, operation.constraint)
    done = constraint is not None and constraint.valid
    duration = Duration.INSTANT if done else Duration.SCAN
    yield from on_family(operation.table, structure, Mode.SHARE_UPDATE_EXCLUSIVE, duration)
    for target in referenced([constraint] if constraint is not None and not done else []):
        yield Touch(target, Mode.ROW_SHARE, Duration.SCAN)


def _drop(operation: DropConstraint, structure: Structure, version: Version) -> Iterator[Touch]:
    """Dropping a foreign key locks the referenced table harder than adding it did."""
    yield from on_family(operation.table, structure, Mode.ACCESS_EXCLUSIVE, Duration.INSTANT)
    constraint = structure.constraint(operation.table, operation.constraint)
    if constraint is None:
        return
    for target in referenced([constraint]):
        yield Touch(target, Mode.ACCESS_EXCLUSIVE)
    if operation.cascade and constraint.kind in {ConstraintKind.PRIMARY_KEY, ConstraintKind.UNIQUE}:
        for source in structure.referencing(operation.table):
            yield Touch(source, Mode.ACCESS_EXCLUSIVE)


HANDLERS: dict[type[Operation], Handler] = {
    AddConstraint: _add,
    ValidateConstraint: _validate,
    DropConstraint: _drop,
}
