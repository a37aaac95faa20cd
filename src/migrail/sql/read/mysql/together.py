"""Several actions of one ALTER TABLE: MySQL and MariaDB do them in an order of their own, and not one by one.

``mysql_prepare_alter_table`` makes the list of the new columns and looks up in it what each part of a key means:
the first column that had that name before, or that is added with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from migrail.model.operations import (
    AddColumn,
    AlterTableOption,
    ConvertCharset,
    DropColumn,
    DropConstraint,
    DropIndex,
    DropPeriod,
    ModifyColumn,
    MoveTable,
    Operation,
    RenameColumn,
    RenameTable,
)


def in_order(found: Iterable[Operation]) -> list[Operation]:
    """The operations as they can be applied one after the other."""
    return _told_of_each_other(sorted(_renamed_apart(found), key=_pass))


def _pass(operation: Operation) -> int:
    """When the server does an action, whatever their order: it drops and renames what was there before."""
    match operation:
        case DropConstraint() | DropIndex() | DropPeriod():
            return 0
        case DropColumn():
            return 1
        case RenameColumn() | ConvertCharset():
            return 2
        case AlterTableOption(option="OPTION DEFAULT CHARACTER SET"):
            return 2
        case AlterTableOption(option="OPTION DEFAULT COLLATE"):
            return 3
        case AddColumn() | ModifyColumn():
            return 4
        case RenameTable() | MoveTable():
            return 6
        case _:
            return 5


def _renamed_apart(found: Iterable[Operation]) -> list[Operation]:
    """Columns get their new names all at once: the one whose name another one takes comes first.

    Where each takes the name of another one, they change them in pairs.
    """
    ordered: list[Operation] = []
    waiting: list[RenameColumn] = []
    for item in found:
        if isinstance(item, RenameColumn):
            waiting.append(item)
        else:
            ordered.append(item)
    while waiting:
        taken = {item.column for item in waiting if item.column != item.new_name}
        free = [item for item in waiting if item.new_name not in taken]
        ordered += free
        if free:
            waiting = [item for item in waiting if item not in free]
            continue
        one, *others = waiting
        ordered.append(replace(one, swaps=True))
        moved = (replace(item, column=one.column) if item.column == one.new_name else item for item in others)
        waiting = [item for item in moved if item.column != item.new_name]
    return ordered


def _told_of_each_other(found: list[Operation]) -> list[Operation]:
    """A column that is added may stand in for one that is dropped or renamed."""
    if any(isinstance(item, ConvertCharset) for item in found):
        found = [_converted(item) for item in found]
    added = tuple(item.column.name for item in found if isinstance(item, AddColumn) and not item.if_not_exists)
    if not added:
        return found
    renamed = {item.column: item.new_name for item in found if isinstance(item, RenameColumn)}
    return [_told(item, added, renamed) for item in found]


def _converted(operation: Operation) -> Operation:
    """CONVERT TO overrides what is written in columns."""
    if isinstance(operation, AddColumn | ModifyColumn):
        return replace(operation, column=replace(operation.column, charset=None, collation=None))
    return operation


def _told(operation: Operation, added: tuple[str, ...], renamed: dict[str, str]) -> Operation:
    match operation:
        case DropColumn():
            return replace(operation, added=added)
        case AddColumn() if operation.column.name in renamed:
            return replace(operation, renamed=renamed[operation.column.name])
        case _:
            return operation
