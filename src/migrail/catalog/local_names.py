"""What operations on tables and columns change where indexes and constraints are named within their table.

That is so on MySQL and MariaDB. See :mod:`migrail.catalog.local_keys` for the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from migrail.catalog import charsets, local_keys
from migrail.catalog.columns import constraints_in, put_column, rename_column
from migrail.catalog.constraints import rename_in_constraint, rename_in_index
from migrail.catalog.draft import Draft
from migrail.catalog.local_keys import KEYS, add_constraint, is_there, own_prefix, turns_into_integers, with_columns
from migrail.catalog.prefixes import without_column, without_whole
from migrail.catalog.shared import Shared
from migrail.catalog.tables import remove_table, rename_relation
from migrail.catalog.values import ConstraintKey, Table
from migrail.model import operations as ops
from migrail.model.structure import Column, Constraint, ConstraintKind, Name


def holds(draft: Draft) -> bool:
    """Whether the dialect is one of these."""
    return draft.catalog.dialect.check_names is not None


def _create_table(draft: Draft, operation: ops.CreateTable) -> None:
    name = draft.catalog.place(operation.table, temporary=operation.temporary)
    if operation.replace:
        remove_table(draft, name)
    there = draft.catalog.has_relation(name)
    draft.catalog = replace(draft.catalog, last_table=name, passed_over=there)
    if there:
        return
    sources = [draft.catalog.table(like.table) for like in operation.like]
    known = all(source is not None and source.columns_known for source in sources)
    made = Table(
        name=name, columns_known=known and operation.query is None, partitioned_by=operation.partitioned_by
    )
    for source in sources:
        made = _like(made, source)
    draft.put(charsets.set_options(made, operation.options))
    draft.created(name)
    if operation.if_not_exists and not draft.catalog.relations_known:
        draft.new.pop(name, None)
    for source in sources:
        if source is not None:
            _copy(draft, source, name)
    for column in operation.columns:
        _put_column(draft, name, column)
    for column in operation.columns:
        _column_constraints(draft, name, column)
    for constraint in operation.constraints:
        add_constraint(draft, name, constraint)


def _like(table: Table, source: Table | None) -> Table:
    """A table with what LIKE copies beside columns, keys and checks."""
    if source is None:
        return replace(table, comment=None)
    return replace(
        table,
        comment=source.comment,
        engine=source.engine,
        charset=source.charset,
        collation=source.collation,
    )


def _copy(draft: Draft, source: Table, name: Name) -> None:
    """LIKE copies everything but foreign keys (manual, 15.1.20.3)."""
    draft.columns_of(name).update(source.columns)
    draft.indexes_of(name).update(
        (key, index if index.constraint else replace(index, implicit=False))
        for key, index in source.indexes.items()
    )
    kept = {key: item for key, item in source.constraints.items() if item.references is None}
    draft.constraints_of(name).update(kept)


def _put_column(draft: Draft, table: Name, column: Column) -> None:
    put_column(draft, table, charsets.in_table(column, draft.tables[table]))


def _column_constraints(draft: Draft, table: Name, column: Column) -> None:
    """A CHECK written in a column of MariaDB has the column's name, which no statement can use."""
    own = draft.catalog.dialect.name == "mariadb"
    for constraint in constraints_in(column):
        if own and constraint.kind is ConstraintKind.CHECK:
            constraints = draft.constraints_of(table)
            key = 1 + max((item for item in constraints if isinstance(item, int)), default=0)
            written = replace(constraint, name=column.name, of_column=column.name)
            constraints[key] = with_columns(draft, table, written)
        else:
            add_constraint(draft, table, constraint)


# Columns


def _add_column(draft: Draft, operation: ops.AddColumn) -> None:
    table, column = operation.table, operation.column
    if table not in draft.tables:
        return
    if column.name in draft.columns_of(table):
        if operation.if_not_exists:
            _add_keys(draft, table, column)
        return
    _put_column(draft, table, column)
    _move(draft, table, column.name, operation.after)
    if operation.renamed is not None:
        _take_place(draft, table, operation.renamed, column.name)
    _forbid_null_in_primary(draft, table, column.name)
    _column_constraints(draft, table, column)


def _add_keys(draft: Draft, table: Name, column: Column) -> None:
    """IF NOT EXISTS passes over a column with its CHECK; it is asked of the keys that are written in it again."""
    for constraint in constraints_in(column):
        if constraint.kind is not ConstraintKind.CHECK and not is_there(draft.tables[table], constraint):
            add_constraint(draft, table, constraint)


def _take_place(draft: Draft, table: Name, old: str, new: str) -> None:
    """Keys hold the first column of the name that they know, which the old one had."""
    names = list(draft.columns_of(table))
    if old not in names or names.index(new) > names.index(old):
        return
    indexes, constraints = draft.indexes_of(table), draft.constraints_of(table)
    dialect = draft.catalog.dialect
    for name, index in indexes.items():
        indexes[name] = rename_in_index(index, old, new, dialect)
    for key, constraint in constraints.items():
        if constraint.kind in KEYS:
            constraints[key] = rename_in_constraint(constraint, old, new, dialect)


def _forbid_null_in_primary(draft: Draft, table: Name, column: str) -> None:
    primary = draft.tables[table].primary_key
    if primary is not None and column in primary.columns:
        draft.change(table, column, lambda known: replace(known, not_null=True))


def _rename_column(draft: Draft, operation: ops.RenameColumn) -> None:
    if not operation.swaps:
        rename_column(draft, operation)
    elif {operation.column, operation.new_name} <= draft.columns_of(operation.table).keys():
        one, other = operation.column, operation.new_name
        for old, new in ((one, _NOBODY), (other, one), (_NOBODY, other)):
            rename_column(draft, replace(operation, column=old, new_name=new))


