"""What operations on whole tables change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from migrail.catalog import kept
from migrail.catalog.columns import (
    IDENTITIES,
    constraints_in,
    default_of,
    defaults_from,
    drop_sequence,
    put_column,
    type_of,
)
from migrail.catalog.constraints import (
    AUTOINDEX,
    INDEXED,
    add_constraint,
    drop_foreign_keys,
    is_rowid,
    rename_index,
    without_duplicates,
)
from migrail.catalog.copying import copy_columns, copy_index, copy_key, copy_rest
from migrail.catalog.draft import Draft
from migrail.catalog.inheritance import mark
from migrail.catalog.made_of_query import columns_of_query
from migrail.catalog.partition_indexes import likeness
from migrail.catalog.rewrite import next_value, sequence_of
from migrail.catalog.shared import Shared
from migrail.catalog.values import Bound, Table, View
from migrail.model.operations import (
    AttachPartition,
    CreateTable,
    DetachPartition,
    DropTable,
    MoveTable,
    RenameTable,
)
from migrail.model.structure import Column, ConstraintKind, Name

_STAGES = {ConstraintKind.CHECK: 0, ConstraintKind.NOT_NULL: 0, ConstraintKind.FOREIGN_KEY: 2}
"""When the server makes a constraint: checks with the table, keys behind what LIKE copies, then the rest."""


def create_table(draft: Draft, operation: CreateTable) -> None:
    """CREATE TABLE in all forms; nothing happens where the name is taken."""
    name = draft.catalog.place(operation.table, temporary=operation.temporary)
    if draft.catalog.has_relation(name):
        return
    sources = [draft.catalog.resolve(like.table) for like in operation.like]
    parents = [draft.catalog.resolve(parent) for parent in operation.inherits]
    if operation.partition_of is not None:
        parents.append(draft.catalog.resolve(operation.partition_of))
    of_type = draft.catalog.resolve_type(operation.of_type) if operation.of_type is not None else None
    known = all(source in draft.tables and draft.tables[source].columns_known for source in (*sources, *parents))
    known = known and operation.of_type is None  # what the type loses or gets later is not followed
    if operation.query is not None and kept.holds(draft):
        found = columns_of_query(operation.query, draft.catalog)
        operation = operation if found is None else replace(operation, columns=found, query=None)
    draft.put(
        Table(
            name=name,
            columns_known=known and operation.query is None,
            parents=tuple(parents),
            of_type=of_type,
            partitioned_by=operation.partitioned_by,
            partition_bound=operation.partition_bound,
            strict=operation.strict,
            without_rowid=operation.without_rowid,
        )
    )
    draft.created(name)
    if operation.if_not_exists and not draft.catalog.relations_known:
        draft.new.pop(name, None)
    for parent in parents:
        _inherit_columns(draft, parent, name)
        adopt(draft, parent, name)
    if of_type is not None:
        draft.depend(of_type, name)
        _copy_attributes(draft, of_type, name)
    _define_columns(draft, name, operation)
    for parent in parents:
        _inherit_constraints(draft, parent, name)
    _define_constraints(draft, name, operation)


def _copy_attributes(draft: Draft, type_: Name, name: Name) -> None:
    composite = draft.catalog.composite(type_)
    for column in composite.columns if composite is not None else ():
        put_column(draft, name, column)


def _define_columns(draft: Draft, name: Name, operation: CreateTable) -> None:
    columns = draft.columns_of(name)
    for number in range(len(operation.columns) + 1):
        for like in operation.like:
            if like.behind == number:
                copy_columns(draft, like, name)
        for column in operation.columns[number : number + 1]:
            inherited = columns.get(column.name)
            if inherited is None:
                put_column(draft, name, column)
            else:
                _put_merged(draft, name, column, inherited)


def _define_constraints(draft: Draft, name: Name, operation: CreateTable) -> None:
    """The constraints of the statement itself. Foreign keys come last, as on the server."""
    found = [constraint for column in operation.columns for constraint in constraints_in(column)]
    found.extend(operation.constraints)
    constraints = without_duplicates(found)
    if not draft.has_schemas:
        keys = [item for item in found if item.kind is ConstraintKind.PRIMARY_KEY]
        if keys and is_rowid(draft.tables[name], keys[0]):  # it has no index that another key could share
            constraints = [*keys, *without_duplicates(item for item in found if item not in keys)]
    for stage in range(3):
        for constraint in constraints:
            if _STAGES.get(constraint.kind, 1) == stage:
                add_constraint(draft, name, constraint)
        for like in operation.like if stage == 0 else ():
            copy_rest(draft, like, name)


def _put_merged(draft: Draft, name: Name, own: Column, inherited: Column) -> None:
    """Puts a column that is written although it is inherited; an identity goes on to use its parent's sequence."""
    shared = inherited.generated in IDENTITIES
    merged = _merged(own, replace(inherited, generated=None) if shared else inherited)
    put_column(draft, name, replace(merged, local=draft.tables[name].partition_bound is None))
    if shared:
        draft.change(name, own.name, lambda known: replace(known, generated=inherited.generated))


