"""Which columns and checks are a child's own, and which go with those of its parents.

The server keeps that in ``attislocal`` and ``conislocal``, and counts the parents. Here they are looked up.
"""

from __future__ import annotations

from dataclasses import replace

from migrail.catalog.draft import Draft
from migrail.model.operations import DropColumn, DropConstraint
from migrail.model.structure import Constraint, ConstraintKind, Name


def mark(draft: Draft, child: Name, *, local: bool) -> None:
    """Says of everything that a child could have from a parent whether it is its own."""
    columns, constraints = draft.columns_of(child), draft.constraints_of(child)
    for name, column in columns.items():
        columns[name] = replace(column, local=local)
    for key, constraint in constraints.items():
        constraints[key] = replace(constraint, local=local)


def set_free(draft: Draft, child: Name) -> None:
    """What no parent has any more, as one of them is none now, is the child's own."""
    columns, constraints = draft.columns_of(child), draft.constraints_of(child)
    for name, column in columns.items():
        if not column.local and not _has_column(draft, child, name):
            columns[name] = replace(column, local=True)
    for key, constraint in constraints.items():
        if not constraint.local and not _has_check(draft, child, constraint):
            constraints[key] = replace(constraint, local=True)


def goes_with(
    draft: Draft, child: Name, operation: DropColumn | DropConstraint, dropped: Constraint | None
) -> bool:
    """Whether a child loses what a parent of it has just lost."""
    table = draft.tables.get(child)
    if table is None:
        return False
    if isinstance(operation, DropColumn):
        column = table.columns.get(operation.column)
        return column is not None and not column.local and not _has_column(draft, child, column.name)
    own = table.constraints.get(operation.constraint)
    if own is None or dropped is None or own.kind is not dropped.kind or dropped.no_inherit:
        return False
    if own.kind in (ConstraintKind.CHECK, ConstraintKind.NOT_NULL):
        return not own.local and not _has_check(draft, child, own)
    return table.partition_bound is not None


def _has_column(draft: Draft, child: Name, column: str) -> bool:
    parents = (draft.tables.get(parent) for parent in draft.tables[child].parents)
    return any(column in parent.columns for parent in parents if parent is not None)


def _has_check(draft: Draft, child: Name, constraint: Constraint) -> bool:
    parents = (draft.tables.get(parent) for parent in draft.tables[child].parents)
    found = (parent.constraints.get(constraint.name or "") for parent in parents if parent is not None)
    return any(item is not None and item.kind is constraint.kind and not item.no_inherit for item in found)
