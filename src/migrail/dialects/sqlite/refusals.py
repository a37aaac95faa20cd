"""What SQLite refuses (``lang_altertable.html``, ``omitted.html``); measured on 3.40.

Some forms of ADD COLUMN are refused only where the table has rows; only a new table may be without.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from migrail.dialects._interface import Version
from migrail.model.operations import (
    AddColumn,
    AddConstraint,
    AddEnumValue,
    AlterColumnOption,
    AlterColumnType,
    AlterObject,
    AlterTableOption,
    AttachPartition,
    CommentOn,
    CreateDomain,
    CreateExtension,
    CreateFunction,
    CreateIndex,
    CreateObject,
    CreatePolicy,
    CreateSchema,
    CreateSequence,
    CreateTable,
    CreateTrigger,
    CreateType,
    CreateView,
    DetachPartition,
    DropColumn,
    DropConstraint,
    DropDefault,
    DropIndex,
    DropNotNull,
    DropObject,
    DropTable,
    DropTrigger,
    DropView,
    Grant,
    LockTable,
    Merge,
    MoveTable,
    Operation,
    RefreshView,
    RenameColumn,
    RenameConstraint,
    RenameEnumValue,
    RenameIndex,
    RenameObject,
    RunCode,
    SetDefault,
    SetNotNull,
    TableOperation,
    Truncate,
    ValidateConstraint,
)
from migrail.model.structure import Column, Constraint, ConstraintKind, Expression, Generated, Structure

_REBUILD = "make a new table, copy the rows, drop the old one and rename"

_VALUE = r"(?:[+-]?\s*(?:[0-9][0-9.eE+-]*|0[xX][0-9a-fA-F]+)|[xX]?'(?:[^']|'')*'|NULL|TRUE|FALSE)"
_LITERAL = re.compile(rf"{_VALUE}|CAST\s*\(\s*{_VALUE}\s+AS\s+[\w\s]+\)", re.IGNORECASE)

_DEFAULT = re.compile(rf"{_VALUE}|[A-Za-z_\x80-\U0010ffff][\w$]*|\"[^\"]*\"|`[^`]*`|\[[^\]]*\]", re.IGNORECASE)
_BARE = "SQLite takes an expression as a default in parentheses only"

_NO_SCHEMA = "SQLite takes no schema behind REFERENCES: a foreign key stays in the file of its table"

MISSING: dict[type[Operation], str] = {
    AlterColumnType: f"SQLite cannot change the type of a column: {_REBUILD}",
    SetNotNull: f"SQLite cannot set a column NOT NULL: {_REBUILD}",
    DropNotNull: f"SQLite cannot drop NOT NULL from a column: {_REBUILD}",
    SetDefault: f"SQLite cannot change the default of a column: {_REBUILD}",
    DropDefault: f"SQLite cannot drop the default of a column: {_REBUILD}",
    AlterColumnOption: f"SQLite has no ALTER COLUMN: {_REBUILD}",
    AddConstraint: f"SQLite cannot add a constraint to a table: {_REBUILD}",
    DropConstraint: f"SQLite cannot drop a constraint of a table: {_REBUILD}",
    RenameConstraint: f"SQLite cannot rename a constraint: {_REBUILD}",
    ValidateConstraint: "SQLite has no constraints that are not valid, and no VALIDATE CONSTRAINT",
    AlterTableOption: "SQLite knows no other ALTER TABLE than RENAME, ADD COLUMN and DROP COLUMN",
    MoveTable: "SQLite has no schemas to move a table to",
    AttachPartition: "SQLite has no partitions",
    DetachPartition: "SQLite has no partitions",
    RenameIndex: "SQLite cannot rename an index: drop it and create it under the new name",
    RefreshView: "SQLite has no materialized views",
    CreateType: "SQLite has no CREATE TYPE",
    AddEnumValue: "SQLite has no enum types",
    RenameEnumValue: "SQLite has no enum types",
    CreateDomain: "SQLite has no domains",
    CreateSequence: "SQLite has no sequences",
    CreateSchema: "SQLite has no CREATE SCHEMA",
    CreateExtension: "SQLite has no CREATE EXTENSION",
    CreateFunction: "SQLite has no CREATE FUNCTION: the application registers functions on its connection",
    RenameObject: "SQLite renames tables and columns only",
    AlterObject: "SQLite alters tables only",
    CreatePolicy: "SQLite has no row level security",
    Grant: "SQLite has no users and no privileges",
    CommentOn: "SQLite has no COMMENT ON",
    Merge: "SQLite has no MERGE: use INSERT ... ON CONFLICT",
    Truncate: "SQLite has no TRUNCATE: use DELETE without WHERE",
    LockTable: "SQLite has no LOCK TABLE: use BEGIN IMMEDIATE",
    RunCode: "SQLite has no DO, CALL or EXECUTE",
}
"""Statements that are syntax errors in every form."""


def _add_column(operation: AddColumn, structure: Structure, version: Version) -> str | None:
    column = operation.column
    if operation.if_not_exists:
        return "SQLite has no ADD COLUMN IF NOT EXISTS"
    if any(_names_schema(constraint) for constraint in column.constraints):
        return _NO_SCHEMA
    if column.default is not None and not _is_default(column.default):
        return _BARE
    kinds = {constraint.kind for constraint in column.constraints}
    if ConstraintKind.PRIMARY_KEY in kinds:
        return f"SQLite cannot add a PRIMARY KEY column: {_REBUILD}"
    if ConstraintKind.UNIQUE in kinds:
        return "SQLite cannot add a UNIQUE column: add it without UNIQUE and create a unique index on it"
    return None if structure.is_new(operation.table) else _add_to_rows(column)


def _add_to_rows(column: Column) -> str | None:
    """What an empty table would accept."""
    if column.generated is Generated.STORED:
        return "SQLite cannot add a STORED generated column to a table with rows: make it VIRTUAL"
    if column.generated is not None:
        return None
    if column.default is not None and not _is_constant(column.default):
        return f"SQLite cannot add a column with a default that is not constant to a table with rows: {_REBUILD}"
    if column.not_null and (column.default is None or column.default.is_null):
        return "SQLite cannot add a NOT NULL column to a table with rows without a default that is not NULL"
    return None


def _names_schema(constraint: Constraint) -> bool:
    return constraint.references is not None and constraint.references.table.schema is not None


def _is_default(default: Expression) -> bool:
    """Whether it is a value, a word or in parentheses (``syntax/column-constraint.html``)."""
    text = default.text.strip()
    return text.startswith("(") or _DEFAULT.fullmatch(text) is not None


def _is_constant(default: Expression) -> bool:
    """SQLite looks at the form: a literal, signed or in parentheses or cast. CURRENT_... is none."""
    text = default.text.strip()
    if not text.startswith("("):
        return not text.upper().startswith("CURRENT_")
    while text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
    return _LITERAL.fullmatch(text) is not None


def _drop_column(operation: DropColumn, structure: Structure, version: Version) -> str | None:
    if version < (3, 35):
        return "SQLite before 3.35 cannot drop a column"
    if operation.if_exists or operation.cascade:
        return "SQLite has neither IF EXISTS nor CASCADE for DROP COLUMN"
    table, column = operation.table, operation.column
    for constraint in structure.constraints_of(table):
        if constraint.kind in {ConstraintKind.PRIMARY_KEY, ConstraintKind.UNIQUE} and column in constraint.columns:
            return f"SQLite cannot drop {column}: it is part of a {constraint.kind.value.upper()} constraint"
    indexes = structure.indexes_on(table, column)
    if indexes:
        return f"SQLite cannot drop {column} while the index {indexes[0]} uses it: drop the index first"
    return None


def _rename_column(operation: RenameColumn, structure: Structure, version: Version) -> str | None:
    return "SQLite before 3.25 cannot rename a column" if version < (3, 25) else None


def _create_table(operation: CreateTable, structure: Structure, version: Version) -> str | None:
    if operation.partition_of is not None or operation.partitioned_by is not None:
        return "SQLite has no partitions"
    if operation.inherits:
        return "SQLite has no table inheritance"
    if operation.like:
        return "SQLite has no CREATE TABLE ... LIKE"
    constraints = [item for column in operation.columns for item in column.constraints]
    if any(map(_names_schema, [*constraints, *operation.constraints])):
        return _NO_SCHEMA
    if not operation.columns and operation.query is None:
        return "SQLite has no tables without columns"
    if any(column.default is not None and not _is_default(column.default) for column in operation.columns):
        return _BARE
    if operation.strict and version < (3, 37):
        return "SQLite before 3.37 has no STRICT tables"
    return None


def _create_index(operation: CreateIndex, structure: Structure, version: Version) -> str | None:
    if operation.concurrently:
        return "SQLite has no CREATE INDEX CONCURRENTLY"
    if operation.index is None:
        return "SQLite does not choose the name of an index"
    if operation.method is not None or operation.include or operation.only:
        return "SQLite has neither USING, INCLUDE nor ONLY for indexes"
    return None


def _drop_index(operation: DropIndex, structure: Structure, version: Version) -> str | None:
    if operation.concurrently or operation.cascade:
        return "SQLite has neither CONCURRENTLY nor CASCADE for DROP INDEX"
    return None


def _create_view(operation: CreateView, structure: Structure, version: Version) -> str | None:
    if operation.materialized:
        return "SQLite has no materialized views"
    return "SQLite has no CREATE OR REPLACE VIEW: drop it first" if operation.replace else None


def _drop_view(operation: DropView, structure: Structure, version: Version) -> str | None:
    if operation.materialized:
        return "SQLite has no materialized views"
    return "SQLite has no CASCADE for DROP VIEW" if operation.cascade else None


def _drop_table(operation: DropTable, structure: Structure, version: Version) -> str | None:
    return "SQLite has no CASCADE for DROP TABLE" if operation.cascade else None


def _create_trigger(operation: CreateTrigger, structure: Structure, version: Version) -> str | None:
    if operation.replace:
        return "SQLite has no CREATE OR REPLACE TRIGGER: drop it first"
    if " OR " in operation.timing:
        return "SQLite has triggers for one event only: create one for each"
    return "SQLite has no triggers on TRUNCATE" if operation.timing.endswith("TRUNCATE") else None


def _drop_trigger(operation: DropTrigger, structure: Structure, version: Version) -> str | None:
    return "SQLite drops a trigger without naming its table" if operation.table is not None else None


def _other_object(operation: CreateObject | DropObject, structure: Structure, version: Version) -> str | None:
    """Virtual tables are the one kind of object that SQLite has beyond those with operations of their own."""
    words = operation.object_type
    return None if words in {"VIRTUAL TABLE", "TABLE"} else f"SQLite has no {words}"


_FORMS: dict[type[Operation], Callable[..., str | None]] = {
    AddColumn: _add_column,
    DropColumn: _drop_column,
    RenameColumn: _rename_column,
    CreateTable: _create_table,
    CreateIndex: _create_index,
    DropIndex: _drop_index,
    CreateView: _create_view,
    DropView: _drop_view,
    DropTable: _drop_table,
    CreateTrigger: _create_trigger,
    DropTrigger: _drop_trigger,
    CreateObject: _other_object,
    DropObject: _other_object,
}


def refuses(operation: Operation, structure: Structure, version: Version) -> str | None:
    """Why SQLite refuses the operation on a table that may have rows, or ``None``."""
    missing = MISSING.get(type(operation))
    if missing is not None:
        return missing
    if operation.if_there:
        return "SQLite has no ALTER TABLE IF EXISTS"
    if isinstance(operation, TableOperation) and operation.only:
        return "SQLite has no ONLY"
    check = _FORMS.get(type(operation))
    return check(operation, structure, version) if check is not None else None
