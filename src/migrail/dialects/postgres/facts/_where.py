"""The relations that rows speak of. Names may be as the author wrote them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from migrail.dialects.postgres.facts._fact import Where
from migrail.model.structure import Constraint, ConstraintKind, Name, Structure

_IDENTIFIER = re.compile(r'"((?:[^"]|"")+)"|([\w$]+)')


def family(table: Name, structure: Structure) -> tuple[Name, ...]:
    """The table with its partitions and the tables that inherit from it."""
    return (table, *structure.children_of(table))


def with_partitions(table: Name, structure: Structure) -> tuple[Name, ...]:
    """The table, with its partitions where it has them; tables that inherit from it are left out."""
    return family(table, structure) if structure.is_partitioned(table) else (table,)


def referenced(constraints: Iterable[Constraint], structure: Structure) -> Iterator[Name]:
    """The tables that foreign keys among the constraints point to, with their partitions."""
    for constraint in constraints:
        if constraint.references is not None:
            yield from with_partitions(constraint.references.table, structure)


def points_at(source: Name, table: Name, column: str, structure: Structure) -> bool:
    """Whether a foreign key of ``source`` points to that column; without columns it means the primary key."""
    primary: tuple[str, ...] = next(
        (key.columns for key in structure.constraints_of(table) if key.kind is ConstraintKind.PRIMARY_KEY), ()
    )
    wanted = structure.display(table)
    return any(
        key.references is not None
        and structure.display(key.references.table) == wanted
        and column in (key.references.columns or primary)
        for key in structure.foreign_keys_of(source)
    )


def _keys_over_column(operation: Any, structure: Structure) -> Iterator[Name]:
    keys = [key for key in structure.foreign_keys_of(operation.table) if operation.column in key.columns]
    yield from referenced(keys, structure)


def _sources_at_column(operation: Any, structure: Structure) -> Iterator[Name]:
    for source in structure.referencing(operation.table):
        if points_at(source, operation.table, operation.column, structure):
            yield source


def _views_of_column(operation: Any, structure: Structure) -> Iterable[Name]:
    return structure.views_mentioning(operation.table, operation.column)


def _dropped_keys(operation: Any, structure: Structure) -> Iterator[Name]:
    constraint = structure.constraint(operation.table, operation.constraint)
    yield from referenced([constraint] if constraint is not None else [], structure)


def _validated_key(operation: Any, structure: Structure) -> Iterator[Name]:
    """Of a partitioned table, the partitions are only read."""
    constraint = structure.constraint(operation.table, operation.constraint)
    if constraint is not None and constraint.references is not None:
        yield constraint.references.table


def _dropped_tables_keys(operation: Any, structure: Structure) -> Iterator[Name]:
    """Foreign keys that a partition has from its parent are not dropped one by one."""
    inherited = {
        key.columns
        for parent in structure.parents_of(operation.table)
        if structure.is_partitioned(parent)
        for key in structure.foreign_keys_of(parent)
    }
    for relation in family(operation.table, structure):
        keys = [key for key in structure.foreign_keys_of(relation) if key.columns not in inherited]
        yield from referenced(keys, structure)


def _users(operation: Any, structure: Structure) -> Iterator[Name]:
    """What goes or loses a foreign key with the table and its family."""
    for relation in family(operation.table, structure):
        yield from structure.referencing(relation)
        yield from structure.views_reading(relation)


def _referencing(operation: Any, structure: Structure) -> Iterable[Name]:
    return structure.referencing(operation.table)


def _truncated(operation: Any, structure: Structure) -> Iterator[Name]:
    """CASCADE goes on to the tables that reference one that is emptied."""
    seen: set[Name] = set()
    pending = [operation.table]
    while pending:
        table = pending.pop()
        if table in seen:
            continue
        seen.add(table)
        yield table
        pending.extend(structure.children_of(table))
        if operation.cascade:
            pending.extend(structure.referencing(table))


def _partitioned_parents(operation: Any, structure: Structure) -> Iterator[Name]:
    yield from (parent for parent in structure.parents_of(operation.table) if structure.is_partitioned(parent))


def _default_beside(operation: Any, structure: Structure) -> Iterator[Name]:
    for parent in _partitioned_parents(operation, structure):
        yield from _default_of(parent, structure)


def _default_of(parent: Name, structure: Structure) -> Iterator[Name]:
    default = structure.default_partition_of(parent)
    if default is not None:
        yield default


def _new_keys(operation: Any, structure: Structure) -> Iterator[Name]:
    inline = (constraint for column in operation.columns for constraint in column.constraints)
    targets = referenced([*operation.constraints, *inline], structure)
    yield from (target for target in targets if target != operation.table)


def _table_of_index(operation: Any, structure: Structure) -> Iterator[Name]:
    """Without a known table the index stands for it."""
    table = structure.table_of_index(operation.name)
    yield from with_partitions(table, structure) if table is not None else (operation.name,)


def _reindexed_table(operation: Any, structure: Structure) -> Iterator[Name]:
    if operation.name is not None and operation.scope == "TABLE":
        yield from with_partitions(operation.name, structure)
    elif operation.name is not None and operation.scope == "INDEX":
        table = structure.table_of_index(operation.name)
        if table is not None:
            yield from with_partitions(table, structure)


def _reindexed_indexes(operation: Any, structure: Structure) -> Iterator[Name]:
    if operation.name is not None and operation.scope == "TABLE":
        yield from (Name(operation.name.schema, index) for index in structure.indexes_on(operation.name))
    elif operation.name is not None and operation.scope == "INDEX":
        yield operation.name


def _attached_index(operation: Any, structure: Structure) -> Iterator[Name]:
    parts = [quoted.replace('""', '"') or bare.lower() for quoted, bare in _IDENTIFIER.findall(operation.argument)]
    if parts:
        yield Name(parts[-2] if len(parts) > 1 else None, parts[-1])


def lacks_index(operation: Any, structure: Structure) -> bool:
    """Whether the parent has an index that must be built on the partition."""
    return not _shapes(operation.table, structure) <= _shapes(operation.partition, structure)


def _shapes(table: Name, structure: Structure) -> set[tuple[object, ...]]:
    return {_shape(table, name, structure) for name in structure.indexes_on(table)}


def _shape(table: Name, name: str, structure: Structure) -> tuple[object, ...]:
    index = structure.index(table, name)
    return () if index is None else (index.columns, index.unique)


def _attached_indexes(operation: Any, structure: Structure) -> Iterator[Name]:
    """Those of the partition that are like one of the parent's."""
    wanted = _shapes(operation.table, structure)
    for name in structure.indexes_on(operation.partition):
        if _shape(operation.partition, name, structure) in wanted:
            yield Name(operation.partition.schema, name)


