"""COMMENT ON tables and columns."""

from __future__ import annotations

from dataclasses import replace

from migrail.catalog.draft import Draft
from migrail.model.operations import CommentOn

_TABLES = frozenset({"TABLE", "FOREIGN TABLE"})


def comment_on(draft: Draft, operation: CommentOn) -> None:
    """COMMENT ON; the comments of other objects are not held."""
    _put(draft, operation, operation.text)


def forget(draft: Draft, operation: CommentOn) -> None:
    """A COMMENT ON that may not run: the comment is not known then."""
    _put(draft, operation, None)


def _put(draft: Draft, operation: CommentOn, text: str | None) -> None:
    name = draft.catalog.resolve(operation.name)
    if operation.column is not None:
        draft.change(name, operation.column, lambda known: replace(known, comment=text))
    elif operation.object_type in _TABLES and (table := draft.edit(name)) is not None:
        draft.tables[name] = replace(table, comment=text)
