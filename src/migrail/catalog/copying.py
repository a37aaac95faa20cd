"""What LIKE copies into a new table of PostgreSQL (transformTableLikeClause in parse_utilcmd.c)."""

from __future__ import annotations

from dataclasses import replace

from migrail.catalog.columns import IDENTITIES, put_column
from migrail.catalog.constraints import INDEXED, add_constraint, add_index
from migrail.catalog.draft import Draft
from migrail.catalog.naming import CONSTRAINT_LABELS, index_columns
from migrail.catalog.values import Table
from migrail.model.structure import Column, Constraint, ConstraintKind, Index, Like, Name


def copy_columns(draft: Draft, like: Like, name: Name) -> None:
    """Names, types and NOT NULL always; how columns get their values where asked."""
    table = draft.tables.get(draft.catalog.resolve(like.table))
    for column in table.columns.values() if table is not None else ():
        if column.name not in draft.columns_of(name):
            put_column(draft, name, _copy(column, like))


def _copy(column: Column, like: Like) -> Column:
    comment = column.comment if _asks(like, "COMMENTS") else ""
    bare = replace(column, default=None, generated=None, generation=None, comment=comment, local=True)
    if column.generated in IDENTITIES:
        return replace(bare, generated=column.generated) if _asks(like, "IDENTITY") else bare
    if column.generated is not None:
        kept = replace(bare, generated=column.generated, generation=column.generation)
        return kept if _asks(like, "GENERATED") else bare
    return replace(bare, default=column.default) if _asks(like, "DEFAULTS") else bare


def copy_rest(draft: Draft, like: Like, name: Name) -> None:
    """Checks under their names, keys and indexes under names of the new table."""
    table = draft.tables.get(draft.catalog.resolve(like.table))
    if table is None:
        return
    for constraint in list(table.constraints.values()):
        if constraint.kind is ConstraintKind.CHECK and _asks(like, "CONSTRAINTS"):
            add_constraint(draft, name, replace(constraint, valid=constraint.enforced, local=True))
        elif constraint.kind in INDEXED and _asks(like, "INDEXES"):
            copy_key(draft, table, constraint, name)
    for index in list(table.indexes.values()) if _asks(like, "INDEXES") else ():
        if not index.constraint:
            copy_index(draft, replace(index, valid=True), name)


def copy_key(draft: Draft, table: Table, constraint: Constraint, name: Name) -> None:
    """Gives another table a key like that of a table, under a name of its own."""
    middle = index_columns(_made_of(table.indexes.get(constraint.name or ""), constraint))
    middle = "" if constraint.kind is ConstraintKind.PRIMARY_KEY else middle
    chosen = draft.relation_name(name.schema, name.name, middle, CONSTRAINT_LABELS[constraint.kind])
    add_constraint(draft, name, replace(constraint, name=chosen, using_index=None))


def copy_index(draft: Draft, index: Index, name: Name) -> None:
    """Gives another table an index like that of a table, under a name of its own."""
    chosen = draft.relation_name(name.schema, name.name, index_columns(index.made_of or index.columns), "idx")
    add_index(draft, name, replace(index, name=chosen))


def _asks(like: Like, word: str) -> bool:
    return word in like.including or "ALL" in like.including


def _made_of(index: Index | None, constraint: Constraint) -> tuple[str, ...]:
    """What the columns of a key, and those that it includes, were called when it was made."""
    own = index.made_of[: len(constraint.columns)] if index is not None else constraint.columns
    return (*own, *constraint.include)
