"""What rules about house style share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from migrail.model.findings import Category, Severity
from migrail.model.operations import AddColumn, AlterColumnType, CreateTable
from migrail.model.structure import SqlType
from migrail.rules._interface import Context, Hit, Rule

MakesColumns = CreateTable | AddColumn | AlterColumnType


def type_rule(*, code: str, name: str, is_meant: Callable[[SqlType], bool], because: str, help: str) -> Rule:
    """A rule against a type of columns, off unless it is asked for.

    Args:
        code: of the rule.
        name: of the rule.
        is_meant: whether a type is one that it is about.
        because: what is wrong with it, behind ``orders.total is money:``.
        help: what to write instead.
    """

    def check(operation: MakesColumns, context: Context) -> Iterable[Hit]:
        for column, type_ in _columns(operation):
            if type_ is not None and is_meant(type_):
                shown = context.display_column(context.catalog.place(operation.table), column)
                yield Hit(object=shown, message=f"{shown} is {type_}: {because}", help=help)

    return Rule(
        code=code,
        name=name,
        severity=Severity.WARNING,
        category=Category.CONVENTION,
        dialects=("postgres",),
        enabled=False,
        on=(CreateTable, AddColumn, AlterColumnType),
        check_operation=check,
    )


def _columns(operation: MakesColumns) -> Iterator[tuple[str, SqlType | None]]:
    """The columns that get a type."""
    match operation:
        case CreateTable():
            yield from ((column.name, column.type) for column in operation.columns)
        case AddColumn():
            yield operation.column.name, operation.column.type
        case _:
            yield operation.column, operation.type
