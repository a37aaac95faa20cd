"""What targets hold about themselves."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from migrail.model.migration import Digests


class LedgerKind(StrEnum):
    """What a ledger row says."""

    BATCH = "batch"
    """A batch begins here; ``detail`` is its manifest."""
    STARTED = "started"
    """A migration without a transaction begins; what follows is in the journal."""
    APPLIED = "applied"
    FAILED = "failed"
    """Part of a migration without a transaction is in the database."""
    RETRIED = "retried"
    """A person decided that a failed migration starts again from its first statement that did not finish."""
    MARKED_APPLIED = "marked-applied"
    """A person decided that a failed migration counts as applied."""
    MARKED_REVERTED = "marked-reverted"
    """A person decided that nothing of a failed migration is left."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LedgerEntry:
    """One row of a target's append-only ledger."""

    sequence: int
    """Counts from 1 without gaps, in each target by itself."""
    kind: LedgerKind
    migration: str | None
    digests: Digests | None
    batch: str
    actor: str
    tool_version: str
    started_at: datetime
    finished_at: datetime
    statements: int
    """Statements that were executed."""
    detail: str
    """The manifest of a batch, the error of a failure, the reason of a decision."""
    previous_hash: str
    hash: str

    def computed_hash(self) -> str:
        """What ``hash`` must be: SHA-256 over the previous row's hash and everything this row says."""
        digests = self.digests
        said = [
            self.previous_hash,
            self.sequence,
            self.kind.value,
            self.migration,
            digests.text if digests else None,
            digests.raw if digests else None,
            self.batch,
            self.actor,
            self.tool_version,
            self.started_at.isoformat(),
            self.finished_at.isoformat(),
            self.statements,
            self.detail,
        ]
        return hashlib.sha256(json.dumps(said, separators=(",", ":")).encode()).hexdigest()


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """Which target a database says it is."""

    project: str
    environment: str
    target: str
    id: str
    """Random, made when the ledger was."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TargetRecord:
    """What was read from one target."""

    target: str
    identity: Identity | None
    """``None``: no ledger yet."""
    entries: tuple[LedgerEntry, ...]
    empty: bool
    """Without tables of anybody."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Observation:
    """What is known about one target: just read, or read some time ago."""

    environment: str
    target: str
    record: TargetRecord | None
    """``None``: never read."""
    observed_at: datetime | None
    error: str | None = None
    """Why it could not be read just now; ``None`` when ``record`` is live."""

    @property
    def live(self) -> bool:
        return self.error is None
