"""Why operations on constraints would fail."""

from __future__ import annotations

from migrail.catalog.catalog import Catalog, is_expression
from migrail.catalog.conflicts import texts
from migrail.catalog.conflicts.parts import (
    INDEXED,
    KEYS,
    columns_known,
    has_schemas,
    inherited,
    missing,
    names_are_local,
    needs_constraint,
    needs_table,
    taken,
)
from migrail.catalog.index_parts import collation_of
from migrail.catalog.local_keys import is_there, passed_by
from migrail.catalog.values import Table
from migrail.model import operations as ops
from migrail.model.structure import Constraint, ConstraintKind, Name, PartOptions


def add_constraint(catalog: Catalog, operation: ops.AddConstraint) -> str | None:
    """ADD CONSTRAINT."""
    constraint, table = operation.constraint, operation.table
    found = catalog.table(table)
    if found is None:
        return needs_table(catalog, table)
    if operation.if_not_exists and is_there(found, constraint):
        return None
    if constraint.name is not None and constraint.name in found.constraints:
        return f"constraint {constraint.name} of table {catalog.display(table)} exists already"
    if constraint.kind is ConstraintKind.PRIMARY_KEY and found.primary_key is not None:
        return f"table {catalog.display(table)} has a primary key already"
    if constraint.using_index is not None and constraint.references is None:
        return _using_index(catalog, found, constraint)
    if operation.only and found.children and constraint.kind is ConstraintKind.CHECK and not constraint.no_inherit:
        return f"the children of {catalog.display(table)} must get the constraint as well"
    if operation.only and found.partitioned_by is not None and constraint.references is not None:
        return f"a foreign key goes to the partitions of {catalog.display(table)} too: leave out ONLY"
    return of_table(catalog, found, constraint) or _in_children(catalog, found, constraint)


def _in_children(catalog: Catalog, table: Table, constraint: Constraint) -> str | None:
    if constraint.kind in INDEXED and table.partitioned_by is not None:
        for child in catalog.children_of(table.name):
            primary = catalog.tables[child].primary_key
            if constraint.kind is ConstraintKind.PRIMARY_KEY and primary and primary.columns != constraint.columns:
                return f"table {catalog.display(child)} has another primary key already"
    return None


def _using_index(catalog: Catalog, table: Table, constraint: Constraint) -> str | None:
    index = table.indexes.get(constraint.using_index or "")
    name = Name(table.name.schema, constraint.using_index or "")
    if index is None:
        return missing(catalog, "index", name, known=None)
    shown = f"index {catalog.display(name)}"
    if index.constraint:
        return f"{shown} belongs to a constraint already"
    if not index.unique or index.where is not None or any(map(is_expression, index.columns)):
        return f"{shown} is not a plain unique index"
    if any(_sorts_otherwise(catalog, table, *part) for part in zip(index.columns, index.options, strict=False)):
        return f"{shown} does not sort as a key does"
    if table.partitioned_by is not None:
        return f"{catalog.display(table.name)} is partitioned and cannot take an existing index for a constraint"
    if constraint.name not in (None, index.name):
        return taken(catalog, Name(table.name.schema, constraint.name or ""))
    return None


def _sorts_otherwise(catalog: Catalog, table: Table, column: str, options: PartOptions) -> bool:
    """Whether a column of an index is in another order or collation than the index of a key has it."""
    if options.descending or options.nulls_first:
        return True
    known = table.columns.get(column)
    if options.collation is None or known is None:
        return False
    return collation_of(str(options.collation)) != collation_of(catalog.collation_of(known))


def of_table(catalog: Catalog, table: Table, constraint: Constraint) -> str | None:
    """Whether a table with these columns can have the constraint."""
    shown = catalog.display(table.name)
    columns = () if constraint.kind is ConstraintKind.CHECK else (*constraint.columns, *constraint.include)
    known = columns_known(catalog, table) or (table.name not in catalog.tables and table.columns_known)
    lacking = [name for name in columns if name not in table.columns and not is_expression(name)]
    if lacking and known and catalog.complete:
        return f"column {lacking[0]} of table {shown} does not exist"
    if len(set(constraint.columns)) < len(constraint.columns) and constraint.kind in KEYS:
        return f"a column is twice in a key of {shown}"
    if not has_schemas(catalog):
        own = names_are_local(catalog)
        return _reference(catalog, table, constraint) if own else texts.of_constraint(catalog, table, constraint)
    if constraint.kind in INDEXED:
        name = Name(table.name.schema, constraint.name) if constraint.name is not None else None
        if name is not None and (catalog.has_relation(name) or name == table.name):
            return f"relation {catalog.display(name)} exists already"
        return None
    return _reference(catalog, table, constraint)


