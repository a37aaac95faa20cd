"""Locks of operations on indexes. The table waits as well, though the statement may not name it."""

from __future__ import annotations

from collections.abc import Iterator

from migrail.dialects._interface import Version
from migrail.dialects.postgres.handlers import Handler, on_family
from migrail.dialects.postgres.locks import Mode, Touch
from migrail.model.locks import Duration
from migrail.model.operations import CreateIndex, DropIndex, Operation, Reindex, RenameIndex
from migrail.model.structure import Name, Structure


def _create(operation: CreateIndex, structure: Structure, version: Version) -> Iterator[Touch]:
    """IF NOT EXISTS still waits for the lock. ON ONLY builds nothing on a partitioned table."""
    mode = Mode.SHARE_UPDATE_EXCLUSIVE if operation.concurrently else Mode.SHARE
    if operation.if_not_exists and operation.index is not None:
        existing = Name(operation.table.schema, operation.index)
        if structure.table_of_index(existing) is not None:
            yield Touch(operation.table, mode)
            return
    if operation.only and structure.is_partitioned(operation.table):
        yield Touch(operation.table, mode)
    else:
        yield from on_family(operation.table, structure, mode, Duration.SCAN)


def _drop(operation: DropIndex, structure: Structure, version: Version) -> Iterator[Touch]:
    """Without a known table the index stands for it."""
    mode = Mode.SHARE_UPDATE_EXCLUSIVE if operation.concurrently else Mode.ACCESS_EXCLUSIVE
    table = structure.table_of_index(operation.name)
    yield from on_family(table or operation.name, structure, mode, Duration.INSTANT)


def _rename(operation: RenameIndex, structure: Structure, version: Version) -> Iterator[Touch]:
    """Since 12 without a strong lock (release notes 12)."""
    mode = Mode.SHARE_UPDATE_EXCLUSIVE if version >= (12,) else Mode.ACCESS_EXCLUSIVE
    yield Touch(operation.name, mode)


def _reindex(operation: Reindex, structure: Structure, version: Version) -> Iterator[Touch]:
    """REINDEX of one index locks its table as well; of a table, all its indexes."""
    if operation.name is None or operation.scope not in {"INDEX", "TABLE"}:
        return
    of_index = operation.scope == "INDEX"
    table = structure.table_of_index(operation.name) if of_index else operation.name
    if operation.concurrently:
        yield Touch(table or operation.name, Mode.SHARE_UPDATE_EXCLUSIVE, Duration.SCAN)
        return
    if table is not None:
        yield from on_family(table, structure, Mode.SHARE, Duration.SCAN)
    indexes = [operation.name] if of_index else _indexes(operation.name, structure)
    for index in indexes:
        yield Touch(index, Mode.ACCESS_EXCLUSIVE, Duration.SCAN)


def _indexes(table: Name, structure: Structure) -> list[Name]:
    return [Name(table.schema, index) for index in structure.indexes_on(table)]


HANDLERS: dict[type[Operation], Handler] = {
    CreateIndex: _create,
    DropIndex: _drop,
    RenameIndex: _rename,
    Reindex: _reindex,
}