_NOBODY = "\0"
"""A name that no column can have."""


def _modify_column(draft: Draft, operation: ops.ModifyColumn) -> None:
    table, column = operation.table, operation.column
    columns = draft.columns_of(table)
    if column.name not in columns:
        return
    constraints = draft.constraints_of(table)
    for key, known in list(constraints.items()):
        if known.of_column == column.name:
            del constraints[key]
        elif column.name in known.columns and turns_into_integers(column):
            constraints[key] = replace(known, integers=known.integers | {column.name})
    _put_column(draft, table, column)
    _forbid_null_in_primary(draft, table, column.name)
    _forget_whole_prefixes(draft, table, column.name)
    _move(draft, table, column.name, operation.after)
    _column_constraints(draft, table, column)


def _forget_whole_prefixes(draft: Draft, table: Name, column: str) -> None:
    """A column may have become as short as what an index holds of it."""
    columns, indexes = draft.columns_of(table), draft.indexes_of(table)
    for name, index in list(indexes.items()):
        if index.options and column in index.columns:
            indexes[name] = replace(index, options=without_whole(index.columns, index.options, columns))


def _move(draft: Draft, table: Name, column: str, after: str | None) -> None:
    """Puts a column behind another one, or first where that is empty."""
    columns = draft.columns_of(table)
    if after is None or after == column or (after and after not in columns):
        return
    moved = columns.pop(column)
    ordered = {} if after else {column: moved}
    for name, known in columns.items():
        ordered[name] = known
        if name == after:
            ordered[column] = moved
    columns.clear()
    columns.update(ordered)


def _drop_column(draft: Draft, operation: ops.DropColumn) -> None:
    """Indexes lose the column, and go when it was their last; so do the CHECKs written in it."""
    table, column = operation.table, operation.column
    if draft.columns_of(table).pop(column, None) is None:
        return
    indexes, constraints = draft.indexes_of(table), draft.constraints_of(table)
    replaced = column in operation.added
    for name, index in list(indexes.items()):
        if column in index.columns and not replaced:
            indexes[name] = without_column(index, column)
            if not indexes[name].columns:
                del indexes[name]
    for key, constraint in list(constraints.items()):
        kept = replaced and constraint.kind in KEYS
        if constraint.of_column == column or (column in constraint.columns and not kept):
            _lose_column(constraints, key, constraint, column)


def _lose_column(
    constraints: Shared[ConstraintKey, Constraint], key: ConstraintKey, constraint: Constraint, column: str
) -> None:
    left = tuple(item for item in constraint.columns if item != column)
    if left and constraint.kind in KEYS:
        constraints[key] = replace(constraint, columns=left)
    else:
        del constraints[key]


# Tables


def _rename_table(draft: Draft, operation: ops.RenameTable) -> None:
    """The names that InnoDB made for foreign keys follow the table."""
    old = operation.table
    new = Name(old.schema, operation.new_name)
    if draft.catalog.has_relation(new) or old in draft.index_tables:
        return
    rename_relation(draft, old, operation.new_name)
    constraints = draft.constraints_of(new)
    prefix = own_prefix(old)
    for key, constraint in list(constraints.items()):
        if isinstance(key, str) and key.startswith(prefix) and constraint.references is not None:
            name = own_prefix(new) + key.removeprefix(prefix)
            constraints[name] = replace(constraints.pop(key), name=name)


def _attach(draft: Draft, operation: ops.AttachPartition) -> None:
    """CONVERT TABLE: the table becomes a partition, which has no name of its own."""
    remove_table(draft, draft.catalog.resolve(operation.partition))


def _detach(draft: Draft, operation: ops.DetachPartition) -> None:
    """CONVERT PARTITION: a new table with all that LIKE copies."""
    name, source = draft.catalog.place(operation.partition), draft.catalog.table(operation.table)
    if source is None or draft.catalog.has_relation(name):
        return
    draft.put(_like(Table(name=name, columns_known=source.columns_known), source))
    draft.created(name)
    _copy(draft, source, name)


def _option(draft: Draft, operation: ops.AlterTableOption) -> None:
    table = draft.edit(operation.table)
    if table is None:
        return
    if operation.option in ("PARTITION BY", "REMOVE PARTITIONING"):
        draft.tables[table.name] = replace(table, partitioned_by=operation.argument or None)
    else:
        option = operation.option.removeprefix("OPTION ")
        draft.tables[table.name] = charsets.set_options(table, [(option, operation.argument)])


def _convert(draft: Draft, operation: ops.ConvertCharset) -> None:
    table = draft.edit(operation.table)
    if table is None:
        return
    collation = charsets.in_full(operation.charset, operation.collation)
    draft.tables[table.name] = replace(table, charset=operation.charset, collation=collation)
    columns = draft.columns_of(operation.table)
    for name, column in columns.items():
        columns[name] = charsets.converted(column, operation.charset, collation)


CHANGES: dict[type[ops.Operation], Callable[[Draft, Any], None]] = {
    ops.CreateTable: _create_table,
    ops.RenameTable: _rename_table,
    ops.AddColumn: _add_column,
    ops.ModifyColumn: _modify_column,
    ops.RenameColumn: _rename_column,
    ops.DropColumn: _drop_column,
    ops.AttachPartition: _attach,
    ops.DetachPartition: _detach,
    ops.AlterTableOption: _option,
    ops.ConvertCharset: _convert,
    **local_keys.CHANGES,
}
"""In place of what the other dialects do."""
