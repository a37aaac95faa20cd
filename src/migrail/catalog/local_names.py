"""What operations change where indexes and constraints are named within their table: MySQL and MariaDB.

The names are those that the server chooses (sql_table.cc, make_unique_key_name; InnoDB, dict0crea.cc).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from migrail.catalog.columns import constraints_in, put_column, rename_column
from migrail.catalog.draft import Draft
from migrail.catalog.prefixes import without_column, without_whole
from migrail.catalog.shared import Shared
from migrail.catalog.tables import remove_table, rename_relation
from migrail.catalog.values import ConstraintKey, Table
from migrail.dialects import lower_ascii
from migrail.model import operations as ops
from migrail.model.structure import Column, Constraint, ConstraintKind, Index, Name


def holds(draft: Draft) -> bool:
    """Whether the dialect is one of these."""
    return draft.catalog.dialect.check_names is not None


def _create_table(draft: Draft, operation: ops.CreateTable) -> None:
    name = draft.catalog.place(operation.table, temporary=operation.temporary)
    if operation.replace:
        remove_table(draft, name)
    there = draft.catalog.has_relation(name)
    draft.catalog = replace(draft.catalog, passed_over=name if there else None)
    if there:
        return
    sources = [draft.catalog.table(like.table) for like in operation.like]
    known = all(source is not None and source.columns_known for source in sources)
    draft.put(
        Table(
            name=name,
            columns_known=known and operation.query is None,
            partitioned_by=operation.partitioned_by,
            comment=_comment(operation, sources),
        )
    )
    draft.created(name)
    if operation.if_not_exists and not draft.catalog.relations_known:
        draft.new.pop(name, None)
    for source in sources:
        if source is not None:
            _copy(draft, source, name)
    for column in operation.columns:
        put_column(draft, name, column)
    for column in operation.columns:
        _column_constraints(draft, name, column)
    for constraint in operation.constraints:
        add_constraint(draft, name, constraint)


def _comment(operation: ops.CreateTable, sources: list[Table | None]) -> str | None:
    """LIKE copies it; of two that are written the last one counts."""
    inherited = [source.comment if source is not None else None for source in sources]
    written = [argument for option, argument in operation.options if option == "COMMENT"]
    found = [*inherited, *written]
    return found[-1] if found else ""


def _copy(draft: Draft, source: Table, name: Name) -> None:
    """LIKE copies everything but foreign keys (manual, 15.1.20.3)."""
    draft.columns_of(name).update(source.columns)
    draft.indexes_of(name).update(
        (key, index if index.constraint else replace(index, implicit=False))
        for key, index in source.indexes.items()
    )
    kept = {key: item for key, item in source.constraints.items() if item.references is None}
    draft.constraints_of(name).update(kept)


def _column_constraints(draft: Draft, table: Name, column: Column) -> None:
    """A CHECK written in a column of MariaDB has the column's name, which no statement can use."""
    own = draft.catalog.dialect.name == "mariadb"
    for constraint in constraints_in(column):
        if own and constraint.kind is ConstraintKind.CHECK:
            constraints = draft.constraints_of(table)
            key = 1 + max((item for item in constraints if isinstance(item, int)), default=0)
            constraints[key] = replace(_with_columns(draft, table, constraint), name=column.name)
        else:
            add_constraint(draft, table, constraint)


def _with_columns(draft: Draft, table: Name, constraint: Constraint) -> Constraint:
    if constraint.expression is None:
        return constraint
    columns = draft.columns_of(table)
    return replace(constraint, columns=tuple(name for name in constraint.expression.columns if name in columns))


# Constraints


def add_constraint(draft: Draft, table: Name, constraint: Constraint) -> None:
    """Adds a constraint to a known table, with its index and under the server's name."""
    if table not in draft.tables:
        return
    constraint = _with_period(draft, table, constraint)
    if constraint.kind is ConstraintKind.CHECK:
        constraint = _with_columns(draft, table, constraint)
        _put(draft, table, replace(constraint, name=constraint.name or _check_name(draft, table)))
    elif constraint.references is not None:
        _add_foreign_key(draft, table, constraint)
    else:
        first = constraint.columns[0] if constraint.columns else ""
        name = constraint.name or _index_name(draft, table, first)
        if name in draft.indexes_of(table):
            return
        columns = constraint.columns
        options = without_whole(columns, constraint.options, draft.columns_of(table))
        _put(draft, table, replace(constraint, name=name, options=()))
        _put_index(draft, table, Index(name=name, columns=columns, options=options, unique=True, constraint=True))
        if constraint.kind is ConstraintKind.PRIMARY_KEY:
            for column in constraint.columns:
                draft.change(table, column, lambda known: replace(known, not_null=True))


