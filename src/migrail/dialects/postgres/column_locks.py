"""Locks of operations on columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrail.dialects._interface import TypeChange, Version, Volatility
from migrail.dialects.postgres.forms import COLUMN_OPTIONS, first_match
from migrail.dialects.postgres.handlers import Handler, on_family, referenced
from migrail.dialects.postgres.locks import Mode, Touch
from migrail.dialects.postgres.types import type_change
from migrail.dialects.postgres.volatility import volatility
from migrail.model.locks import Duration
from migrail.model.operations import (
    AddColumn,
    AlterColumnOption,
    AlterColumnType,
    DropColumn,
    Operation,
    SetNotNull,
)
from migrail.model.structure import Column, Constraint, ConstraintKind, Generated, Name, Structure

_REWRITING = {Generated.STORED, Generated.IDENTITY_ALWAYS, Generated.IDENTITY_DEFAULT}
_CHECKED = {
    ConstraintKind.CHECK,
    ConstraintKind.UNIQUE,
    ConstraintKind.PRIMARY_KEY,
    ConstraintKind.EXCLUDE,
}
_IS_NOT_NULL = re.compile(r'[\s(]*(?:[\w$]+|"(?:[^"]|"")+")\s+IS\s+NOT\s+NULL[\s)]*', re.IGNORECASE)

_TYPE_WORK = {
    TypeChange.FREE: Duration.INSTANT,
    TypeChange.INDEXES: Duration.SCAN,
    TypeChange.SCAN: Duration.SCAN,
}


def _add(operation: AddColumn, structure: Structure, version: Version) -> Iterator[Touch]:
    """Where the column exists already, IF NOT EXISTS spares the work but not the lock."""
    column = operation.column
    if operation.if_not_exists and structure.column(operation.table, column.name) is not None:
        yield Touch(operation.table, Mode.ACCESS_EXCLUSIVE)
        return
    filled = _fills_rows(column)
    yield from on_family(
        operation.table, structure, Mode.ACCESS_EXCLUSIVE, _work_of_new(column, structure, version)
    )
    for target in referenced(column.constraints):
        duration = Duration.SCAN if filled else Duration.INSTANT
        yield Touch(operation.table, Mode.ACCESS_EXCLUSIVE, duration)
        yield Touch(target, Mode.SHARE_ROW_EXCLUSIVE, duration)


def _fills_rows(column: Column) -> bool:
    """Whether existing rows get something else than NULL."""
    return (
        (column.default is not None and not column.default.is_null)
        or column.generated is not None
        or (column.type is not None and column.type.serial)
    )


def _work_of_new(column: Column, structure: Structure, version: Version) -> Duration:
    """What adding the column does to the rows; foreign keys apart."""
    default = column.default if column.default is not None and not column.default.is_null else None
    if column.generated in _REWRITING:
        return Duration.REWRITE
    if column.type is not None and (column.type.serial or structure.domain_has_constraint(column.type)):
        return Duration.REWRITE
    if default is not None:
        once = volatility(default, structure) in {Volatility.IMMUTABLE, Volatility.STABLE}
        if not once or version < (11,):
            return Duration.REWRITE
    if any(constraint.kind in _CHECKED for constraint in column.constraints):
        return Duration.SCAN
    if column.not_null and default is None:
        return Duration.SCAN
    return Duration.INSTANT


def _drop(operation: DropColumn, structure: Structure, version: Version) -> Iterator[Touch]:
    """Foreign keys over the column go with it, and that locks the tables on their other side."""
    yield from on_family(operation.table, structure, Mode.ACCESS_EXCLUSIVE, Duration.INSTANT)
    for key in structure.foreign_keys_of(operation.table):
        if operation.column in key.columns:
            for target in referenced([key]):
                yield Touch(target, Mode.ACCESS_EXCLUSIVE)
    for source in structure.referencing(operation.table) if operation.cascade else ():
        if _points_at(source, operation.table, operation.column, structure):
            yield Touch(source, Mode.ACCESS_EXCLUSIVE)


def _change_type(operation: AlterColumnType, structure: Structure, version: Version) -> Iterator[Touch]:
    """Foreign keys over the column are made again, under ACCESS EXCLUSIVE on both sides."""
    duration = _TYPE_WORK.get(type_change(operation, structure, version), Duration.REWRITE)
    yield from on_family(operation.table, structure, Mode.ACCESS_EXCLUSIVE, duration)
    other = Duration.SCAN if duration is Duration.REWRITE else Duration.INSTANT
    for key in structure.foreign_keys_of(operation.table):
        if operation.column in key.columns:
            for target in referenced([key]):
                yield Touch(target, Mode.ACCESS_EXCLUSIVE, other)
    for source in structure.referencing(operation.table):
        if _points_at(source, operation.table, operation.column, structure):
            yield Touch(source, Mode.ACCESS_EXCLUSIVE, other)


def _points_at(source: Name, table: Name, column: str, structure: Structure) -> bool:
    """Whether a foreign key of ``source`` points to that column; without columns it means the primary key."""
    primary: tuple[str, ...] = next(
        (
            constraint.columns
            for constraint in structure.constraints_of(table)
            if constraint.kind is ConstraintKind.PRIMARY_KEY
        ),
        (),
    )
    wanted = structure.display(table)
    return any(
        key.references is not None
        and structure.display(key.references.table) == wanted
        and column in (key.references.columns or primary)
        for key in structure.foreign_keys_of(source)
    )


def _set_not_null(operation: SetNotNull, structure: Structure, version: Version) -> Iterator[Touch]:
    proven = not_null_is_proven(operation.table, operation.column, structure, version)
    duration = Duration.INSTANT if proven else Duration.SCAN
    yield from on_family(operation.table, structure, Mode.ACCESS_EXCLUSIVE, duration)


def not_null_is_proven(table: Name, column: str, structure: Structure, version: Version) -> bool:
    """Whether the server knows that the column holds no NULL: by NOT NULL, or since 12 by a valid CHECK."""
    constraints = structure.constraints_of(table)
    pending = any(
        constraint.kind is ConstraintKind.NOT_NULL and not constraint.valid and column in constraint.columns
        for constraint in constraints
    )
    known = structure.column(table, column)
    if known is not None and known.not_null and not pending:
        return True
    return version >= (12,) and any(_says_not_null(check, column) for check in structure.checks_on(table, column))


def _says_not_null(check: Constraint, column: str) -> bool:
    if not check.valid or check.expression is None or check.expression.columns != (column,):
        return False
    return _IS_NOT_NULL.fullmatch(check.expression.text) is not None


def _option(operation: AlterColumnOption, structure: Structure, version: Version) -> Iterator[Touch]:
    yield from on_family(operation.table, structure, *first_match(operation.option, COLUMN_OPTIONS))


HANDLERS: dict[type[Operation], Handler] = {
    AddColumn: _add,
    DropColumn: _drop,
    AlterColumnType: _change_type,
    SetNotNull: _set_not_null,
    AlterColumnOption: _option,
}
