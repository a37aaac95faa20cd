"""Why operations on columns would fail."""

from __future__ import annotations

from typing import Any

from migrail.catalog.catalog import Catalog
from migrail.catalog.columns import IDENTITIES, constraints_in
from migrail.catalog.conflicts import texts
from migrail.catalog.conflicts.constraints import of_table
from migrail.catalog.conflicts.parts import (
    SYSTEM_COLUMNS,
    first,
    has_schemas,
    names_are_local,
    needs_column,
    needs_table,
    parents_with,
)
from migrail.catalog.rewrite import columns_in, sequence_of
from migrail.catalog.values import Table
from migrail.model import operations as ops
from migrail.model.structure import Column, ConstraintKind, Expression, Generated

_INTEGERS = frozenset({"smallint", "integer", "bigint"})


def add_column(catalog: Catalog, operation: ops.AddColumn) -> str | None:
    """ADD COLUMN."""
    found, column = catalog.table(operation.table), operation.column
    if found is None and texts.is_kept(catalog) and catalog.view(operation.table) is not None:
        return f"{catalog.display(operation.table)} is a view"
    if found is None:
        return needs_table(catalog, operation.table) or _missing_references(catalog, column)
    shown = catalog.display(operation.table)
    if column.name in found.columns:
        if not operation.if_not_exists:
            return f"column {column.name} of table {shown} exists already"
        return _keys(catalog, found, column) if names_are_local(catalog) else None
    if has_schemas(catalog):
        if column.name in SYSTEM_COLUMNS:
            return f"column name {column.name} belongs to the server"
        if found.partition_bound is not None:
            return f"{shown} is a partition: add the column to the partitioned table"
        if operation.only and found.children:
            return f"{shown} has children, which must get the column as well"
        problem = first(_in_children(catalog, found, column))
        if problem:
            return problem
    made = Table(
        name=found.name,
        columns={**found.columns, column.name: column},
        columns_known=found.columns_known,
        constraints=found.constraints,
        indexes=found.indexes,
        partitioned_by=found.partitioned_by,
    )
    problems = (of_table(catalog, made, constraint) for constraint in constraints_in(column))
    return first(problems) or texts.of_column(catalog, made, column) or _missing_references(catalog, column)


def _keys(catalog: Catalog, table: Table, column: Column) -> str | None:
    """MariaDB makes the keys of a column that is there already, and tries to of one that is not."""
    keys = (item for item in constraints_in(column) if item.kind is not ConstraintKind.CHECK)
    return first(of_table(catalog, table, key) for key in keys)


def _in_children(catalog: Catalog, table: Table, column: Column) -> list[str | None]:
    found: list[str | None] = []
    for name in catalog.children_of(table.name):
        own = catalog.tables[name].columns.get(column.name)
        if own is not None and str(own.type) != str(column.type):
            found.append(f"column {column.name} of {catalog.display(name)} has another type")
    return found


def _missing_references(catalog: Catalog, column: Column) -> str | None:
    references = (item.references.table for item in column.constraints if item.references is not None)
    return first(needs_table(catalog, table) for table in references)


def drop_column(catalog: Catalog, operation: ops.DropColumn) -> str | None:
    """DROP COLUMN."""
    table = catalog.table(operation.table)
    if operation.if_exists and table is not None and operation.column not in table.columns:
        return None
    if texts.is_kept(catalog) and catalog.view(operation.table) is not None:
        return f"{catalog.display(operation.table)} is a view"
    problem = needs_column(catalog, operation.table, operation.column)
    if problem or table is None:
        return problem
    inherited = _inherited(catalog, table, operation.column, "dropped")
    if inherited:
        return inherited
    if operation.cascade and operation.column in columns_in(table.partitioned_by or "", catalog.dialect):
        return f"column {operation.column} is in the partition key of {catalog.display(table.name)}"
    if operation.only and catalog.is_partitioned(table.name) and table.children:
        return (
            f"column {operation.column} goes in the partitions of {catalog.display(table.name)} too: leave out ONLY"
        )
    if operation.added:
        return None
    return _only_column(catalog, table) or texts.drop_column(catalog, operation)


