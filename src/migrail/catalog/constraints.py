"""Putting constraints and indexes on tables and taking them away, with the names that the server gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from migrail.catalog.catalog import is_expression
from migrail.catalog.draft import Draft
from migrail.catalog.naming import CONSTRAINT_LABELS, index_columns
from migrail.catalog.rewrite import rename_column, rename_in
from migrail.catalog.values import ConstraintKey, Table
from migrail.dialects import Dialect
from migrail.model.structure import Column, Constraint, ConstraintKind, Index, Name, PartOptions, options_of

INDEXED = frozenset({ConstraintKind.PRIMARY_KEY, ConstraintKind.UNIQUE, ConstraintKind.EXCLUDE})
"""Constraints with an index behind them."""


def add_constraint(draft: Draft, table: Name, constraint: Constraint) -> None:
    """Adds a constraint to a known table, unless one of that name is there."""
    constraints = draft.constraints_of(table)
    target = draft.edit(table)
    if target is None:
        return
    inherited = constraints.get(constraint.name or "") if draft.has_schemas else None
    if inherited is not None:
        if constraint.local and target.partition_bound is None:
            constraints[inherited.name or ""] = replace(inherited, local=True)
        return
    constraint = _complete(draft, target, constraint)
    key, constraint = _named(draft, target, constraint)
    constraints[key] = constraint
    draft.count_constraint(table, key, +1)
    if constraint.references is not None:
        draft.depend(constraint.references.table, table)
    if constraint.kind in INDEXED and constraint.using_index is None:
        _add_backing_index(draft, target, constraint)
    if constraint.kind is ConstraintKind.NOT_NULL or _forbids_null(draft, target, constraint):
        for column in constraint.columns:
            draft.change(table, column, lambda known: replace(known, not_null=True))


def _forbids_null(draft: Draft, table: Table, constraint: Constraint) -> bool:
    """SQLite lets NULL into a primary key, but for WITHOUT ROWID and STRICT.

    The rowid of a STRICT table takes it for "choose one" (``lang_createtable.html``, ``stricttables.html``).
    """
    if constraint.kind is not ConstraintKind.PRIMARY_KEY:
        return False
    return draft.has_schemas or table.without_rowid or (table.strict and not is_rowid(table, constraint))


def _complete(draft: Draft, table: Table, constraint: Constraint) -> Constraint:
    """With the columns of a CHECK or of an existing index, and the referenced table resolved."""
    if constraint.expression is not None and constraint.kind is ConstraintKind.CHECK:
        named = dict.fromkeys(constraint.expression.columns)
        columns = tuple(name for name in named if name in table.columns or not table.columns_known)
        constraint = replace(constraint, columns=columns)
    if constraint.references is not None:
        target = draft.catalog.resolve(constraint.references.table)
        if draft.catalog.dialect.lexical.brackets:  # a foreign key of SQLite stays in the file of its table
            target = Name(table.name.schema, target.name)
        constraint = replace(constraint, references=replace(constraint.references, table=target))
    index = table.indexes.get(constraint.using_index or "")
    if index is not None:
        constraint = replace(constraint, columns=index.columns)
    return constraint


def _named(draft: Draft, table: Table, constraint: Constraint) -> tuple[ConstraintKey, Constraint]:
    """The constraint with its name, and what it is found by."""
    if constraint.using_index is not None:
        name = constraint.name or constraint.using_index
        rename_index(draft, table.name, constraint.using_index, name)
        indexes = draft.indexes_of(table.name)
        if name in indexes:
            indexes[name] = replace(indexes[name], constraint=True)
        return name, replace(constraint, name=name)
    if constraint.name is not None and (draft.has_schemas or constraint.name not in table.constraints):
        return constraint.name, constraint
    if not draft.has_schemas:
        number = len(table.constraints) + 1
        while number in table.constraints:
            number += 1
        return number, constraint
    alone = constraint.kind is ConstraintKind.CHECK and len(constraint.columns) != 1
    nameless = constraint.kind is ConstraintKind.PRIMARY_KEY or alone
    middle = "" if nameless else index_columns((*constraint.columns, *constraint.include))
    choose = draft.relation_name if constraint.kind in INDEXED else draft.constraint_name
    name = choose(table.name.schema, table.name.name, middle, CONSTRAINT_LABELS[constraint.kind])
    return name, replace(constraint, name=name)


def _add_backing_index(draft: Draft, table: Table, constraint: Constraint) -> None:
    """SQLite calls these ``sqlite_autoindex_<table>_<n>`` and needs none for the rowid."""
    unique = constraint.kind is not ConstraintKind.EXCLUDE
    if draft.has_schemas:
        name = constraint.name or ""
    elif is_rowid(table, constraint):
        return
    else:
        taken = sum(index.constraint for index in table.indexes.values())
        name = f"{AUTOINDEX}{table.name.name}_{taken + 1}"
    add_index(
        draft,
        table.name,
        Index(name=name, columns=constraint.columns, options=constraint.options, unique=unique, constraint=True),
    )


AUTOINDEX = "sqlite_autoindex_"
"""The beginning of the names of SQLite's own indexes."""


def is_rowid(table: Table, constraint: Constraint) -> bool:
    """Whether a primary key is the INTEGER PRIMARY KEY of a rowid table."""
    if constraint.kind is not ConstraintKind.PRIMARY_KEY or table.without_rowid or len(constraint.columns) != 1:
        return False
    column = table.columns.get(constraint.columns[0])
    return column is not None and column.type is not None and column.type.name.lower() == "integer"


