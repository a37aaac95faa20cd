"""What a target's ledger says about each migration."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from migrail.model.ledger import LedgerEntry, LedgerKind, Observation
from migrail.model.migration import Digests

STATE = "sha256-state"


class Standing(StrEnum):
    """Where one migration stands in one target."""

    APPLIED = "applied"
    FAILED = "failed"
    """Half-way: part of a migration without a transaction is in the database."""
    STARTED = "started"
    """A migration without a transaction began and nothing says how it ended."""
    RETRY = "retry"
    """A person decided to go on with a failed one."""
    REVERTED = "reverted"
    """A person decided that nothing of it is left."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """The newest thing that a ledger says about one migration."""

    standing: Standing
    digests: Digests
    since: datetime
    batch: str
    detail: str
    statements: int
    resume_since: datetime
    """Statements that the journal knows as done after this moment need not run again."""


_STANDINGS = {
    LedgerKind.APPLIED: Standing.APPLIED,
    LedgerKind.MARKED_APPLIED: Standing.APPLIED,
    LedgerKind.FAILED: Standing.FAILED,
    LedgerKind.STARTED: Standing.STARTED,
    LedgerKind.RETRIED: Standing.RETRY,
    LedgerKind.MARKED_REVERTED: Standing.REVERTED,
}


def facts(entries: Iterable[LedgerEntry]) -> Mapping[str, Fact]:
    """The newest fact per migration, in the order in which they first appear."""
    found: dict[str, Fact] = {}
    for entry in entries:
        if entry.migration is None or entry.digests is None:
            continue
        before = found.get(entry.migration)
        reset = entry.kind is LedgerKind.MARKED_REVERTED
        found[entry.migration] = Fact(
            standing=_STANDINGS[entry.kind],
            digests=entry.digests,
            since=entry.finished_at,
            batch=entry.batch,
            detail=entry.detail,
            statements=entry.statements,
            resume_since=entry.finished_at if reset else before.resume_since if before else _BEGINNING,
        )
    return found


_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


def applied(entries: Iterable[LedgerEntry]) -> Mapping[str, Digests]:
    """The digests of the migrations that are applied."""
    return {id: fact.digests for id, fact in facts(entries).items() if fact.standing is Standing.APPLIED}


def state_digest(observations: Sequence[Observation]) -> str:
    """``sha256-state:<hex>`` of what is applied on all targets of an environment. Approvals are bound to it."""
    content = [
        [
            observation.target,
            sorted((id, digests.text) for id, digests in applied(observation.record.entries).items())
            if observation.record
            else None,
        ]
        for observation in sorted(observations, key=lambda observation: observation.target)
    ]
    return f"{STATE}:{hashlib.sha256(json.dumps(content).encode()).hexdigest()}"


def broken_chain(entries: Sequence[LedgerEntry]) -> LedgerEntry | None:
    """The first row that was changed, removed or put in by hand, as the hashes show."""
    previous = ""
    for number, entry in enumerate(entries, 1):
        if entry.sequence != number or entry.previous_hash != previous or entry.computed_hash() != entry.hash:
            return entry
        previous = entry.hash
    return None