def _only_column(catalog: Catalog, table: Table) -> str | None:
    """MySQL and SQLite have no tables without columns."""
    if has_schemas(catalog) or len(table.columns) > 1 or not table.columns_known:
        return None
    return f"table {catalog.display(table.name)} would have no column"


def _inherited(catalog: Catalog, table: Table, column: str, done: str) -> str | None:
    parents = parents_with(catalog, table, column)
    if not parents:
        return None
    return f"column {column} is inherited from {catalog.display(parents[0])} and can only be {done} there"


def modify_column(catalog: Catalog, operation: ops.ModifyColumn) -> str | None:
    """MODIFY."""
    table = catalog.table(operation.table)
    if operation.if_exists and table is not None and operation.column.name not in table.columns:
        return _keys(catalog, table, operation.column)
    return needs_column(catalog, operation.table, operation.column.name)


def rename_column(catalog: Catalog, operation: ops.RenameColumn) -> str | None:
    """RENAME COLUMN."""
    view = catalog.view(operation.table)
    if view is not None and texts.is_kept(catalog):
        return f"{catalog.display(operation.table)} is a view"
    if view is not None:
        known = set(view.columns)
        if view.columns and operation.column not in known:
            return f"column {operation.column} of view {catalog.display(operation.table)} does not exist"
        return (
            f"column {operation.new_name} of view {catalog.display(operation.table)} exists already"
            if operation.new_name in known
            else None
        )
    table = catalog.table(operation.table)
    if operation.if_exists and table is not None and operation.column not in table.columns:
        return None
    same = operation.swaps or (operation.column == operation.new_name and not has_schemas(catalog))
    if catalog.column(operation.table, operation.new_name) is not None and not same:
        return f"column {operation.new_name} of table {catalog.display(operation.table)} exists already"
    problem = needs_column(catalog, operation.table, operation.column)
    if problem or table is None or not has_schemas(catalog):
        return problem or texts.rename_column(catalog, operation)
    if operation.new_name in SYSTEM_COLUMNS:
        return f"column name {operation.new_name} belongs to the server"
    inherited = _inherited(catalog, table, operation.column, "renamed")
    if inherited:
        return inherited
    if operation.only and table.children:
        return f"column {operation.column} must be renamed in the children of {catalog.display(table.name)} too"
    return first(_renamed_in_children(catalog, table, operation))


def _renamed_in_children(catalog: Catalog, table: Table, operation: ops.RenameColumn) -> list[str | None]:
    found: list[str | None] = []
    for name in catalog.children_of(table.name):
        child = catalog.tables[name]
        if operation.new_name in child.columns:
            found.append(f"column {operation.new_name} of {catalog.display(name)} exists already")
        outside = [p for p in child.parents if p != table.name and p not in catalog.children_of(table.name)]
        if any(operation.column in catalog.tables[p].columns for p in outside if p in catalog.tables):
            found.append(f"column {operation.column} of {catalog.display(name)} has another parent too")
    return found


def alter_type(catalog: Catalog, operation: ops.AlterColumnType) -> str | None:
    """ALTER COLUMN TYPE."""
    table = catalog.table(operation.table)
    problem = needs_column(catalog, operation.table, operation.column)
    if problem or table is None or operation.column not in table.columns:
        return problem
    shown = f"column {operation.column} of {catalog.display(table.name)}"
    if operation.only and table.children:
        return f"{shown} must get the type in the children too"
    column = table.columns[operation.column]
    if column.generated in IDENTITIES and has_schemas(catalog) and operation.type.name not in _INTEGERS:
        return f"{shown} is an identity, which is a smallint, integer or bigint"
    return _inherited(catalog, table, operation.column, "altered")


