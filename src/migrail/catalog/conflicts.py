"""Why an operation would fail on a catalog, whatever the data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from migrail.catalog.catalog import Catalog, is_expression
from migrail.catalog.values import Table
from migrail.model import operations as ops
from migrail.model.structure import Column, ConstraintKind, Name

Check = Callable[[Catalog, Any], str | None]
"""``check(catalog, operation)``: a sentence without full stop, or ``None``."""

_ROW_COLUMNS = frozenset({"rowid", "oid", "_rowid_", "ctid", "xmin", "xmax", "tableoid", "cmin", "cmax"})
"""Columns that a table has without saying so."""


def conflicts(catalog: Catalog, operation: ops.Operation) -> str | None:
    """Why the operation would fail: something is missing, or its name is taken.

    Silent where IF [NOT] EXISTS says so, and about unknown objects when the catalog is not complete.
    """
    check = _CHECKS.get(type(operation))
    if check is not None:
        return check(catalog, operation)
    if isinstance(operation, ops.TableOperation):
        return _needs_table(catalog, operation.table)
    return None


# Parts of the answer


def _needs_table(catalog: Catalog, name: Name) -> str | None:
    """ALTER TABLE works on views too."""
    if not catalog.complete or _is_system(name) or catalog.has_relation(catalog.resolve(name)):
        return None
    if _names_are_local(catalog) and name.schema is not None:
        return None  # of another database, or of this one by its name, which files do not tell
    return f"table {catalog.display(name)} does not exist"


def _names_are_local(catalog: Catalog) -> bool:
    """Whether indexes and constraints are named within their table (MySQL)."""
    return catalog.dialect.check_names is not None


def _is_system(name: Name) -> bool:
    return name.schema in {"pg_catalog", "information_schema"} or name.name.startswith(("sqlite_", "pg_"))


def _needs_column(catalog: Catalog, table: Name, column: str) -> str | None:
    found = catalog.table(table)
    if found is None:
        return _needs_table(catalog, table)
    if column in found.columns or column in _ROW_COLUMNS or not _columns_known(catalog, found):
        return None
    return f"column {column} of table {catalog.display(table)} does not exist"


def _columns_known(catalog: Catalog, table: Table) -> bool:
    return catalog.complete and table.columns_known


def _needs_constraint(catalog: Catalog, table: Name, constraint: str) -> str | None:
    found = catalog.table(table)
    if found is None:
        return _needs_table(catalog, table)
    if constraint in found.constraints or not _columns_known(catalog, found):
        return None
    implied = f"{table.name}_", "_not_null"
    if constraint.startswith(implied[0]) and constraint.endswith(implied[1]):
        return None
    return f"constraint {constraint} of table {catalog.display(table)} does not exist"


def _taken(catalog: Catalog, name: Name) -> str | None:
    """Tables, views, sequences and indexes share one name space."""
    return f"relation {catalog.display(name)} exists already" if catalog.has_relation(name) else None


def _missing(catalog: Catalog, what: str, name: Name, known: object) -> str | None:
    if known or not catalog.complete or _is_system(name):
        return None
    return f"{what} {catalog.display(name)} does not exist"


# Tables


def _create_table(catalog: Catalog, operation: ops.CreateTable) -> str | None:
    name = catalog.place(operation.table, temporary=operation.temporary)
    if operation.if_not_exists and catalog.has_relation(name):
        return None
    needed = [*operation.inherits, *(like.table for like in operation.like)]
    if operation.partition_of is not None:
        needed.append(operation.partition_of)
    if catalog.dialect.default_schema is not None:  # others look when rows come in
        needed += [table for table in _referenced(operation) if catalog.place(table) != name]
    problems = (_needs_table(catalog, table) for table in needed)
    return _taken(catalog, name) or _no_schema(catalog, name) or next(filter(None, problems), None)


def _referenced(operation: ops.CreateTable) -> list[Name]:
    """What its foreign keys point to."""
    own = (item for column in operation.columns for item in column.constraints)
    return [item.references.table for item in (*own, *operation.constraints) if item.references is not None]


def _no_schema(catalog: Catalog, name: Name) -> str | None:
    if name.schema is None or not catalog.complete or name.schema in catalog.schemas:
        return None
    if name.schema.startswith("pg_") or name.schema == catalog.temporary_schema:
        return None
    return f"schema {name.schema} does not exist"


def _drop_table(catalog: Catalog, operation: ops.DropTable) -> str | None:
    if catalog.table(operation.table) is None:
        return None if operation.if_exists else _needs_table(catalog, operation.table)
    if operation.cascade or catalog.dialect.default_schema is None:
        return None
    name = catalog.resolve(operation.table)
    children = catalog.children_of(name)
    for source in catalog.referencing(name):
        if source not in children:
            return f"table {catalog.display(source)} has a foreign key to {catalog.display(name)}"
    views = catalog.views_reading(name)
    return f"view {catalog.display(views[0])} reads {catalog.display(name)}" if views else None


def _rename_table(catalog: Catalog, operation: ops.RenameTable) -> str | None:
    resolved = catalog.resolve(operation.table)
    target = Name(resolved.schema, operation.new_name)
    return _needs_table(catalog, operation.table) or _taken(catalog, target)


def _move_table(catalog: Catalog, operation: ops.MoveTable) -> str | None:
    target = Name(operation.new_schema, operation.table.name)
    return _needs_table(catalog, operation.table) or _no_schema(catalog, target) or _taken(catalog, target)


def _partition(catalog: Catalog, operation: ops.AttachPartition | ops.DetachPartition) -> str | None:
    return _needs_table(catalog, operation.table) or _needs_table(catalog, operation.partition)


# Columns and constraints


def _add_column(catalog: Catalog, operation: ops.AddColumn) -> str | None:
    found = catalog.table(operation.table)
    if found is None:
        return _needs_table(catalog, operation.table)
    if operation.column.name in found.columns and not operation.if_not_exists:
        return f"column {operation.column.name} of table {catalog.display(operation.table)} exists already"
    return _missing_references(catalog, operation.column)


def _missing_references(catalog: Catalog, column: Column) -> str | None:
    references = (item.references.table for item in column.constraints if item.references is not None)
    return next(filter(None, (_needs_table(catalog, table) for table in references)), None)


def _drop_column(catalog: Catalog, operation: ops.DropColumn) -> str | None:
    if operation.if_exists and catalog.table(operation.table) is not None:
        return None
    return _needs_column(catalog, operation.table, operation.column)


def _modify_column(catalog: Catalog, operation: ops.ModifyColumn) -> str | None:
    if operation.if_exists and catalog.table(operation.table) is not None:
        return None
    return _needs_column(catalog, operation.table, operation.column.name)


def _rename_column(catalog: Catalog, operation: ops.RenameColumn) -> str | None:
    if catalog.column(operation.table, operation.new_name) is not None:
        return f"column {operation.new_name} of table {catalog.display(operation.table)} exists already"
    return _needs_column(catalog, operation.table, operation.column)


def _column(catalog: Catalog, operation: Any) -> str | None:
    return _needs_column(catalog, operation.table, operation.column)


def _add_constraint(catalog: Catalog, operation: ops.AddConstraint) -> str | None:
    constraint, table = operation.constraint, operation.table
    found = catalog.table(table)
    if found is None:
        return _needs_table(catalog, table)
    if constraint.name is not None and constraint.name in found.constraints:
        return f"constraint {constraint.name} of table {catalog.display(table)} exists already"
    if constraint.kind is ConstraintKind.PRIMARY_KEY and found.primary_key is not None:
        return f"table {catalog.display(table)} has a primary key already"
    if constraint.using_index is not None and constraint.references is None:
        known = constraint.using_index in found.indexes
        return _missing(catalog, "index", Name(catalog.resolve(table).schema, constraint.using_index), known)
    columns = () if constraint.kind is ConstraintKind.CHECK else constraint.columns
    problems = [_needs_column(catalog, table, column) for column in columns if not is_expression(column)]
    if constraint.references is not None:
        problems.append(_needs_table(catalog, constraint.references.table))
    return next(filter(None, problems), None)


def _validate(catalog: Catalog, operation: ops.ValidateConstraint) -> str | None:
    return _needs_constraint(catalog, operation.table, operation.constraint)


def _drop_constraint(catalog: Catalog, operation: ops.DropConstraint) -> str | None:
    if operation.if_exists and catalog.table(operation.table) is not None:
        return None
    return _needs_constraint(catalog, operation.table, operation.constraint)


def _rename_constraint(catalog: Catalog, operation: ops.RenameConstraint) -> str | None:
    if catalog.constraint(operation.table, operation.new_name) is not None:
        return f"constraint {operation.new_name} of table {catalog.display(operation.table)} exists already"
    return _needs_constraint(catalog, operation.table, operation.constraint)


# Indexes and views


def _create_index(catalog: Catalog, operation: ops.CreateIndex) -> str | None:
    resolved = catalog.resolve(operation.table)
    if operation.index is not None and _names_are_local(catalog):
        if catalog.index(resolved, operation.index) is not None and not operation.if_not_exists:
            return f"index {operation.index} of table {catalog.display(resolved)} exists already"
    elif operation.index is not None:
        taken = _taken(catalog, Name(resolved.schema, operation.index))
        if taken is not None:
            return None if operation.if_not_exists else taken
    if catalog.table(resolved) is None:
        return _needs_table(catalog, operation.table)
    columns = [column for column in (*operation.columns, *operation.include) if not is_expression(column)]
    problems = (_needs_column(catalog, operation.table, column) for column in columns)
    return next(filter(None, problems), None)


def _drop_index(catalog: Catalog, operation: ops.DropIndex) -> str | None:
    if operation.table is not None:
        return None if operation.if_exists else _needs_index(catalog, operation.table, operation.name.name)
    table = catalog.table_of_index(operation.name)
    if table is None:
        return None if operation.if_exists else _missing(catalog, "index", operation.name, known=None)
    index = catalog.index(table, operation.name.name)
    if index is not None and index.constraint:
        return f"index {operation.name.name} belongs to a constraint of table {catalog.display(table)}"
    return None


def _needs_index(catalog: Catalog, table: Name, index: str) -> str | None:
    found = catalog.table(table)
    if found is None:
        return _needs_table(catalog, table)
    if index in found.indexes or not _columns_known(catalog, found):
        return None
    return f"index {index} of table {catalog.display(table)} does not exist"


def _index(catalog: Catalog, operation: ops.RenameIndex) -> str | None:
    if operation.table is not None:
        return _needs_index(catalog, operation.table, operation.name.name)
    resolved = catalog.resolve(operation.name)
    target = Name(resolved.schema, operation.new_name)
    known = catalog.has_relation(resolved)
    return _missing(catalog, "index", operation.name, known) or _taken(catalog, target)


def _create_view(catalog: Catalog, operation: ops.CreateView) -> str | None:
    name = catalog.place(operation.name, temporary=operation.temporary)
    if operation.if_not_exists and catalog.has_relation(name):
        return None
    if operation.replace and name in catalog.views:
        return None
    problems = (_needs_table(catalog, table) for table in operation.reads)
    return _taken(catalog, name) or next(filter(None, problems), None)


def _drop_view(catalog: Catalog, operation: ops.DropView) -> str | None:
    if operation.if_exists:
        return None
    return _missing(catalog, "view", operation.name, catalog.view(operation.name))


def _refresh(catalog: Catalog, operation: ops.RefreshView) -> str | None:
    return _missing(catalog, "materialized view", operation.name, catalog.view(operation.name))


# Types, sequences, schemas, triggers


def _create_type(catalog: Catalog, operation: ops.CreateType | ops.CreateDomain) -> str | None:
    name = catalog.place(operation.name)
    return f"type {name} exists already" if name in catalog.types else None


def _add_label(catalog: Catalog, operation: ops.AddEnumValue) -> str | None:
    known = catalog.enum(operation.name)
    if known is None:
        return _missing(catalog, "type", operation.name, known)
    if operation.label in known.labels and not operation.if_not_exists:
        return f"label {operation.label} of enum {known.name} exists already"
    beside = operation.before or operation.after
    if beside is not None and beside not in known.labels:
        return f"label {beside} of enum {known.name} does not exist"
    return None


def _rename_label(catalog: Catalog, operation: ops.RenameEnumValue) -> str | None:
    known = catalog.enum(operation.name)
    if known is None:
        return _missing(catalog, "type", operation.name, known)
    if operation.label not in known.labels:
        return f"label {operation.label} of enum {known.name} does not exist"
    return (
        f"label {operation.new_label} of enum {known.name} exists already"
        if (operation.new_label in known.labels)
        else None
    )


def _create_sequence(catalog: Catalog, operation: ops.CreateSequence) -> str | None:
    return None if operation.if_not_exists else _taken(catalog, catalog.place(operation.name))


def _create_schema(catalog: Catalog, operation: ops.CreateSchema) -> str | None:
    exists = operation.name.name in catalog.schemas and not operation.if_not_exists
    return f"schema {operation.name.name} exists already" if exists else None


def _drop_trigger(catalog: Catalog, operation: ops.DropTrigger) -> str | None:
    if operation.if_exists or not catalog.complete:
        return None
    found = operation.table or catalog.trigger_tables.get(operation.trigger)
    if found is None:
        return f"trigger {operation.trigger} does not exist"
    owner = catalog.table(found) or catalog.view(found)
    if owner is None:
        return _needs_table(catalog, found)
    known = operation.trigger in owner.triggers
    return None if known else f"trigger {operation.trigger} on {catalog.display(found)} does not exist"


def _drop_object(catalog: Catalog, operation: ops.DropObject) -> str | None:
    if operation.if_exists or not catalog.complete:
        return None
    kind, name = operation.object_type, operation.name
    if kind in {"TYPE", "DOMAIN"}:
        return _missing(catalog, kind.lower(), name, catalog.type_named(name))
    if kind == "SEQUENCE":
        return _missing(catalog, "sequence", name, catalog.sequence(name))
    if kind == "SCHEMA" and name.name not in catalog.schemas:
        return f"schema {name.name} does not exist"
    return None


# Data


def _write(catalog: Catalog, operation: ops.Insert | ops.Update) -> str | None:
    problems = (_needs_column(catalog, operation.table, column) for column in operation.columns or ())
    return _needs_table(catalog, operation.table) or next(filter(None, problems), None)


_CHECKS: dict[type[ops.Operation], Check] = {
    ops.CreateTable: _create_table,
    ops.DropTable: _drop_table,
    ops.RenameTable: _rename_table,
    ops.MoveTable: _move_table,
    ops.AttachPartition: _partition,
    ops.DetachPartition: _partition,
    ops.AddColumn: _add_column,
    ops.DropColumn: _drop_column,
    ops.RenameColumn: _rename_column,
    ops.AlterColumnType: _column,
    ops.ModifyColumn: _modify_column,
    ops.SetNotNull: _column,
    ops.DropNotNull: _column,
    ops.SetDefault: _column,
    ops.DropDefault: _column,
    ops.AlterColumnOption: _column,
    ops.AddConstraint: _add_constraint,
    ops.ValidateConstraint: _validate,
    ops.DropConstraint: _drop_constraint,
    ops.RenameConstraint: _rename_constraint,
    ops.CreateIndex: _create_index,
    ops.DropIndex: _drop_index,
    ops.RenameIndex: _index,
    ops.CreateView: _create_view,
    ops.DropView: _drop_view,
    ops.RefreshView: _refresh,
    ops.CreateType: _create_type,
    ops.CreateDomain: _create_type,
    ops.AddEnumValue: _add_label,
    ops.RenameEnumValue: _rename_label,
    ops.CreateSequence: _create_sequence,
    ops.CreateSchema: _create_schema,
    ops.DropTrigger: _drop_trigger,
    ops.DropObject: _drop_object,
    ops.Insert: _write,
    ops.Update: _write,
}