def without_duplicates(constraints: Iterable[Constraint]) -> list[Constraint]:
    """CREATE TABLE makes one of several with the same index, under the first name that one has.

    A primary key comes before all (transformIndexConstraints in parse_utilcmd.c).
    """
    kept: list[Constraint] = []
    seen: dict[tuple[object, ...], int] = {}
    ordered = sorted(constraints, key=lambda item: item.kind is not ConstraintKind.PRIMARY_KEY)
    for constraint in ordered:
        if constraint.kind in INDEXED:
            place = seen.setdefault(_index_of(constraint), len(kept))
            if place < len(kept):
                kept[place] = replace(kept[place], name=kept[place].name or constraint.name)
                continue
        kept.append(constraint)
    return kept


def _index_of(constraint: Constraint) -> tuple[object, ...]:
    """What the index of a constraint is told by, but for whether it is the primary key."""
    return (
        *(constraint.columns, constraint.include, constraint.exclusion, constraint.nulls_not_distinct),
        *(constraint.deferrable, constraint.initially_deferred),
    )


def drop_constraint(draft: Draft, table: Name, key: ConstraintKey) -> None:
    """Takes away a constraint and its index, and the foreign keys that rest on it."""
    constraint = draft.constraints_of(table).pop(key, None)
    if constraint is None:
        return
    draft.count_constraint(table, key, -1)
    if constraint.kind not in INDEXED:
        return
    if constraint.name is not None:
        drop_index(draft, table, constraint.name)
    for other in draft.dependents_of(table):
        drop_foreign_keys(draft, other, table, constraint)


def drop_foreign_keys(draft: Draft, source: Name, target: Name, unique: Constraint | None = None) -> None:
    """Takes away the foreign keys of one table to another, or those that rest on one unique constraint."""
    known = draft.tables.get(source)
    for key, constraint in list(known.constraints.items()) if known is not None else ():
        reference = constraint.references
        if reference is None or reference.table != target:
            continue
        if unique is not None:
            columns = reference.columns
            primary = not columns and unique.kind is ConstraintKind.PRIMARY_KEY
            if not primary and set(columns) != set(unique.columns):
                continue
        drop_constraint(draft, source, key)


def add_index(draft: Draft, table: Name, index: Index) -> None:
    """Puts an index on a table or materialized view."""
    made_of = index.made_of or (*index.columns, *index.include)
    draft.indexes_of(table)[index.name] = replace(index, made_of=made_of)
    draft.index_tables[Name(table.schema, index.name)] = table
    draft.created(Name(table.schema, index.name))


def drop_index(draft: Draft, table: Name, name: str) -> None:
    """Takes an index away."""
    if draft.indexes_of(table).pop(name, None) is not None:
        full = Name(table.schema, name)
        draft.index_tables.pop(full, None)
        draft.forget(full)


def index_anew(draft: Draft, table: Name, column: str) -> None:
    """The indexes of a column whose type changes are made from what the server prints (tablecmds.c).

    It does not print the operator class where that is the usual one, nor the collation that the column has.
    """
    known, indexes = draft.columns_of(table).get(column), draft.indexes_of(table)
    for name, index in list(indexes.items()):
        if not index.options or column not in index.columns or known is None:
            continue
        pairs = zip(index.columns, index.options, strict=True)
        options = [_printed(option, known) if part == column else option for part, option in pairs]
        indexes[name] = replace(index, options=options_of(options))


def _printed(options: PartOptions, column: Column) -> PartOptions:
    inherited = options.collation is not None and str(options.collation) == column.collation
    collation = None if inherited else options.collation
    return replace(options, collation=collation, usual=options.operator_class is not None)


def rename_index(draft: Draft, table: Name, old: str, new: str) -> None:
    """Gives an index another name, in its place among the others, and the constraint that it belongs to with it."""
    indexes = draft.indexes_of(table)
    if old not in indexes or new in indexes or old == new:
        return
    indexes.rename(old, new, replace(indexes[old], name=new))
    before, after = Name(table.schema, old), Name(table.schema, new)
    draft.index_tables.pop(before, None)
    draft.index_tables[after] = table
    draft.carry(before, after)
    constraint = draft.constraints_of(table).get(old)
    if constraint is not None and constraint.kind in INDEXED:
        rename_constraint(draft, table, old, new)


def rename_constraint(draft: Draft, table: Name, old: str, new: str) -> None:
    """Gives a constraint another name, and its index with it."""
    constraints = draft.constraints_of(table)
    if old not in constraints or new in constraints:
        return
    constraints.rename(old, new, replace(constraints[old], name=new))
    draft.count_constraint(table, old, -1)
    draft.count_constraint(table, new, +1)
    if constraints[new].kind in INDEXED:
        rename_index(draft, table, old, new)


def rename_in_constraint(constraint: Constraint, old: str, new: str, dialect: Dialect) -> Constraint:
    """The constraint after a column got another name."""
    reference = constraint.references
    if reference is not None and old in reference.on_delete_columns:
        reference = replace(reference, on_delete_columns=_renamed(reference.on_delete_columns, old, new))
    return replace(
        constraint,
        columns=_renamed(constraint.columns, old, new),
        written_in=new if constraint.written_in == old else constraint.written_in,
        expression=rename_in(constraint.expression, old, new, dialect),
        integers=frozenset(_renamed(tuple(constraint.integers), old, new)),
        of_column=new if constraint.of_column == old else constraint.of_column,
        references=reference,
    )


def rename_in_index(index: Index, old: str, new: str, dialect: Dialect) -> Index:
    """The index after a column got another name."""
    columns = (
        rename_column(part, old, new, dialect) if is_expression(part) and part != old else part
        for part in _renamed(index.columns, old, new)
    )
    return replace(
        index,
        columns=tuple(columns),
        include=_renamed(index.include, old, new),
        where=rename_in(index.where, old, new, dialect),
    )


def _renamed(names: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    return tuple(new if name == old else name for name in names) if old in names else names
