"""Digests of what environments hold, and whether ledgers were tampered with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from migrail.model.ledger import LedgerEntry, Observation

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


def broken_chain(entries: Sequence[LedgerEntry]) -> LedgerEntry | None:
    """The first row that was changed, removed or put in by hand, as the hashes show."""
    previous = ""
    for number, entry in enumerate(entries, 1):
        if entry.sequence != number or entry.previous_hash != previous or entry.computed_hash() != entry.hash:
            return entry
        previous = entry.hash
    return None
