"""Keys, constraints and indexes where these are named within their table: MySQL and MariaDB.

The names are those that the server chooses (sql_table.cc, make_unique_key_name; InnoDB, dict0crea.cc).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from migrail.catalog.catalog import Catalog
from migrail.catalog.draft import Draft
from migrail.catalog.prefixes import is_hashed, without_whole
from migrail.catalog.values import Table
from migrail.dialects import lower_ascii
from migrail.model import operations as ops
from migrail.model.structure import Column, Constraint, ConstraintKind, Index, Name

KEYS = frozenset({ConstraintKind.PRIMARY_KEY, ConstraintKind.UNIQUE})


def with_columns(draft: Draft, table: Name, constraint: Constraint) -> Constraint:
    """A CHECK with the columns of the table that it names."""
    if constraint.expression is None:
        return constraint
    known = draft.columns_of(table)
    columns = tuple(name for name in constraint.expression.columns if name in known)
    integers = frozenset(name for name in columns if turns_into_integers(known[name]))
    return replace(constraint, columns=columns, integers=integers)


def turns_into_integers(column: Column) -> bool:
    """Whether the server turns what the column is compared with into integers, and keeps it so."""
    return column.type is not None and column.type.name.startswith(("bigint", "year"))


def add_constraint(draft: Draft, table: Name, constraint: Constraint) -> None:
    """Adds a constraint to a known table, with its index and under the server's name."""
    if table not in draft.tables:
        return
    constraint = _with_period(draft, table, constraint)
    if constraint.kind is ConstraintKind.CHECK:
        constraint = with_columns(draft, table, constraint)
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


def own_prefix(table: Name) -> str:
    return f"{lower_ascii(table.name)}{_IBFK}"


def _foreign_key_name(draft: Draft, table: Name) -> str:
    """One more than the highest number that is in use."""
    prefix = own_prefix(table)
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
    table = draft.tables.get(operation.table)
    if table is not None and not (operation.if_not_exists and is_there(table, operation.constraint)):
        add_constraint(draft, operation.table, operation.constraint)


def is_there(table: Table, constraint: Constraint) -> bool:
    """Whether IF NOT EXISTS finds the constraint. A key without a name is looked for as its first column."""
    if constraint.kind in KEYS:
        return (constraint.name or constraint.columns[0]) in table.indexes
    return constraint.name in table.constraints


def _drop_constraint(draft: Draft, operation: ops.DropConstraint) -> None:
    """A foreign key leaves its index behind."""
    constraints, indexes = draft.constraints_of(operation.table), draft.indexes_of(operation.table)
    found = constraints.get(operation.constraint)
    if found is None or passed_by(draft.tables[operation.table], found):
        return
    del constraints[operation.constraint]
    if found.kind in KEYS:
        indexes.pop(operation.constraint, None)


def passed_by(table: Table, constraint: Constraint) -> bool:
    """Whether DROP CONSTRAINT does not find it: only DROP INDEX does."""
    index = table.indexes.get(constraint.name or "")
    unique = constraint.kind is ConstraintKind.UNIQUE and index is not None
    return unique and index is not None and is_hashed(index, table.columns)


def _drop_period(draft: Draft, operation: ops.DropPeriod) -> None:
    """With the check that a period is; that of SYSTEM_TIME has none."""
    draft.constraints_of(operation.table).pop(operation.period, None)


# Indexes


def _create_index(draft: Draft, operation: ops.CreateIndex) -> None:
    table = table_of_new(draft.catalog, operation)
    passed_over = operation.with_table and draft.catalog.passed_over
    if table not in draft.tables or not operation.columns or passed_over:
        return
    indexes = draft.indexes_of(table)
    if operation.if_not_exists and (operation.index or operation.columns[0]) in indexes:
        return
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


def table_of_new(catalog: Catalog, operation: ops.CreateIndex) -> Name:
    """The table of an index that is made. A temporary table of that name does not hide one that is made now."""
    last = catalog.last_table
    if operation.with_table and last is not None and last.name == operation.table.name:
        return last
    return catalog.resolve(operation.table)


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


CHANGES: dict[type[ops.Operation], Callable[[Draft, Any], None]] = {
    ops.AddConstraint: _add_constraint,
    ops.DropConstraint: _drop_constraint,
    ops.DropPeriod: _drop_period,
    ops.CreateIndex: _create_index,
    ops.DropIndex: _drop_index,
    ops.RenameIndex: _rename_index,
}
"""In place of what the other dialects do."""