def _merged(own: Column, inherited: Column) -> Column:
    """A column that is written although it is inherited: both must be NULL for it to be."""
    return replace(
        own,
        type=own.type or inherited.type,
        not_null=own.not_null or inherited.not_null,
        default=own.default if own.default is not None else inherited.default,
        generated=own.generated or inherited.generated,
        generation=own.generation or inherited.generation,
        collation=own.collation or inherited.collation,
    )


def _inherit_columns(draft: Draft, parent: Name, name: Name) -> None:
    """An identity goes to partitions only, without a sequence of their own (from PostgreSQL 17 on)."""
    table = draft.tables.get(parent)
    columns = draft.columns_of(name)
    for column in table.columns.values() if table is not None else ():
        kept = column.generated not in IDENTITIES or draft.catalog.is_partitioned(parent)
        generated = column.generated if kept else None
        columns.setdefault(column.name, replace(column, comment="", generated=generated, local=False))
        type_of(draft, name, column.type)
        default_of(draft, name, column.default)


def adopt(draft: Draft, parent: Name, child: Name) -> None:
    """Notes the child at its parent."""
    table = draft.edit(parent)
    if table is not None:
        children: Shared[Name, None] = Shared(table.children)
        children[child] = None
        draft.tables[parent] = replace(table, children=children)


def _inherit_constraints(draft: Draft, parent: Name, child: Name) -> None:
    """CHECKs always; a partition gets the keys and indexes of its parent as well, but for those that it has.

    One of its own stands for one of its parent's only (AttachPartitionEnsureIndexes in tablecmds.c).
    """
    table, own = draft.tables.get(parent), draft.tables.get(child)
    if table is None or own is None:
        return
    partition = table.partitioned_by is not None
    keys = Counter((item.kind, item.columns) for item in own.constraints.values())
    indexes = Counter(likeness(item) for item in own.indexes.values() if not item.constraint)
    for constraint in list(table.constraints.values()):
        if constraint.no_inherit:
            continue
        if constraint.kind is ConstraintKind.CHECK or (partition and constraint.references is not None):
            add_constraint(draft, child, replace(constraint, valid=constraint.enforced, local=False))
        elif (
            partition
            and constraint.kind in INDEXED
            and not _taken_from(keys, (constraint.kind, constraint.columns))
        ):
            copy_key(draft, table, constraint, child)
    for index in list(table.indexes.values()) if partition else ():
        if not index.constraint and not _taken_from(indexes, likeness(index)):
            copy_index(draft, index, child)


def _taken_from(found: Counter[Any], wanted: object) -> bool:
    """Whether one of these is left, which is gone then."""
    left = found[wanted] > 0
    found[wanted] -= left
    return left


def drop_table(draft: Draft, operation: DropTable) -> None:
    """DROP TABLE."""
    remove_table(draft, operation.table)
    forget_foreign(draft, operation.table)


def forget_foreign(draft: Draft, name: Name, new: Name | None = None) -> None:
    """A table of which no more than the name is known is gone, or has another name."""
    if name in draft.catalog.foreign:
        kept = draft.catalog.foreign - {name}
        draft.catalog = replace(draft.catalog, foreign=kept if new is None else kept | {new})


def remove_table(draft: Draft, name: Name) -> None:
    """Takes a table away with its partitions, indexes, constraints, triggers and sequences.

    Views on it and foreign keys to it go too, as with CASCADE: without it the server would have refused.
    """
    pending = [name]
    while pending:
        table = draft.tables.pop(pending.pop(), None)
        if table is None:
            continue
        pending.extend(table.children)
        for key in table.constraints:
            draft.count_constraint(table.name, key, -1)
        for index in table.indexes:
            draft.index_tables.pop(Name(table.name.schema, index), None)
        _forget_triggers(draft, table)
        for parent in table.parents:
            disown(draft, parent, table.name)
        if draft.has_schemas:
            _remove_dependents(draft, table.name)
        draft.forget(table.name)


def disown(draft: Draft, parent: Name, child: Name) -> None:
    table = draft.edit(parent)
    if table is not None:
        children: Shared[Name, None] = Shared(table.children)
        children.pop(child, None)
        draft.tables[parent] = replace(table, children=children)


