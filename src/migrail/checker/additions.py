"""Which statements add something that the next version of the application may need."""

from __future__ import annotations

from migrail.catalog import Catalog
from migrail.checker.walk import Step
from migrail.model.operations import (
    AddColumn,
    AddEnumValue,
    CreateDomain,
    CreateFunction,
    CreateSequence,
    CreateTable,
    CreateType,
    CreateView,
    DropColumn,
    DropObject,
    DropTable,
    DropView,
    Operation,
    RenameColumn,
    RenameTable,
)
from migrail.model.structure import Name

_Thing = tuple[Name, str]
"""A relation, routine or type with an empty text, or a table with one of its columns."""


class Additions:
    """Sees the operations of a change in order. What takes the place of something that went is no addition."""

    def __init__(self) -> None:
        self._gone: set[_Thing] = set()

    def adds(self, step: Step) -> bool:
        """Whether the operation adds something that was not there."""
        catalog, operation = step.context.catalog, step.operation
        gone = _taken_away(operation, catalog)
        if gone is not None:
            self._gone.add(gone)
            return False
        made = _made(operation, catalog)
        return made is not None and made not in self._gone


def _taken_away(operation: Operation, catalog: Catalog) -> _Thing | None:
    match operation:
        case DropTable(table=table) | RenameTable(table=table):
            return catalog.resolve(table), ""
        case DropColumn(table=table, column=column) | RenameColumn(table=table, column=column):
            return catalog.resolve(table), column
        case DropView(name=name):
            return catalog.resolve(name), ""
        case DropObject(name=name):
            return catalog.place(name), ""
        case _:
            return None


def _made(operation: Operation, catalog: Catalog) -> _Thing | None:
    """``None`` for what was there, as behind OR REPLACE, and for what lasts as long as the session."""
    match operation:
        case CreateTable(table=name) | CreateView(name=name) | CreateSequence(name=name):
            if getattr(operation, "temporary", False) or catalog.has_relation(catalog.place(name)):
                return None
            return catalog.place(name), ""
        case CreateFunction(name=name):
            return None if catalog.function(name) else (catalog.place(name), "")
        case CreateType(name=name) | CreateDomain(name=name):
            return None if catalog.type_named(name) is not None else (catalog.place(name), "")
        case AddColumn(table=table, column=column):
            return None if catalog.column(table, column.name) else (catalog.resolve(table), column.name)
        case AddEnumValue(name=name, label=label):
            return catalog.place(name), label
        case _:
            return None
