"""What goes with a column where CASCADE is written."""

from __future__ import annotations

from migrail.catalog.columns import remove_column
from migrail.catalog.draft import Draft
from migrail.catalog.tables import remove_view
from migrail.catalog.values import View
from migrail.model.operations import DropColumn
from migrail.model.structure import ColumnName, Name


def drop_column(draft: Draft, operation: DropColumn) -> None:
    """DROP COLUMN, with every index and constraint that mentions it, and on request the views that use it."""
    if operation.cascade and draft.has_schemas:
        remove_with_views(draft, operation.table, operation.column)
    else:
        remove_column(draft, operation.table, operation.column)


def remove_with_views(draft: Draft, table: Name, column: str) -> None:
    """Takes a column away with the views and generated columns that use it."""
    pending = [column]
    while pending:
        gone = pending.pop()
        for dependent in draft.dependents_of(table):
            view = draft.views.get(dependent)
            if view is not None and _uses(view, table, gone):
                remove_view(draft, dependent)
        remove_column(draft, table, gone)
        pending += [
            other.name
            for other in draft.columns_of(table).values()
            if other.generation is not None and gone in other.generation.columns
        ]


def _uses(view: View, table: Name, column: str) -> bool:
    """Whether a view certainly uses a column: by name, or by a star that was spelled out when it was made."""
    if ColumnName(table, column) in view.uses:
        return True
    starred = "*" in view.query.partition("FROM")[0] or "*" in view.query.partition("from")[0]
    known = (now for item in view.bound if item.relation == table for _, now in item.columns or ())
    return starred and column in known
