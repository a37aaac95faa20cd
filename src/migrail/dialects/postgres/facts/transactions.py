"""Forms that PostgreSQL refuses inside a transaction block (25001)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from migrail.dialects._interface import Version
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
)
from migrail.model.structure import Structure


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """One form."""

    operation: type[Operation]
    form: str
    when: Callable[[Any, Structure], bool]
    until: int | None = None
    """The first version that takes it."""

    def holds(self, operation: Operation, structure: Structure, version: Version) -> bool:
        """Whether the form is refused on that version."""
        return (self.until is None or version < (self.until,)) and self.when(operation, structure)


def _concurrently(operation: Any, structure: Structure) -> bool:
    return bool(operation.concurrently)


def _partitioned(operation: Reindex, structure: Structure) -> bool:
    return operation.name is not None and structure.is_partitioned(operation.name)


_OBJECTS = ("DATABASE", "TABLESPACE", "SUBSCRIPTION")
"""A subscription only when it connects."""

REFUSALS = (
    Refusal(operation=CreateIndex, form="CREATE INDEX CONCURRENTLY", when=_concurrently),
    Refusal(operation=DropIndex, form="DROP INDEX CONCURRENTLY", when=_concurrently),
    Refusal(operation=DetachPartition, form="DETACH PARTITION ... CONCURRENTLY", when=_concurrently),
    Refusal(operation=Reindex, form="REINDEX CONCURRENTLY", when=_concurrently),
    Refusal(
        operation=Reindex,
        form="REINDEX SCHEMA, DATABASE, SYSTEM",
        when=lambda operation, structure: operation.scope in {"SCHEMA", "DATABASE", "SYSTEM"},
    ),
    Refusal(operation=Reindex, form="REINDEX of a partitioned table or index", when=_partitioned),
    Refusal(
        operation=Maintain, form="VACUUM", when=lambda operation, structure: operation.verb.startswith("VACUUM")
    ),
    Refusal(
        operation=Maintain,
        form="CLUSTER of all tables",
        when=lambda operation, structure: operation.verb == "CLUSTER" and operation.table is None,
    ),
    Refusal(
        operation=Maintain,
        form="CLUSTER of a partitioned table",
        when=lambda operation, structure: (
            operation.verb == "CLUSTER"
            and operation.table is not None
            and structure.is_partitioned(operation.table)
        ),
    ),
    Refusal(
        operation=CreateObject,
        form="CREATE DATABASE, TABLESPACE, SUBSCRIPTION",
        when=lambda operation, structure: operation.object_type in _OBJECTS,
    ),
    Refusal(
        operation=DropObject,
        form="DROP DATABASE, TABLESPACE, SUBSCRIPTION",
        when=lambda operation, structure: operation.object_type in _OBJECTS,
    ),
    Refusal(
        operation=AlterObject,
        form="ALTER SYSTEM",
        when=lambda operation, structure: operation.object_type == "SYSTEM",
    ),
    Refusal(
        operation=AlterObject,
        form="ALTER DATABASE ... SET TABLESPACE",
        when=lambda operation, structure: (
            operation.object_type == "DATABASE" and operation.option.startswith("SET TABLESPACE")
        ),
    ),
    Refusal(operation=AddEnumValue, form="ALTER TYPE ... ADD VALUE", when=lambda *given: True, until=12),
)
