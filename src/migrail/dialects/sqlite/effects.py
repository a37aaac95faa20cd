"""What an operation locks on SQLite: always the whole database, which has one writer at a time.

A writer holds RESERVED until it commits: readers go on, other writers get SQLITE_BUSY (``lockingv3.html``).
With the rollback journal the commit itself waits for readers as well; with WAL it does not.
"""

from __future__ import annotations

from migrail.dialects._interface import Version
from migrail.model.locks import Blocked, Duration, Effects, InTransaction, LockEffect
from migrail.model.operations import (
    AddColumn,
    CreateIndex,
    CreateObject,
    CreateTable,
    CreateTrigger,
    CreateView,
    Delete,
    DropColumn,
    DropIndex,
    DropObject,
    DropTable,
    DropTrigger,
    DropView,
    Insert,
    Maintain,
    Operation,
    Reindex,
    RenameColumn,
    RenameTable,
    SetVariable,
    Update,
)
from migrail.model.structure import Column, ConstraintKind, Name, Structure

RELATION = "database"
"""What the one lock is on, in place of a table."""

_WRITER = (Blocked.WRITES, Blocked.DDL)
_EVERYBODY = (Blocked.READS, Blocked.WRITES, Blocked.DDL)

_WORK: dict[type[Operation], Duration] = {
    CreateTable: Duration.INSTANT,
    DropTable: Duration.INSTANT,
    RenameTable: Duration.INSTANT,
    RenameColumn: Duration.INSTANT,
    DropColumn: Duration.REWRITE,
    CreateIndex: Duration.SCAN,
    DropIndex: Duration.INSTANT,
    Reindex: Duration.SCAN,
    CreateView: Duration.INSTANT,
    DropView: Duration.INSTANT,
    CreateTrigger: Duration.INSTANT,
    DropTrigger: Duration.INSTANT,
    CreateObject: Duration.INSTANT,
    DropObject: Duration.INSTANT,
    Insert: Duration.INSTANT,
}
"""Writes whose work depends on nothing else (``lang_altertable.html``)."""


def effects(operation: Operation, structure: Structure, version: Version) -> Effects:
    """What the operation does, given the structure before it. On a new table there is no work to wait for."""
    if isinstance(operation, SetVariable):
        forbidden = _needs_no_transaction(operation.variable, operation.value)
        return Effects(in_transaction=InTransaction.FORBIDDEN if forbidden else InTransaction.ALLOWED)
    if isinstance(operation, Maintain) and operation.verb.startswith("VACUUM"):
        lock = LockEffect(relation=RELATION, mode="EXCLUSIVE", blocks=_EVERYBODY, duration=Duration.REWRITE)
        return Effects(locks=(lock,), rewrites=(RELATION,), in_transaction=InTransaction.FORBIDDEN)
    duration = _work(operation)
    if duration is None:
        return Effects()
    table = _table(operation, structure)
    if table is not None and structure.is_new(table):
        duration = Duration.INSTANT
    touched = (structure.display(table),) if table is not None else ()
    return Effects(
        locks=(LockEffect(relation=RELATION, mode="RESERVED", blocks=_WRITER, duration=duration),),
        rewrites=touched if duration is Duration.REWRITE else (),
        scans=touched if duration is Duration.SCAN else (),
    )


def _needs_no_transaction(pragma: str, value: str | None) -> bool:
    """PRAGMAs that end in an error inside a transaction."""
    if value is None:
        return False
    return pragma == "synchronous" or (pragma == "journal_mode" and value.strip("'\"").lower() == "wal")


def _work(operation: Operation) -> Duration | None:
    """``None`` for what does not write."""
    match operation:
        case CreateTable() | CreateView() if operation.temporary:
            return None
        case AddColumn():
            return Duration.SCAN if _tests_rows(operation.column) else Duration.INSTANT
        case Update() | Delete():
            return Duration.INSTANT if operation.has_where else Duration.SCAN
        case Maintain():
            return Duration.SCAN if operation.verb == "ANALYZE" else None
        case _:
            return _WORK.get(type(operation))


def _tests_rows(column: Column) -> bool:
    """Existing rows are read when they could break the new column's CHECK or NOT NULL."""
    return column.not_null or any(constraint.kind is ConstraintKind.CHECK for constraint in column.constraints)


def _table(operation: Operation, structure: Structure) -> Name | None:
    """The table whose rows the operation may go through."""
    if isinstance(operation, Reindex):
        if operation.name is None:
            return None
        return structure.table_of_index(operation.name) or operation.name
    table: Name | None = getattr(operation, "table", None)
    return table
