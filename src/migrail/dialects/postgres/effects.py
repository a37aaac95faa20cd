"""What an operation locks, scans and rewrites on PostgreSQL."""

from __future__ import annotations

from migrail.dialects._interface import Version
from migrail.dialects.postgres import column_locks, constraint_locks, index_locks, object_locks, table_locks
from migrail.dialects.postgres.forms import NO_TRANSACTION_OBJECTS, ON_TABLE
from migrail.dialects.postgres.handlers import Handler
from migrail.dialects.postgres.locks import Touch, gather
from migrail.model.locks import Effects, InTransaction
from migrail.model.operations import (
    AddEnumValue,
    AlterObject,
    CreateIndex,
    CreateObject,
    DetachPartition,
    DropIndex,
    DropObject,
    Maintain,
    Operation,
    Reindex,
    TableOperation,
)
from migrail.model.structure import Structure

_HANDLERS: dict[type[Operation], Handler] = {
    **table_locks.HANDLERS,
    **column_locks.HANDLERS,
    **constraint_locks.HANDLERS,
    **index_locks.HANDLERS,
    **object_locks.HANDLERS,
}


def effects(operation: Operation, structure: Structure, version: Version) -> Effects:
    """What the operation does, given the structure before it. New relations are left out: nobody waits."""
    touches: list[Touch] = []
    handler = _HANDLERS.get(type(operation))
    if handler is not None:
        touches.extend(handler(operation, structure, version))
    elif isinstance(operation, TableOperation) and type(operation) in ON_TABLE:
        touches.append(Touch(operation.table, *ON_TABLE[type(operation)]))
    return gather(touches, structure, _in_transaction(operation, structure, version))


def _in_transaction(operation: Operation, structure: Structure, version: Version) -> InTransaction:
    """Forms that end in error 25001 inside a transaction block."""
    match operation:
        case CreateIndex() | DropIndex() | DetachPartition():
            forbidden = operation.concurrently
        case Reindex():
            several = operation.scope in {"SCHEMA", "DATABASE", "SYSTEM"}
            parent = operation.name is not None and structure.is_partitioned(operation.name)
            forbidden = operation.concurrently or several or parent
        case Maintain():
            forbidden = operation.verb.startswith("VACUUM") or (
                operation.verb == "CLUSTER" and operation.table is None
            )
        case CreateObject() | DropObject():
            forbidden = operation.object_type in NO_TRANSACTION_OBJECTS
        case AlterObject():
            forbidden = operation.object_type == "SYSTEM" or (
                operation.object_type == "DATABASE" and operation.option.startswith("SET TABLESPACE")
            )
        case AddEnumValue():
            forbidden = version < (12,)
        case _:
            forbidden = False
    return InTransaction.FORBIDDEN if forbidden else InTransaction.ALLOWED