def _remove_dependents(draft: Draft, name: Name) -> None:
    """SQLite leaves views and foreign keys as they are; PostgreSQL does not."""
    for dependent in draft.dependents_of(name):
        sequence = draft.sequences.get(dependent)
        if sequence is not None and sequence.owner == name:
            drop_sequence(draft, dependent)
        elif dependent in draft.views:
            remove_view(draft, dependent, name)
        else:
            drop_foreign_keys(draft, dependent, name)


def remove_view(draft: Draft, name: Name, reads: Name | None = None) -> None:
    """Takes a view away with the views on it; only where it reads ``reads``, when that is given."""
    pending = [(name, reads)]
    while pending:
        current, read = pending.pop()
        view = draft.views.get(current)
        if view is None or (read is not None and read not in view.reads):
            continue
        del draft.views[current]
        for index in view.indexes:
            draft.index_tables.pop(Name(current.schema, index), None)
        _forget_triggers(draft, view)
        if draft.has_schemas:
            pending.extend((dependent, current) for dependent in draft.dependents_of(current))
        draft.forget(current)


def _forget_triggers(draft: Draft, holder: Table | View) -> None:
    for trigger in _trigger_names(draft, holder, holder.name):
        draft.trigger_tables.pop(trigger, None)


def _trigger_names(draft: Draft, holder: Table | View, name: Name) -> list[Name]:
    """Its own triggers, and those that SQLite has on it for the session only."""
    own = [draft.catalog.place_of_trigger(trigger, None, name) for trigger in holder.triggers]
    session = draft.catalog.temporary_schema
    return own + [key for key, table in draft.trigger_tables.items() if key.schema == session and table == name]


def rename_table(draft: Draft, operation: RenameTable) -> None:
    """RENAME TO; PostgreSQL takes views, sequences and indexes here as well."""
    rename_relation(draft, operation.table, operation.new_name)


def rename_relation(draft: Draft, old: Name, new_name: str) -> None:
    """Gives a table, view, sequence or index another name; what refers to it follows."""
    new = Name(old.schema, new_name)
    owner = draft.index_tables.get(old)
    if draft.catalog.has_relation(new):
        return
    if old in draft.catalog.foreign:
        forget_foreign(draft, old, new)
    elif owner is not None:
        rename_index(draft, owner, old.name, new_name)
    else:
        move_relation(draft, old, new)


def move_relation(draft: Draft, old: Name, new: Name) -> None:
    """Moves a table, view or sequence to another full name. The indexes of a table change their schema with it."""
    if kept.holds(draft):
        kept.follow_table(draft, old, new)
    if old in draft.tables:
        _move_table(draft, old, new)
    elif old in draft.views:
        _move_view(draft, old, new)
    elif old in draft.sequences:
        sequence = replace(draft.sequences.pop(old), name=new)
        draft.sequences[new] = sequence
        if sequence.owner is not None:
            draft.depend(sequence.owner, new)
    else:
        return
    owned = [name for name in draft.dependents_of(old) if name in draft.sequences]
    for dependent in draft.dependents_of(old):
        follow_move(draft, dependent, old, new)
    draft.carry(old, new)
    for name in owned:
        if draft.sequences[name].owner == new and name.schema != new.schema:
            move_relation(draft, name, Name(new.schema, name.name))


def _move_view(draft: Draft, old: Name, new: Name) -> None:
    view = draft.views.pop(old)
    draft.views[new] = replace(view, name=new)
    _move_indexes(draft, tuple(view.indexes), old, new)
    _move_triggers(draft, view, old, new)
    for read in view.reads:
        draft.depend(read, new)


def _move_triggers(draft: Draft, holder: Table | View, old: Name, new: Name) -> None:
    for trigger in _trigger_names(draft, holder, old):
        if trigger in draft.trigger_tables:
            draft.trigger_tables[trigger] = new


def _move_table(draft: Draft, old: Name, new: Name) -> None:
    table = draft.edit(old)
    if table is None:
        return
    del draft.tables[old]
    draft.put(replace(table, name=new))
    for key in table.constraints:
        draft.count_constraint(old, key, -1)
        draft.count_constraint(new, key, +1)
    _move_indexes(draft, tuple(table.indexes), old, new)
    _move_triggers(draft, table, old, new)
    for relative in (*table.parents, *table.children):
        _rename_relative(draft, relative, old, new)
    for constraint in table.constraints.values():
        if constraint.references is not None:
            draft.depend(constraint.references.table, new)
    for column in table.columns.values():
        used = draft.catalog.resolve_type(column.type.name) if column.type is not None else None
        if used is not None:
            draft.depend(used, new)
        sequence = sequence_of(column.default, draft.catalog.dialect)
        if sequence is not None:
            draft.depend(draft.catalog.resolve(sequence), new)
    if not draft.has_schemas:
        _rename_autoindexes(draft, new, old.name)


