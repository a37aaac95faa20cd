"""What a failure means, for people: what happened, where, what is true in the database now, and what to do."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from migrail.dialects import get
from migrail.model.errors import (
    GuardBusy,
    Interrupted,
    LockTimeout,
    MigrailError,
    MigrationFailed,
    TargetUnreachable,
)
from migrail.model.redact import redact
from migrail.model.text import Lines, plural, visible
from migrail.runner.address import Address
from migrail.runner.faults import Fault, FaultKind
from migrail.sql.masking import veiled

if TYPE_CHECKING:
    from migrail.sql import Script

ROLLED_BACK = "rolled back; nothing of this migration is in the database"
LOOK = "what it did before may be in the database; look before you go on"
_SHOWN = 120
"""Characters of a statement that are shown."""


def explain(address: Address, script: Script, fault: Fault, aftermath: str, *, safe: bool) -> MigrailError:
    """The error for a fault.

    Args:
        aftermath: what is true in the database now.
        safe: nothing of the migration is in the database, so that another try begins where this one did.

    No value of the statement is shown, because any may be a secret: its place says where it is.
    """
    said, record = (
        f"{address.label}: {script.migration.id} {_what(address, script, fault, kept=kept)}\n  {aftermath}"
        for kept in (False, True)
    )
    again = f"migrail promote {address.environment}"
    if fault.kind is FaultKind.OVERTAKEN:
        return GuardBusy(f"{address.label}: another promotion was faster; nothing was changed")
    if fault.kind is FaultKind.LOCKED and safe:
        return LockTimeout(said, help=again, record=record)
    if fault.kind is FaultKind.LOST and safe:
        return TargetUnreachable(said, help=again, record=record)
    if fault.kind is FaultKind.CANCELLED and safe:
        return Interrupted(said, help=again, record=record)
    return MigrationFailed(said, help=f"mend the file, then {again}", record=record)


_veiled = lru_cache(1)(veiled)
"""What is shown and what is kept are of the same statement, which may be long."""


def _what(address: Address, script: Script, fault: Fault, *, kept: bool) -> str:
    if fault.read is None:
        return {
            FaultKind.SEALING: f"its ledger row was refused: {fault.reason}",
            FaultKind.COMMITTING: f"the server refused COMMIT: {fault.reason}",
            FaultKind.ENDED: "a statement ended the transaction",
            FaultKind.LOST: f"the connection was lost: {fault.reason}",
            FaultKind.LOCKED: f"waited for a lock in vain: {fault.reason}",
        }.get(fault.kind, fault.reason)
    statement = fault.read.statement
    if fault.kind is FaultKind.ENDED:
        return f"statement {statement.number} (line {statement.span.line}) ended the transaction"
    line, column = statement.span.line, statement.span.column
    inside = 1
    if fault.position is not None and 0 < fault.position <= len(statement.text):
        inside, right = Lines(statement.text).at(fault.position - 1)
        column = right if inside > 1 else column + right - 1
        line += inside - 1
    dialect = get(address.dialects[0])
    veil = _veiled(statement.text, dialect)
    # Details quote rows; those about locks name who holds them.
    notes = () if kept and fault.kind is not FaultKind.LOCKED else fault.notes
    verb = "stopped" if fault.kind is FaultKind.CANCELLED else "failed"
    lines = [
        f"{verb} at statement {statement.number} of {len(script.statements)}",
        f"{script.migration.path}:{line}:{column}: {visible(redact(veil.line(inside).strip()))[:_SHOWN]}",
        *(veil.said(words, dialect, kept=kept) for words in (fault.reason, *notes)),
    ]
    return "\n  ".join(lines)


def stayed(finished: int) -> str:
    """What is there of a migration in steps."""
    if not finished:
        return "no statement of it was finished"
    return f"{plural(finished, 'finished statement')} of it stayed in the database"