def _typed(operation: Any, structure: Structure) -> Iterable[Name]:
    return structure.tables_with_type(operation.name)


def _inside_schema(operation: Any, structure: Structure) -> Iterator[Name]:
    for relation in structure.relations_in(operation.name.name):
        yield relation
        yield from referenced(structure.foreign_keys_of(relation), structure)
        yield from structure.referencing(relation)
        yield from structure.views_reading(relation)


def _owner_of_sequence(operation: Any, structure: Structure) -> Iterator[Name]:
    owner = structure.owner_of_sequence(operation.name)
    if owner is not None:
        yield owner


TABLE = Where("the table", lambda operation, structure: (operation.table,))
NAMED = Where("what it names", lambda operation, structure: (operation.name,) if operation.name else ())
FAMILY = Where(
    "the table, its partitions and the tables that inherit from it",
    lambda operation, structure: family(operation.table, structure),
)
PARTITIONED = Where("the table and its partitions", lambda o, structure: with_partitions(o.table, structure))
CHILDREN = Where("its partitions", lambda operation, structure: structure.children_of(operation.table))
COLUMN_TARGETS = Where(
    "the tables that the column's foreign keys point to", lambda o, s: referenced(o.column.constraints, s)
)
KEYS_OVER_COLUMN = Where("the tables that foreign keys over the column point to", _keys_over_column)
SOURCES_AT_COLUMN = Where("the tables whose foreign keys point to the column", _sources_at_column)
VIEWS_OF_COLUMN = Where("the views that read the column, and views on these", _views_of_column)
CONSTRAINT_TARGET = Where(
    "the table that the foreign key points to", lambda o, structure: referenced([o.constraint], structure)
)
KEY_TARGET = Where("the table that the foreign key points to", _dropped_keys)
VALIDATED_TARGET = Where("the table that the foreign key points to", _validated_key)
DROPPED_KEY_LEAVES = Where(
    "the tables that its foreign keys point to, of a partitioned one only the partitions",
    lambda o, structure: (
        name for name in _dropped_tables_keys(o, structure) if not structure.is_partitioned(name)
    ),
)
DROPPED_KEY_TARGETS = Where("the tables that its foreign keys point to", _dropped_tables_keys)
USERS = Where("views on the table and tables with a foreign key to it", _users)
REFERENCING = Where("the tables with a foreign key to it", _referencing)
TRUNCATED = Where("the table, its family, and with CASCADE the tables that reference these", _truncated)
PARENTS = Where("the partitioned table that it is a partition of", _partitioned_parents)
SIBLING_DEFAULT = Where("the DEFAULT partition beside it", _default_beside)
DEFAULT = Where("the DEFAULT partition", lambda operation, structure: _default_of(operation.table, structure))
NEW_KEYS = Where("the tables that its foreign keys point to", _new_keys)
NEW_PARENT = Where("the partitioned table", lambda o, structure: (o.partition_of,))
NEW_SIBLING_DEFAULT = Where("its DEFAULT partition", lambda o, structure: _default_of(o.partition_of, structure))
NEW_PARENT_KEYS = Where(
    "the tables that the partitioned table's foreign keys point to",
    lambda o, structure: referenced(structure.foreign_keys_of(o.partition_of), structure),
)
NEW_PARENT_SOURCES = Where(
    "the tables with a foreign key to the partitioned table", lambda o, s: s.referencing(o.partition_of)
)
INHERITED = Where("the tables that it inherits from", lambda operation, structure: operation.inherits)
LIKE = Where("the tables that it is like", lambda o, structure: (source.table for source in o.like))
PARENT = Where("the parent", lambda operation, structure: (operation.parent,))
PARTITION = Where("the partition", lambda operation, structure: (operation.partition,))
KEYS = Where(
    "the tables that its foreign keys point to",
    lambda o, structure: referenced(structure.foreign_keys_of(o.table), structure),
)
INDEX_TABLE = Where("the table of the index", _table_of_index)
REINDEXED_TABLE = Where("the table", _reindexed_table)
REINDEXED_INDEXES = Where("the index, or all of the table's", _reindexed_indexes)
TYPED = Where("every table that uses the type, also through a domain over it", _typed)
READ = Where("the tables that the query reads", lambda operation, structure: operation.reads)
READ_BY_VIEW = Where("the tables that the view reads", lambda o, s: s.read_by_view(o.table))
VIEWS = Where("views on it", lambda operation, structure: structure.views_reading(operation.name))
INSIDE_SCHEMA = Where("everything in the schema, and what foreign keys and views tie to it", _inside_schema)
SEQUENCE_OWNER = Where("the table whose column it belongs to", _owner_of_sequence)
ATTACHED_INDEX = Where("the index of the partition", _attached_index)
ATTACHED_INDEXES = Where("the partition's indexes that belong to one of the parent's", _attached_indexes)
MAINTAINED = Where(
    "the table and its partitions",
    lambda o, structure: with_partitions(o.table, structure) if o.table is not None else (),
)
MAINTAINED_FAMILY = Where(
    "the table, its partitions and the tables that inherit from it",
    lambda o, structure: family(o.table, structure) if o.table is not None else (),
)
PUBLISHED = Where(
    "the tables that it names",
    lambda o, structure: (relation for table in o.tables for relation in family(table, structure)),
)