def _with_period(draft: Draft, table: Name, constraint: Constraint) -> Constraint:
    """A key over a period (WITHOUT OVERLAPS) holds its two columns at the end, the last one first."""
    if not constraint.columns or constraint.columns[-1] in draft.columns_of(table):
        return constraint
    period = draft.constraints_of(table).get(constraint.columns[-1])
    if period is None or period.kind is not ConstraintKind.CHECK:
        return constraint
    return replace(constraint, columns=(*constraint.columns[:-1], *reversed(period.columns)))


def _put(draft: Draft, table: Name, constraint: Constraint) -> None:
    if constraint.name is not None:
        draft.constraints_of(table).setdefault(constraint.name, constraint)


def _put_index(draft: Draft, table: Name, index: Index) -> None:
    indexes = draft.indexes_of(table)
    for name, known in list(indexes.items()):
        if takes_place_of(index, known):
            del indexes[name]
    indexes[index.name] = index


def takes_place_of(index: Index, known: Index) -> bool:
    """Whether an index that the server made for a foreign key goes when another one is made."""
    return known.implicit and _begins_with(index, known.columns)


def _begins_with(index: Index, columns: tuple[str, ...]) -> bool:
    return index.method not in ("fulltext", "spatial") and index.columns[: len(columns)] == columns


def _add_foreign_key(draft: Draft, table: Name, constraint: Constraint) -> None:
    reference = constraint.references
    if reference is None:
        return
    target = draft.catalog.resolve(reference.table)
    name = constraint.name or _foreign_key_name(draft, table)
    index = constraint.name or constraint.using_index
    _put(
        draft,
        table,
        replace(constraint, name=name, using_index=None, references=replace(reference, table=target)),
    )
    draft.depend(target, table)
    indexes = draft.indexes_of(table)
    if not any(_serves(known, constraint.columns) for known in indexes.values()):
        made = Index(name=index or "", columns=constraint.columns, implicit=True)
        if index is None or (index in indexes and not takes_place_of(made, indexes[index])):
            made = replace(made, name=_index_name(draft, table, constraint.columns[0]))
        _put_index(draft, table, made)


def _serves(index: Index, columns: tuple[str, ...]) -> bool:
    """Whether a foreign key needs no index of its own. One made for another key gives way unless it is longer."""
    return _begins_with(index, columns) and not (index.implicit and len(index.columns) == len(columns))


