"""Operations that may take effect or not, such as those under a condition in code."""

from __future__ import annotations

from migrail.catalog.draft import Draft
from migrail.model import operations as ops

_DROPS = (
    ops.DropTable,
    ops.DropColumn,
    ops.DropNotNull,
    ops.DropDefault,
    ops.DropConstraint,
    ops.DropIndex,
    ops.DropView,
    ops.DropTrigger,
    ops.DropObject,
)
_VIEWS = frozenset({"VIEW", "MATERIALIZED VIEW"})


def matters(operation: ops.Operation) -> bool:
    """Whether the structure is uncertain behind a change of it that may have taken effect."""
    match operation:
        case ops.SetVariable(variable=variable):
            return variable in _STRUCTURAL
        case ops.SessionCommand(verb=verb):
            return verb in DISCARDS
    return True


_STRUCTURAL = frozenset({"search_path", "timezone", "foreign_key_checks", "all"})
DISCARDS = frozenset({"DISCARD ALL", "DISCARD TEMP"})
"""Commands that take temporary relations away."""


_KEEP_RELATIONS = (
    ops.AddColumn,
    ops.AddConstraint,
    ops.AddEnumValue,
    ops.AlterColumnOption,
    ops.AlterColumnType,
    ops.CreateDomain,
    ops.CreateExtension,
    ops.CreateFunction,
    ops.CreateIndex,
    ops.CreatePolicy,
    ops.CreateTrigger,
    ops.ConvertCharset,
    ops.CreateType,
    ops.DropColumn,
    ops.DropConstraint,
    ops.DropDefault,
    ops.DropIndex,
    ops.DropNotNull,
    ops.DropPeriod,
    ops.DropTrigger,
    ops.ModifyColumn,
    ops.RenameColumn,
    ops.RenameConstraint,
    ops.SetDefault,
    ops.SetNotNull,
    ops.ValidateConstraint,
)


def keeps_relations(operation: ops.Operation) -> bool:
    """Whether the same tables and views are there, whether it takes effect or not."""
    return isinstance(operation, _KEEP_RELATIONS)


def note_new(draft: Draft, operation: ops.Operation) -> None:
    """A relation that nobody can use yet is new if it is made at all."""
    if isinstance(operation, ops.CreateTable):
        name = draft.catalog.place(operation.table, temporary=operation.temporary)
    elif isinstance(operation, ops.CreateView):
        name = draft.catalog.place(operation.name, temporary=operation.temporary)
    else:
        return
    if draft.catalog.complete and not draft.catalog.has_relation(name):
        draft.created(name)


def forgetting(operation: ops.Operation) -> ops.Operation | None:
    """The operation that takes out of a catalog what may not be true any more; ``None`` where nothing is."""
    match operation:
        case ops.RenameTable() | ops.MoveTable():
            return ops.DropTable(table=operation.table)
        case ops.RenameColumn() | ops.AlterColumnType():
            return ops.DropColumn(table=operation.table, column=operation.column)
        case ops.ModifyColumn():
            return ops.DropColumn(table=operation.table, column=operation.column.name)
        case ops.RenameConstraint():
            return ops.DropConstraint(table=operation.table, constraint=operation.constraint)
        case ops.RenameIndex():
            return ops.DropIndex(name=operation.name, table=operation.table)
        case ops.RenameObject() if operation.object_type in _VIEWS:
            return ops.DropView(name=operation.name)
        case ops.RenameObject():
            return ops.DropObject(object_type=operation.object_type, name=operation.name)
        case _:
            return operation if isinstance(operation, _DROPS) else None
