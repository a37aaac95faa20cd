"""Statements that are no queries and that applications run: TRUNCATE, LOCK, REFRESH and the like."""

from __future__ import annotations

from collections.abc import Iterable

from migrail.catalog.conflicts import conflicts
from migrail.compat.relations import is_system
from migrail.compat.work import Work
from migrail.model.operations import LockTable, Operation, RefreshView, TableOperation, Truncate
from migrail.model.structure import Index


def look(operations: Iterable[Operation], work: Work) -> None:
    """Notes what the operations need and what the server refuses."""
    catalog = work.structure.catalog
    for operation in operations:
        name = operation.name if isinstance(operation, RefreshView) else None
        if isinstance(operation, TableOperation):
            name = operation.table
        if name is None or is_system(name):
            continue
        resolved = catalog.resolve(name)
        if not catalog.has_relation(resolved):
            work.flaw(f"relation {name} does not exist", missing=True)
            continue
        work.use("relation", resolved)
        view = catalog.views.get(resolved)
        if isinstance(operation, RefreshView):
            if view is None or not view.materialized:
                work.flaw(f"{work.shown(resolved)} is no materialized view")
            elif operation.concurrently and not any(_is_whole(index) for index in view.indexes.values()):
                work.flaw(f"{work.shown(resolved)} has no unique index over all rows: no REFRESH CONCURRENTLY")
        elif isinstance(operation, Truncate) and resolved not in catalog.tables:
            work.flaw(f"{work.shown(resolved)} is no table")
        elif not isinstance(operation, LockTable):
            reason = conflicts(catalog, operation)
            if reason is not None:
                work.flaw(reason)


def _is_whole(index: Index) -> bool:
    return index.unique and index.valid and index.where is None
