"""Why operations on whole tables would fail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from migrail.catalog import bounds
from migrail.catalog.catalog import Catalog
from migrail.catalog.columns import constraints_in
from migrail.catalog.conflicts import texts
from migrail.catalog.conflicts.constraints import of_table
from migrail.catalog.conflicts.parts import (
    SYSTEM_COLUMNS,
    first,
    has_schemas,
    names_are_local,
    needs_table,
    no_schema,
    taken,
)
from migrail.catalog.values import Table
from migrail.model import operations as ops
from migrail.model.structure import ConstraintKind, Name


def create_table(catalog: Catalog, operation: ops.CreateTable) -> str | None:
    """CREATE TABLE."""
    name = catalog.place(operation.table, temporary=operation.temporary)
    if operation.if_not_exists and catalog.has_relation(name):
        return None
    if operation.replace:
        return None
    needed = [*operation.inherits, *(like.table for like in operation.like)]
    if operation.partition_of is not None:
        needed.append(operation.partition_of)
    return (
        taken(catalog, name, row_type=has_schemas(catalog))
        or no_schema(catalog, name)
        or first(needs_table(catalog, table) for table in needed)
        or first(_definition(catalog, operation))
        or first(_parents(catalog, operation))
        or texts.of_query(catalog, operation)
        or _constraints(catalog, operation, name)
    )


def _definition(catalog: Catalog, operation: ops.CreateTable) -> Iterator[str | None]:
    names = Counter(column.name for column in operation.columns)
    yield from (f"column {name} is there twice" for name, count in names.items() if count > 1)
    if has_schemas(catalog):
        reserved = (name for name in names if name in SYSTEM_COLUMNS)
        yield from (f"column name {name} belongs to the server" for name in reserved)
    constraints = [item for column in operation.columns for item in constraints_in(column)]
    constraints += operation.constraints
    keys = [item for item in constraints if item.kind is ConstraintKind.PRIMARY_KEY]
    if len(keys) > 1:
        yield f"table {catalog.display(operation.table)} would have two primary keys"
    if catalog.dialect.default_schema is None and catalog.dialect.check_names is None:
        return  # SQLite does not look at the names of constraints
    named = Counter(item.name for item in constraints if item.name is not None)
    yield from (f"constraint {name} is there twice" for name, count in named.items() if count > 1)


def _parents(catalog: Catalog, operation: ops.CreateTable) -> Iterator[str | None]:
    columns = {column.name: column for column in operation.columns}
    parents: dict[str, str] = {}
    for written in operation.inherits:
        parent = catalog.table(written)
        if parent is None:
            continue
        if parent.partitioned_by is not None or parent.partition_bound is not None:
            yield f"{catalog.display(parent.name)} is partitioned, so that no table can inherit from it"
        session = catalog.temporary_schema
        lasting = not operation.temporary and catalog.place(operation.table).schema != session
        if parent.name.schema == session and lasting:
            yield f"{catalog.display(parent.name)} is temporary"
        for name, column in parent.columns.items():
            own = columns.get(name)
            own_type = own.type if own is not None and own.type is not None else column.type
            if len({parents.setdefault(name, str(column.type)), str(column.type), str(own_type)}) > 1:
                yield f"column {name} has another type in {catalog.display(parent.name)}"
            if own is not None and (own.generated is not None) != (column.generated is not None):
                yield f"column {name} is generated on one side of the inheritance only"
    if operation.partition_of is not None:
        parent = catalog.table(operation.partition_of)
        if parent is not None:
            yield _bound(catalog, parent, operation.partition_bound)
            for column in operation.columns:
                if parent.columns_known and column.name not in parent.columns:
                    yield f"column {column.name} of {catalog.display(parent.name)} does not exist"


def _bound(catalog: Catalog, parent: Table, bound: str | None) -> str | None:
    if parent.partitioned_by is None:
        return f"{catalog.display(parent.name)} is not partitioned"
    return bounds.conflict(catalog, parent, bound) if bound is not None else None


def _constraints(catalog: Catalog, operation: ops.CreateTable, name: Name) -> str | None:
    if operation.like or operation.query is not None or operation.of_type is not None:
        return None
    inherited = {
        column.name: column
        for written in (*operation.inherits, *filter(None, [operation.partition_of]))
        for column in (catalog.table(written) or Table(name=name)).columns.values()
    }
    own = {column.name: column for column in operation.columns if column.type or column.name not in inherited}
    known = all(catalog.table(written) is not None for written in operation.inherits)
    if operation.partition_of is not None and catalog.table(operation.partition_of) is None:
        known = False
    columns = {**inherited, **own}
    key = operation.partitioned_by
    table = Table(name=name, columns=columns, columns_known=known, partitioned_by=key)
    constraints = [item for column in operation.columns for item in constraints_in(column)]
    problems = (of_table(catalog, table, item) for item in (*constraints, *operation.constraints))
    return first(problems) or first(texts.of_column(catalog, table, column) for column in operation.columns)


def drop_table(catalog: Catalog, operation: ops.DropTable) -> str | None:
    """DROP TABLE, where something depends on it."""
    if catalog.table(operation.table) is None:
        other = catalog.view(operation.table) or catalog.sequence(operation.table)
        if other is not None:
            return f"{catalog.display(operation.table)} is not a table"
        return None if operation.if_exists else needs_table(catalog, operation.table)
    if operation.cascade or not has_schemas(catalog):
        return None
    name = catalog.resolve(operation.table)
    going = {name, *catalog.children_of(name)} if catalog.is_partitioned(name) else {name}
    if catalog.children_of(name) and not catalog.is_partitioned(name):
        return f"table {catalog.display(catalog.children_of(name)[0])} inherits from {catalog.display(name)}"
    for table in sorted(going, key=str):
        for source in catalog.referencing(table):
            if source not in going:
                return f"table {catalog.display(source)} has a foreign key to {catalog.display(table)}"
        views = catalog.views_reading(table)
        if views:
            return f"view {catalog.display(views[0])} reads {catalog.display(table)}"
    return None


def rename_table(catalog: Catalog, operation: ops.RenameTable) -> str | None:
    """RENAME TO."""
    resolved = catalog.resolve(operation.table)
    target = Name(resolved.schema, operation.new_name)
    known = resolved in catalog.tables or resolved in catalog.views
    if resolved in catalog.views and texts.is_kept(catalog):
        return f"{catalog.display(operation.table)} is a view"
    return (
        needs_table(catalog, operation.table)
        or taken(catalog, target, row_type=known and has_schemas(catalog))
        or texts.rename_table(catalog, operation)
    )


def move_table(catalog: Catalog, operation: ops.MoveTable) -> str | None:
    """SET SCHEMA; into the schema where it is, nothing happens."""
    source = catalog.resolve(operation.table)
    target = Name(operation.new_schema, source.name)
    problem = needs_table(catalog, operation.table) or no_schema(catalog, target)
    if problem or source == target:
        return problem
    sequence = catalog.sequences.get(source)
    if sequence is not None and sequence.owner is not None:
        return f"sequence {catalog.display(source)} belongs to {catalog.display(sequence.owner)} and moves with it"
    if source in catalog.index_tables:
        return f"{catalog.display(source)} is an index and moves with its table"
    return taken(catalog, target, row_type=source not in catalog.sequences) or _moved_indexes(
        catalog, source, target
    )


def _moved_indexes(catalog: Catalog, source: Name, target: Name) -> str | None:
    known = catalog.tables.get(source)
    indexes = list(known.indexes) if known is not None else []
    owned = [
        name.name
        for name in catalog.dependents.get(source, ())
        if name in catalog.sequences and catalog.sequences[name].owner == source
    ]
    return first(taken(catalog, Name(target.schema, index)) for index in (*indexes, *owned))


def attach(catalog: Catalog, operation: ops.AttachPartition) -> str | None:
    """ATTACH PARTITION, and CONVERT TABLE of MariaDB."""
    missing = needs_table(catalog, operation.table) or needs_table(catalog, operation.partition)
    parent, child = catalog.table(operation.table), catalog.table(operation.partition)
    if missing or parent is None or child is None or names_are_local(catalog):
        return missing
    if child.parents or child.name == parent.name or child.name in _ancestors(catalog, parent):
        return f"{catalog.display(child.name)} is a partition or inherits already"
    if child.children and child.partitioned_by is None:
        return f"other tables inherit from {catalog.display(child.name)}"
    return _bound(catalog, parent, operation.partition_bound) or alike(catalog, child, parent, exact=True)


def detach(catalog: Catalog, operation: ops.DetachPartition) -> str | None:
    """DETACH PARTITION, and CONVERT PARTITION of MariaDB, which makes a table of that name."""
    if names_are_local(catalog):
        return needs_table(catalog, operation.table) or taken(catalog, operation.partition)
    missing = needs_table(catalog, operation.table) or needs_table(catalog, operation.partition)
    parent, child = catalog.table(operation.table), catalog.table(operation.partition)
    if missing or parent is None or child is None or parent.name in child.parents:
        return missing
    return f"{catalog.display(child.name)} is not a partition of {catalog.display(parent.name)}"


def _ancestors(catalog: Catalog, table: Table) -> set[Name]:
    found: set[Name] = set()
    pending = list(table.parents)
    while pending:
        name = pending.pop()
        if name not in found:
            found.add(name)
            known = catalog.tables.get(name)
            pending += known.parents if known is not None else ()
    return found


def add_parent(catalog: Catalog, operation: ops.AddParent) -> str | None:
    """INHERIT."""
    missing = needs_table(catalog, operation.table) or needs_table(catalog, operation.parent)
    child, parent = catalog.table(operation.table), catalog.table(operation.parent)
    if missing or child is None or parent is None:
        return missing
    shown = catalog.display(child.name)
    if child.partition_bound is not None or child.partitioned_by is not None:
        return f"{shown} is partitioned or a partition, and cannot inherit"
    if parent.partition_bound is not None or parent.partitioned_by is not None:
        return f"{catalog.display(parent.name)} is partitioned, so that no table can inherit from it"
    if parent.name in child.parents:
        return f"{shown} inherits from {catalog.display(parent.name)} already"
    if child.name == parent.name or child.name in _ancestors(catalog, parent):
        return f"{shown} would inherit from itself"
    return alike(catalog, child, parent, exact=False)


def drop_parent(catalog: Catalog, operation: ops.DropParent) -> str | None:
    """NO INHERIT."""
    missing = needs_table(catalog, operation.table) or needs_table(catalog, operation.parent)
    child, parent = catalog.table(operation.table), catalog.table(operation.parent)
    if missing or child is None or parent is None:
        return missing
    if child.partition_bound is not None:
        return f"{catalog.display(child.name)} is a partition: detach it"
    if parent.name not in child.parents and "parents" not in child.unread:
        return f"{catalog.display(child.name)} does not inherit from {catalog.display(parent.name)}"
    return None


def alike(catalog: Catalog, child: Table, parent: Table, *, exact: bool) -> str | None:
    """Whether a table has the columns and checks that a child of another needs."""
    if not (child.columns_known and parent.columns_known and catalog.complete):
        return None
    one, two = catalog.display(child.name), catalog.display(parent.name)
    for name, column in parent.columns.items():
        own = child.columns.get(name)
        if own is None:
            return f"column {name} of {one} does not exist"
        if str(own.type) != str(column.type):
            return f"column {name} has another type in {one} than in {two}"
        if column.not_null and not own.not_null:
            return f"column {name} of {one} must be NOT NULL"
        if column.generation is not None and own.generation is None:
            return f"column {name} is generated in {two}, and not in {one}"  # the other way round from 16 on
        if exact and own.generated is not None and own.generation is None:
            return f"column {name} of {one} is an identity"
    if exact and any(name not in parent.columns for name in child.columns):
        return f"{one} has a column that {two} lacks"
    for constraint in parent.constraints.values():
        if constraint.kind is ConstraintKind.CHECK and not constraint.no_inherit:
            own_check = child.constraints.get(constraint.name or "")
            if own_check is None or own_check.kind is not ConstraintKind.CHECK:
                return f"{one} lacks the constraint {constraint.name}"
    return None