def _check_name(draft: Draft, table: Name) -> str:
    pattern = draft.catalog.dialect.check_names or "{number}"
    taken = draft.constraints_of(table)
    names = (pattern.format(table=lower_ascii(table.name), number=number) for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


_IBFK = "_ibfk_"


def _own_prefix(table: Name) -> str:
    return f"{lower_ascii(table.name)}{_IBFK}"


def _foreign_key_name(draft: Draft, table: Name) -> str:
    """One more than the highest number that is in use."""
    prefix = _own_prefix(table)
    numbers = [0]
    for key in draft.constraints_of(table):
        if isinstance(key, str) and key.startswith(prefix) and key[len(prefix) :].isdecimal():
            numbers.append(int(key[len(prefix) :][:9]))
    return f"{prefix}{max(numbers) + 1}"


def _index_name(draft: Draft, table: Name, column: str) -> str:
    """The first column, with ``_2`` and so on where that is taken."""
    from migrail.dialects.mysql.names import index_name  # with the facts of a dialect that most do without

    return index_name(column, draft.indexes_of(table))


def _add_constraint(draft: Draft, operation: ops.AddConstraint) -> None:
    add_constraint(draft, operation.table, operation.constraint)


def _drop_constraint(draft: Draft, operation: ops.DropConstraint) -> None:
    """A foreign key leaves its index behind."""
    constraints = draft.constraints_of(operation.table)
    found = constraints.pop(operation.constraint, None)
    if found is not None and found.kind in (ConstraintKind.PRIMARY_KEY, ConstraintKind.UNIQUE):
        draft.indexes_of(operation.table).pop(operation.constraint, None)


# Indexes


def _create_index(draft: Draft, operation: ops.CreateIndex) -> None:
    table = operation.table
    passed_over = operation.with_table and draft.catalog.passed_over == table
    if table not in draft.tables or not operation.columns or passed_over:
        return
    indexes = draft.indexes_of(table)
    name = operation.index or _index_name(draft, table, operation.columns[0])
    known = indexes.get(name)
    options = without_whole(operation.columns, operation.options, draft.columns_of(table))
    made = Index(name=name, columns=operation.columns, options=options, method=operation.method)
    if known is not None and not takes_place_of(made, known):
        return
    if operation.unique:
        add_constraint(
            draft,
            table,
            Constraint(kind=ConstraintKind.UNIQUE, name=name, columns=made.columns, options=made.options),
        )
    else:
        _put_index(draft, table, made)


def _drop_index(draft: Draft, operation: ops.DropIndex) -> None:
    if operation.table is None:
        return
    table = draft.catalog.resolve(operation.table)
    index = draft.indexes_of(table).pop(operation.name.name, None)
    if index is not None and index.constraint:
        draft.constraints_of(table).pop(operation.name.name, None)


def _rename_index(draft: Draft, operation: ops.RenameIndex) -> None:
    if operation.table is None:
        return
    table = draft.catalog.resolve(operation.table)
    indexes, constraints = draft.indexes_of(table), draft.constraints_of(table)
    old, new = operation.name.name, operation.new_name
    if old not in indexes or new in indexes:
        return
    index = indexes.pop(old)
    indexes[new] = replace(index, name=new, implicit=False)
    if index.constraint and old in constraints:
        constraints[new] = replace(constraints.pop(old), name=new)


# Columns


def _add_column(draft: Draft, operation: ops.AddColumn) -> None:
    table, column = operation.table, operation.column
    if table not in draft.tables or column.name in draft.columns_of(table):
        return
    put_column(draft, table, column)
    _move(draft, table, column.name, operation.after)
    _column_constraints(draft, table, column)


def _rename_column(draft: Draft, operation: ops.RenameColumn) -> None:
    """A CHECK that was written in the column has its name."""
    before = set(draft.columns_of(operation.table))
    rename_column(draft, operation)
    constraints = draft.constraints_of(operation.table)
    if operation.column not in before or operation.new_name in before:
        return
    for key, known in list(constraints.items()):
        if isinstance(key, int) and known.name == operation.column:
            constraints[key] = replace(known, name=operation.new_name)


def _modify_column(draft: Draft, operation: ops.ModifyColumn) -> None:
    table, column = operation.table, operation.column
    columns = draft.columns_of(table)
    if column.name not in columns:
        return
    constraints = draft.constraints_of(table)
    for key, known in list(constraints.items()):
        if isinstance(key, int) and known.name == column.name:
            del constraints[key]
    put_column(draft, table, column)
    primary = draft.tables[table].primary_key
    if primary is not None and column.name in primary.columns:
        draft.change(table, column.name, lambda known: replace(known, not_null=True))
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
    for name, index in list(indexes.items()):
        if column in index.columns:
            indexes[name] = without_column(index, column)
            if not indexes[name].columns:
                del indexes[name]
    for key, constraint in list(constraints.items()):
        if column in constraint.columns:
            _lose_column(constraints, key, constraint, column)


def _lose_column(
    constraints: Shared[ConstraintKey, Constraint], key: ConstraintKey, constraint: Constraint, column: str
) -> None:
    left = tuple(item for item in constraint.columns if item != column)
    if left and constraint.kind in (ConstraintKind.PRIMARY_KEY, ConstraintKind.UNIQUE):
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
    prefix = _own_prefix(old)
    for key, constraint in list(constraints.items()):
        if isinstance(key, str) and key.startswith(prefix) and constraint.references is not None:
            name = _own_prefix(new) + key.removeprefix(prefix)
            constraints[name] = replace(constraints.pop(key), name=name)


def _attach(draft: Draft, operation: ops.AttachPartition) -> None:
    """CONVERT TABLE: the table becomes a partition, which has no name of its own."""
    remove_table(draft, draft.catalog.resolve(operation.partition))


def _detach(draft: Draft, operation: ops.DetachPartition) -> None:
    """CONVERT PARTITION: a new table with all that LIKE copies."""
    name, source = draft.catalog.place(operation.partition), draft.catalog.table(operation.table)
    if source is None or draft.catalog.has_relation(name):
        return
    draft.put(Table(name=name, columns_known=source.columns_known))
    draft.created(name)
    _copy(draft, source, name)


def _option(draft: Draft, operation: ops.AlterTableOption) -> None:
    """CONVERT TO gives every column the character set of the table, which is not read."""
    if operation.option in ("PARTITION BY", "REMOVE PARTITIONING"):
        table = draft.edit(operation.table)
        if table is not None:
            draft.tables[table.name] = replace(table, partitioned_by=operation.argument or None)
    if operation.option == "OPTION COMMENT":
        table = draft.edit(operation.table)
        if table is not None:
            draft.tables[table.name] = replace(table, comment=operation.argument)
    if operation.option == "CONVERT TO":
        for column in list(draft.columns_of(operation.table)):
            draft.change(operation.table, column, lambda known: replace(known, charset=None, collation=None))


CHANGES: dict[type[ops.Operation], Callable[[Draft, Any], None]] = {
    ops.CreateTable: _create_table,
    ops.RenameTable: _rename_table,
    ops.AddColumn: _add_column,
    ops.ModifyColumn: _modify_column,
    ops.RenameColumn: _rename_column,
    ops.DropColumn: _drop_column,
    ops.AttachPartition: _attach,
    ops.DetachPartition: _detach,
    ops.AddConstraint: _add_constraint,
    ops.DropConstraint: _drop_constraint,
    ops.CreateIndex: _create_index,
    ops.DropIndex: _drop_index,
    ops.RenameIndex: _rename_index,
    ops.AlterTableOption: _option,
}
"""In place of what the other dialects do."""
