"""What the two rules about changes of type share."""

from __future__ import annotations

from migrail.model.operations import AlterColumnType
from migrail.rules._interface import Context


def change(operation: AlterColumnType, context: Context) -> str:
    """``public.orders.total from integer to bigint``."""
    column = context.catalog.column(operation.table, operation.column)
    old = f" from {column.type}" if column is not None and column.type is not None else ""
    return f"{context.display(operation.table)}.{operation.column}{old} to {operation.type}"
