"""What an operation locks, scans and rewrites on MySQL and MariaDB with InnoDB.

Every change of a table takes its metadata lock exclusively for a moment at least, behind which all others queue.
``LOCK=NONE`` and ``LOCK=SHARED`` name what the table allows while the work goes on.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from migrail.dialects._interface import Version
from migrail.dialects.mysql.online import MYSQL, Cost, Server, asked, cost
from migrail.model.locks import Blocked, Duration, Effects, InTransaction, LockEffect
from migrail.model.operations import (
    AddColumn,
    AddConstraint,
    CreateTable,
    CreateTrigger,
    Delete,
    DropIndex,
    DropTable,
    DropTrigger,
    Insert,
    LockTable,
    Maintain,
    Merge,
    Opaque,
    Operation,
    RenameIndex,
    RunCode,
    Select,
    SessionCommand,
    SetVariable,
    TableOperation,
    TransactionControl,
    Truncate,
    Update,
)
from migrail.model.structure import Constraint, Name, Structure

_EVERYBODY = (Blocked.READS, Blocked.WRITES, Blocked.DDL)
_BLOCKS = {"NONE": (Blocked.DDL,), "SHARED": (Blocked.WRITES, Blocked.DDL), "EXCLUSIVE": _EVERYBODY}
METADATA = "METADATA EXCLUSIVE"
"""The mode of what is over in a moment."""

_NO_COMMIT = (Insert, Update, Delete, Merge, Select, SetVariable, RunCode, TransactionControl, Opaque)
"""Statements that do not end the transaction around them (manual, 15.3.3; measured on MariaDB 10.11)."""
_COMMITTING_COMMANDS = frozenset(
    {"FLUSH", "RESET", "UNLOCK TABLES", "SET PASSWORD", "SET DEFAULT ROLE", "RENAME USER", "INSTALL", "UNINSTALL"}
)


def effects_of(operation: Operation, structure: Structure, version: Version, server: Server) -> Effects:
    """What the operation does, given the structure before it. New tables are left out: nobody waits."""
    touched = list(_touched(operation, structure, version, server))
    seen: dict[str, LockEffect] = {}
    algorithm = None
    for table, found in touched:
        if structure.is_new(table):
            continue
        relation = structure.display(table)
        seen.setdefault(relation, _lock(relation, found))
        algorithm = algorithm or found.algorithm or None
    return Effects(
        locks=tuple(seen.values()),
        rewrites=tuple(lock.relation for lock in seen.values() if lock.duration is Duration.REWRITE),
        scans=tuple(lock.relation for lock in seen.values() if lock.duration is Duration.SCAN),
        algorithm=algorithm,
        in_transaction=_in_transaction(operation),
    )


effects = partial(effects_of, server=MYSQL)


def _lock(relation: str, found: Cost) -> LockEffect:
    if found.work is Duration.INSTANT:
        return LockEffect(relation=relation, mode=METADATA, blocks=_EVERYBODY, duration=Duration.INSTANT)
    return LockEffect(relation=relation, mode=f"LOCK={found.lock}", blocks=_BLOCKS[found.lock], duration=found.work)


_MOMENT = Cost(algorithm="")


def _touched(
    operation: Operation, structure: Structure, version: Version, server: Server
) -> Iterable[tuple[Name, Cost]]:
    found = cost(operation, structure, version, server)
    if found is not None:
        yield from _changed(operation, found)
        return
    match operation:
        case CreateTable():
            constraints = (*operation.constraints, *(item for c in operation.columns for item in c.constraints))
            if operation.replace:
                yield operation.table, _MOMENT
            yield from _parents(constraints)
        case DropTable() | Truncate() | CreateTrigger():
            yield operation.table, _MOMENT
        case DropTrigger() if operation.table is not None:
            yield operation.table, _MOMENT
        case LockTable():
            lock = "SHARED" if operation.mode.startswith("READ") else "EXCLUSIVE"
            yield operation.table, Cost(algorithm="", lock=lock, work=Duration.SCAN)
        case Update() | Delete() if not operation.has_where:
            yield operation.table, Cost(algorithm="", lock="SHARED", work=Duration.SCAN)
        case Maintain() if operation.table is not None:
            yield operation.table, _MAINTENANCE.get(operation.verb, _MOMENT)


_MAINTENANCE = {
    "OPTIMIZE": Cost(algorithm="INPLACE", work=Duration.REWRITE),
    "REPAIR": Cost(algorithm="COPY", lock="EXCLUSIVE", work=Duration.REWRITE),
    "CHECK": Cost(algorithm="", work=Duration.SCAN),
    "CHECKSUM": Cost(algorithm="", work=Duration.SCAN),
}
"""On InnoDB OPTIMIZE rebuilds in place (manual, 15.7.3.4)."""


def _changed(operation: Operation, found: Cost) -> Iterable[tuple[Name, Cost]]:
    if isinstance(operation, DropIndex | RenameIndex):
        if operation.table is not None:
            yield operation.table, asked(found, operation.algorithm, operation.lock)
    elif isinstance(operation, TableOperation):
        yield operation.table, asked(found, operation.algorithm, operation.lock)
    match operation:
        case AddConstraint():
            yield from _parents((operation.constraint,))
        case AddColumn():
            yield from _parents(operation.column.constraints)


def _parents(constraints: Iterable[Constraint]) -> Iterable[tuple[Name, Cost]]:
    """The metadata of referenced tables is locked while a foreign key is made (manual, 10.11.4)."""
    for constraint in constraints:
        if constraint.references is not None:
            yield constraint.references.table, _MOMENT


def _in_transaction(operation: Operation) -> InTransaction:
    match operation:
        case CreateTable() if operation.temporary:
            return InTransaction.ALLOWED
        case SetVariable() if operation.variable == "autocommit":
            return InTransaction.IMPLICIT_COMMIT
        case SessionCommand():
            commits = operation.verb in _COMMITTING_COMMANDS
        case _:
            commits = not isinstance(operation, _NO_COMMIT)
    return InTransaction.IMPLICIT_COMMIT if commits else InTransaction.ALLOWED
