"""What an operation locks, scans and rewrites on PostgreSQL."""

from __future__ import annotations

from migrail.dialects._interface import Version
from migrail.dialects.postgres.facts import refused_in_transaction, touches
from migrail.dialects.postgres.locks import gather
from migrail.model.locks import Effects, InTransaction
from migrail.model.operations import Operation
from migrail.model.structure import Structure


def effects(operation: Operation, structure: Structure, version: Version) -> Effects:
    """What the operation does, given the structure before it. New relations are left out: nobody waits."""
    refused = refused_in_transaction(operation, structure, version)
    return gather(
        touches(operation, structure, version),
        structure,
        InTransaction.FORBIDDEN if refused else InTransaction.ALLOWED,
    )