def _move_indexes(draft: Draft, indexes: tuple[str, ...], old: Name, new: Name) -> None:
    if draft.catalog.dialect.check_names is not None:
        return
    for index in indexes:
        before, after = Name(old.schema, index), Name(new.schema, index)
        draft.index_tables.pop(before, None)
        draft.index_tables[after] = new
        if before != after:
            draft.carry(before, after)


def _rename_autoindexes(draft: Draft, table: Name, old: str) -> None:
    """SQLite names its own indexes after the table."""
    prefix = f"{AUTOINDEX}{old}_"
    for index in list(draft.tables[table].indexes):
        if index.startswith(prefix):
            rename_index(draft, table, index, f"{AUTOINDEX}{table.name}_{index.removeprefix(prefix)}")


def _rename_relative(draft: Draft, relative: Name, old: Name, new: Name) -> None:
    table = draft.edit(relative)
    if table is not None:
        draft.tables[relative] = replace(
            table,
            parents=tuple(new if name == old else name for name in table.parents),
            children=_renamed(table.children, old, new),
        )


def _renamed(children: Mapping[Name, None], old: Name, new: Name) -> Mapping[Name, None]:
    found: Shared[Name, None] = Shared(children)
    if old in found:
        found.rename(old, new, None)
    return found


def follow_move(draft: Draft, dependent: Name, old: Name, new: Name) -> None:
    """Foreign keys, views, defaults and owned sequences follow a relation to its new name."""
    dependent = new if dependent == old else dependent
    view, sequence = draft.views.get(dependent), draft.sequences.get(dependent)
    # MySQL leaves views as they were written, and so does SQLite on request.
    follows = draft.catalog.dialect.check_names is None and not kept.is_legacy(draft.catalog)
    if view is not None and old in view.reads and follows:
        reads = tuple(new if name == old else name for name in view.reads)
        uses = tuple(replace(use, table=new) if use.table == old else use for use in view.uses)
        bound = tuple(_bound_to(item, new, draft) if item.relation == old else item for item in view.bound)
        draft.views[dependent] = replace(view, reads=reads, uses=uses, bound=bound)
        draft.depend(new, dependent)
    if sequence is not None and sequence.owner == old:
        draft.sequences[dependent] = replace(sequence, owner=new)
    constraints = draft.constraints_of(dependent)
    stays = kept.is_legacy(draft.catalog) and "foreign_keys" not in draft.catalog.switched_on
    for key, constraint in constraints.items() if not stays else ():
        if constraint.references is not None and constraint.references.table == old:
            constraints[key] = replace(constraint, references=replace(constraint.references, table=new))
            draft.depend(new, dependent)
    if new in draft.sequences:
        _follow_sequence(draft, dependent, old, new)


def _bound_to(bound: Bound, new: Name, draft: Draft) -> Bound:
    """Where the server has written the new name into the query, it is found under that."""
    return replace(bound, relation=new, written=bound.written if draft.has_schemas else new)


def _follow_sequence(draft: Draft, table: Name, old: Name, new: Name) -> None:
    dialect = draft.catalog.dialect
    for column in defaults_from(draft, table, old):
        draft.change(table, column, lambda known: replace(known, default=next_value(new, dialect)))


def move_table(draft: Draft, operation: MoveTable) -> None:
    """SET SCHEMA: indexes and owned sequences move along."""
    new = Name(operation.new_schema, operation.table.name)
    if not draft.catalog.has_relation(new):
        move_relation(draft, operation.table, new)


def attach(draft: Draft, operation: AttachPartition) -> None:
    """ATTACH PARTITION: the partition gets the indexes and keys of its parent that it lacks."""
    parent, child = operation.table, draft.catalog.resolve(operation.partition)
    if parent not in draft.tables or child not in draft.tables or parent == child:
        return
    table = draft.edit(child)
    if table is None or table.parents or child in draft.catalog.parents_of(parent):
        return
    draft.tables[child] = replace(table, parents=(parent,), partition_bound=operation.partition_bound)
    adopt(draft, parent, child)
    mark(draft, child, local=False)
    _inherit_constraints(draft, parent, child)


def detach(draft: Draft, operation: DetachPartition) -> None:
    """DETACH PARTITION: the partition keeps what it has."""
    child = draft.catalog.resolve(operation.partition)
    table = draft.edit(child)
    if table is None or operation.table not in table.parents:
        return
    parents = tuple(parent for parent in table.parents if parent != operation.table)
    draft.tables[child] = replace(table, parents=parents, partition_bound=None)
    disown(draft, operation.table, child)
    mark(draft, child, local=True)
    for column in table.columns.values():
        if column.generated in IDENTITIES:  # it used its parent's sequence
            draft.change(child, column.name, lambda known: replace(known, generated=None))