def drop_not_null(catalog: Catalog, operation: ops.DropNotNull) -> str | None:
    """DROP NOT NULL."""
    table = catalog.table(operation.table)
    problem = needs_column(catalog, operation.table, operation.column)
    if problem or table is None:
        return problem
    shown = f"column {operation.column} of {catalog.display(table.name)}"
    if table.primary_key is not None and operation.column in table.primary_key.columns:
        return f"{shown} is in the primary key"
    column = table.columns.get(operation.column)
    if column is not None and column.generated in IDENTITIES:
        return f"{shown} is an identity"
    for parent in parents_with(catalog, table, operation.column):
        if table.partition_bound is not None and catalog.tables[parent].columns[operation.column].not_null:
            return f"{shown} is NOT NULL in {catalog.display(parent)}"
    return None


def set_default(catalog: Catalog, operation: ops.SetDefault | ops.DropDefault) -> str | None:
    """SET and DROP DEFAULT."""
    problem = needs_column(catalog, operation.table, operation.column)
    column = catalog.column(operation.table, operation.column)
    if problem or column is None or not has_schemas(catalog):
        return problem
    if column.generated is None:
        return _sequence(catalog, operation.default) if isinstance(operation, ops.SetDefault) else None
    table = catalog.table(operation.table)
    if column.generated in IDENTITIES and table is not None and table.partition_bound is not None:
        return None  # an identity in partitions from PostgreSQL 17 on only
    kind = "an identity" if column.generated in IDENTITIES else "generated"
    return f"column {operation.column} of {catalog.display(operation.table)} is {kind}"


def _sequence(catalog: Catalog, default: Expression) -> str | None:
    name = sequence_of(default, catalog.dialect) if has_schemas(catalog) else None
    if name is None or not catalog.complete or catalog.resolve(name) in catalog.sequences:
        return None
    return f"sequence {catalog.display(name)} does not exist"


def any_column(catalog: Catalog, operation: Any) -> str | None:
    """The column must be there."""
    return needs_column(catalog, operation.table, operation.column)


def alter_option(catalog: Catalog, operation: ops.AlterColumnOption) -> str | None:
    """The options that change how the column gets its value."""
    problem = needs_column(catalog, operation.table, operation.column)
    table, column = catalog.table(operation.table), catalog.column(operation.table, operation.column)
    if problem or column is None or table is None:
        return problem
    option, shown = operation.option, f"column {operation.column} of {catalog.display(operation.table)}"
    identity = column.generated in IDENTITIES
    lenient = "IF EXISTS" in f"{option} {operation.argument}"
    if option.startswith("ADD GENERATED"):
        return _add_identity(column, shown)
    if option.startswith("DROP IDENTITY") and not identity:
        return None if lenient else f"{shown} is not an identity"
    if option.startswith(("SET GENERATED", "RESTART")) and not identity:
        return f"{shown} is not an identity"
    if option.startswith("DROP EXPRESSION"):
        if column.generated is not Generated.STORED:
            return None if lenient else f"{shown} is not generated"
        if operation.only and table.children:
            return f"{shown} must lose the expression in the children too"
        return _inherited(catalog, table, operation.column, "changed")
    return None


def _add_identity(column: Column, shown: str) -> str | None:
    if column.generated is not None:
        return f"{shown} is an identity or generated already"
    if column.default is not None and not column.default.is_null:
        return f"{shown} has a default already"
    if not column.not_null:
        return f"{shown} must be NOT NULL first"
    if column.type is not None and (column.type.name not in _INTEGERS or column.type.dimensions):
        return f"{shown} must be a smallint, integer or bigint"
    return None


def write(catalog: Catalog, operation: ops.Insert | ops.Update) -> str | None:
    """INSERT and UPDATE."""
    problems = (needs_column(catalog, operation.table, column) for column in operation.columns or ())
    return needs_table(catalog, operation.table) or first(problems)
