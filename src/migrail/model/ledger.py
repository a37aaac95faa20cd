"""What targets hold about themselves."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

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
    resume_after: int
    """Statements that the journal knows as done by attempts behind this row of the ledger need not run again."""


_STANDINGS = {
    LedgerKind.APPLIED: Standing.APPLIED,
    LedgerKind.MARKED_APPLIED: Standing.APPLIED,
    LedgerKind.FAILED: Standing.FAILED,
    LedgerKind.STARTED: Standing.STARTED,
    LedgerKind.RETRIED: Standing.RETRY,
    LedgerKind.MARKED_REVERTED: Standing.REVERTED,
}


@dataclass(frozen=True, kw_only=True)
class TargetRecord:
    """What was read from one target."""

    target: str
    identity: Identity | None
    """``None``: no ledger yet."""
    entries: tuple[LedgerEntry, ...]
    empty: bool
    """Without tables of anybody."""
    running: bool = False
    """A migration began and did not end, and somebody holds the guard: it is running now."""

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """The newest fact per migration, in the order in which they first appear."""
        found: dict[str, Fact] = {}
        for entry in self.entries:
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
                resume_after=entry.sequence if reset else before.resume_after if before else 0,
            )
        return found

    @cached_property
    def applied(self) -> Mapping[str, Digests]:
        """The digests of the migrations that are applied."""
        return {id: fact.digests for id, fact in self.facts.items() if fact.standing is Standing.APPLIED}

    @property
    def head(self) -> tuple[int, str]:
        """Sequence and hash of the newest row; ``(0, "")`` where there is none."""
        return (self.entries[-1].sequence, self.entries[-1].hash) if self.entries else (0, "")


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
