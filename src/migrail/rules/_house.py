"""What rules about house style share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from migrail.model.operations import AddColumn, AlterColumnType, CreateTable
from migrail.model.structure import SqlType
from migrail.rules._interface import Context


@dataclass(frozen=True, kw_only=True, slots=True)
class TypedColumn:
    """A column that gets a type."""

    shown: str
    """``public.orders.note``."""
    type: SqlType


def columns_of_type(
    operation: CreateTable | AddColumn | AlterColumnType, context: Context, is_meant: Callable[[SqlType], bool]
) -> Iterator[TypedColumn]:
    """The columns that the operation makes or changes, whose type is meant."""
    table = context.catalog.place(operation.table)
    pairs: list[tuple[str, SqlType | None]]
    match operation:
        case CreateTable():
            pairs = [(column.name, column.type) for column in operation.columns]
        case AddColumn():
            pairs = [(operation.column.name, operation.column.type)]
        case _:
            pairs = [(operation.column, operation.type)]
    for name, type_ in pairs:
        if type_ is not None and is_meant(type_):
            yield TypedColumn(shown=context.display_column(table, name), type=type_)