def _reference(catalog: Catalog, table: Table, constraint: Constraint) -> str | None:
    reference = constraint.references
    if reference is None or not catalog.checks_references:
        return None
    outside = [name for name in reference.on_delete_columns if name not in constraint.columns]
    if outside:
        return f"column {outside[0]} of ON DELETE {reference.on_delete} is not in the foreign key"
    own = catalog.place(reference.table) == table.name or catalog.resolve(reference.table) == table.name
    target = table if own and table.name not in catalog.tables else catalog.table(reference.table)
    if target is None:
        if catalog.view(reference.table) is not None:
            return f"{catalog.display(reference.table)} is a view, which no foreign key can point to"
        return needs_table(catalog, reference.table)
    lacking = [name for name in reference.columns if name not in target.columns]
    if lacking and columns_known(catalog, target):
        return f"column {lacking[0]} of table {catalog.display(target.name)} does not exist"
    made_now = own and table.name not in catalog.tables
    if made_now or names_are_local(catalog) or not columns_known(catalog, target):
        return None
    session = catalog.temporary_schema
    if (target.name.schema == session) is not (table.name.schema == session):
        one, other = (target, table) if target.name.schema == session else (table, target)
        return f"{catalog.display(one.name)} is temporary, and {catalog.display(other.name)} is not"
    return None


def validate(catalog: Catalog, operation: ops.ValidateConstraint) -> str | None:
    """VALIDATE CONSTRAINT."""
    known = catalog.constraint(operation.table, operation.constraint)
    if known is not None and known.kind in INDEXED:
        return f"constraint {operation.constraint} is neither a foreign key nor a check"
    return needs_constraint(catalog, operation.table, operation.constraint)


def alter(catalog: Catalog, operation: ops.AlterConstraint) -> str | None:
    """ALTER CONSTRAINT."""
    known, table = catalog.constraint(operation.table, operation.constraint), catalog.table(operation.table)
    if known is not None and table is not None:
        if operation.deferrable is not None and known.kind is not ConstraintKind.FOREIGN_KEY:
            return f"constraint {operation.constraint} is not a foreign key"
        parent = inherited(catalog, table, known)
        if parent is not None:
            return f"constraint {operation.constraint} comes from {catalog.display(parent)}: alter it there"
    return needs_constraint(catalog, operation.table, operation.constraint)


def drop(catalog: Catalog, operation: ops.DropConstraint) -> str | None:
    """DROP CONSTRAINT."""
    table = catalog.table(operation.table)
    known = catalog.constraint(operation.table, operation.constraint)
    if operation.if_exists and table is not None and known is None:
        return None
    if names_are_local(catalog) and table is not None and known is not None and passed_by(table, known):
        shown = catalog.display(operation.table)
        reason = f"{operation.constraint} of table {shown} is a key too long for an index: write DROP INDEX"
        return None if operation.if_exists else reason
    problem = needs_constraint(catalog, operation.table, operation.constraint)
    if problem or table is None or known is None or not has_schemas(catalog):
        return problem
    parent = inherited(catalog, table, known)
    if parent is not None:
        return f"constraint {operation.constraint} comes from {catalog.display(parent)}: drop it there"
    if operation.only and table.children and catalog.is_partitioned(table.name) and not known.no_inherit:
        return f"constraint {operation.constraint} goes in the partitions too: leave out ONLY"
    return None


def drop_period(catalog: Catalog, operation: ops.DropPeriod) -> str | None:
    """DROP PERIOD; a key over the period would have to go before."""
    table = catalog.table(operation.table)
    if table is None or operation.if_exists or operation.period == "system_time":
        return needs_table(catalog, operation.table) if table is None else None
    if operation.period in table.constraints or not columns_known(catalog, table):
        return None
    return f"period {operation.period} of table {catalog.display(operation.table)} does not exist"


def rename(catalog: Catalog, operation: ops.RenameConstraint) -> str | None:
    """RENAME CONSTRAINT."""
    table = catalog.table(operation.table)
    if catalog.constraint(operation.table, operation.new_name) is not None:
        return f"constraint {operation.new_name} of table {catalog.display(operation.table)} exists already"
    known = catalog.constraint(operation.table, operation.constraint)
    if known is not None and table is not None and has_schemas(catalog):
        if known.kind in INDEXED:
            return taken(catalog, Name(table.name.schema, operation.new_name))
        parent = inherited(catalog, table, known)
        if parent is not None and known.kind is ConstraintKind.CHECK:
            return f"constraint {operation.constraint} comes from {catalog.display(parent)}: rename it there"
        if operation.only and table.children and known.kind is ConstraintKind.CHECK and not known.no_inherit:
            return f"constraint {operation.constraint} must be renamed in the children too"
    return needs_constraint(catalog, operation.table, operation.constraint)
