"""Digests of what environments hold, and whether ledgers were tampered with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from migrail.model.ledger import LedgerEntry, Observation, TargetRecord
from migrail.model.migration import Digests

STATE = "sha256-state"


def state_digest(observations: Sequence[Observation]) -> str:
    """``sha256-state:<hex>`` of which databases an environment's targets are and of what stands in them.

    Approvals are bound to it.
    """
    content = [
        [observation.target, *_content(observation)]
        for observation in sorted(observations, key=lambda observation: observation.target)
    ]
    return f"{STATE}:{hashlib.sha256(json.dumps(content).encode()).hexdigest()}"


def _content(observation: Observation) -> list[object]:
    record = observation.record
    if record is None:
        return []
    standings = sorted((id, fact.standing.value, fact.digests.text) for id, fact in record.facts.items())
    return [record.identity.id if record.identity else None, standings]


def lost(before: TargetRecord, now: TargetRecord) -> dict[str, Digests]:
    """Migrations that were applied when a target was observed before, and are not in its ledger any more.

    A ledger only grows; one that lacks rows was restored from an older backup. What was applied again since, or
    declared to be reverted, is not lost.
    """
    if before.identity is None or (now.identity is not None and now.identity.id != before.identity.id):
        return {}
    seen = {**before.lost, **({} if _grew_from(before, now) else before.applied)}
    return {id: digests for id, digests in seen.items() if id not in now.facts}


def _grew_from(before: TargetRecord, now: TargetRecord) -> bool:
    sequence, hash_ = before.head
    return sequence == 0 or (len(now.entries) >= sequence and now.entries[sequence - 1].hash == hash_)


def broken_chain(entries: Sequence[LedgerEntry]) -> LedgerEntry | None:
    """The first row that was changed, removed or put in by hand, as the hashes show."""
    previous = ""
    for number, entry in enumerate(entries, 1):
        if entry.sequence != number or entry.previous_hash != previous or entry.computed_hash() != entry.hash:
            return entry
        previous = entry.hash
    return None
