"""Why operations on indexes and views would fail."""

from __future__ import annotations

from migrail.catalog.catalog import Catalog, is_expression
from migrail.catalog.conflicts import texts
from migrail.catalog.conflicts.parts import (
    columns_known,
    first,
    has_schemas,
    lacks_column,
    missing,
    names_are_local,
    needs_table,
    no_schema,
    taken,
)
from migrail.catalog.local_keys import table_of_new, takes_place_of
from migrail.model import operations as ops
from migrail.model.structure import Index, Name


def create_index(catalog: Catalog, operation: ops.CreateIndex) -> str | None:
    """CREATE INDEX."""
    resolved = table_of_new(catalog, operation)
    if operation.with_table and catalog.passed_over:
        return None
    if operation.index is not None and names_are_local(catalog):
        found = catalog.tables.get(resolved)
        known = found.indexes.get(operation.index) if found is not None else None
        made = Index(name=operation.index, columns=operation.columns, method=operation.method)
        if known is not None and not operation.if_not_exists and not takes_place_of(made, known):
            return f"index {operation.index} of table {catalog.display(resolved)} exists already"
    elif operation.index is not None:
        problem = taken(catalog, Name(resolved.schema, operation.index))
        if problem is not None:
            return None if operation.if_not_exists else problem
    table, view = catalog.tables.get(resolved), catalog.view(resolved)
    if view is not None and not view.materialized:
        return f"{catalog.display(resolved)} is a view, which has no indexes"
    if table is None:
        return needs_table(catalog, operation.table)
    columns = [
        column
        for column in (*operation.columns, *operation.include)
        if not is_expression(column) and column not in operation.quoted
    ]
    problems = (lacks_column(catalog, table, column) for column in columns)
    return first(problems) or texts.of_index(catalog, table, operation)


def drop_index(catalog: Catalog, operation: ops.DropIndex) -> str | None:
    """DROP INDEX."""
    if operation.table is not None:
        return None if operation.if_exists else _needs_index(catalog, operation.table, operation.name.name)
    table = catalog.table_of_index(operation.name)
    if table is None:
        if catalog.has_relation(catalog.resolve(operation.name)):
            return f"{catalog.display(operation.name)} is not an index"
        return None if operation.if_exists else missing(catalog, "index", operation.name, known=None)
    index = catalog.index(table, operation.name.name)
    if index is None:
        return None
    if index.constraint:
        return f"index {operation.name.name} belongs to a constraint of table {catalog.display(table)}"
    parent = _parent_of(catalog, table, index)
    if parent is not None:
        return f"index {operation.name.name} belongs to one of {catalog.display(parent)}"
    return None if operation.cascade else _foreign_key_on(catalog, table, index)


def _parent_of(catalog: Catalog, table: Name, index: Index) -> Name | None:
    """The partitioned table one of whose indexes an index of a partition belongs to."""
    found = catalog.tables.get(table)
    for name in found.parents if found is not None else ():
        parent = catalog.tables.get(name)
        if parent is not None and parent.partitioned_by is not None:
            alike = (other for other in parent.indexes.values() if not other.constraint)
            if any((o.columns, o.unique, o.where) == (index.columns, index.unique, index.where) for o in alike):
                return name
    return None


def _foreign_key_on(catalog: Catalog, table: Name, index: Index) -> str | None:
    if not index.unique or not has_schemas(catalog):
        return None
    twins = [other for other in (catalog.index(table, name) for name in catalog.indexes_on(table)) if other]
    if sum(other.unique and set(other.columns) == set(index.columns) for other in twins) > 1:
        return None
    for source in (table, *catalog.referencing(table)):
        for key in catalog.foreign_keys_of(source):
            reference = key.references
            if reference is not None and reference.table == table and set(reference.columns) == set(index.columns):
                return f"a foreign key of {catalog.display(source)} needs the index {index.name}"
    return None


def _needs_index(catalog: Catalog, table: Name, index: str) -> str | None:
    found = catalog.table(table)
    if found is None:
        return needs_table(catalog, table)
    if index in found.indexes or not columns_known(catalog, found):
        return None
    return f"index {index} of table {catalog.display(table)} does not exist"


def rename_index(catalog: Catalog, operation: ops.RenameIndex) -> str | None:
    """ALTER INDEX ... RENAME."""
    if operation.table is not None:
        problem = _needs_index(catalog, operation.table, operation.name.name)
        same = operation.new_name == operation.name.name
        if problem is None and not same and catalog.index(operation.table, operation.new_name) is not None:
            return f"index {operation.new_name} of table {catalog.display(operation.table)} exists already"
        return problem
    resolved = catalog.resolve(operation.name)
    target = Name(resolved.schema, operation.new_name)
    known = catalog.has_relation(resolved)
    return missing(catalog, "index", operation.name, known) or taken(catalog, target)


# Views


def create_view(catalog: Catalog, operation: ops.CreateView) -> str | None:
    """CREATE VIEW."""
    name = catalog.place_of_view(operation.name, operation.reads, temporary=operation.temporary)
    if operation.if_not_exists and catalog.has_relation(name):
        return None
    known = catalog.views.get(name)
    if texts.is_kept(catalog):
        return taken(catalog, name) or texts.of_view(operation, name)
    problems = (needs_table(catalog, table) for table in operation.reads)
    if operation.replace and known is not None and not known.materialized:
        return first(problems)
    found = taken(catalog, name, row_type=has_schemas(catalog)) or no_schema(catalog, name)
    return found or first(problems)


def drop_view(catalog: Catalog, operation: ops.DropView) -> str | None:
    """DROP VIEW."""
    known = catalog.view(operation.name)
    if known is None:
        if catalog.has_relation(catalog.resolve(operation.name)):
            return f"{catalog.display(operation.name)} is not a view"
        return None if operation.if_exists else missing(catalog, "view", operation.name, known)
    if known.materialized != operation.materialized:
        return f"{catalog.display(operation.name)} is {'a materialized' if known.materialized else 'a plain'} view"
    return None


def refresh(catalog: Catalog, operation: ops.RefreshView) -> str | None:
    """REFRESH MATERIALIZED VIEW."""
    return missing(catalog, "materialized view", operation.name, catalog.view(operation.name))
