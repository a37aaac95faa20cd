"""What targets hold about themselves."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property

from migrail.model.migration import Digests

Head = tuple[int, str]
"""Sequence and hash of a ledger's newest row; ``(0, "")`` where there is none.

It is the fencing number of everything that writes: a row, and a note in the journal, only get in behind the head
that their writer saw, so a promotion that another one overtook while it slept cannot write any more.
"""


class LedgerKind(StrEnum):
    """What a ledger row says."""

    BATCH = "batch"
    """A batch begins here; ``detail`` is its manifest."""
    STARTED = "started"
    """A migration that cannot be one transaction begins; what follows is in the journal."""
    APPLIED = "applied"
    FAILED = "failed"
    """Part of a migration that cannot be one transaction is in the database."""
    UNDONE = "undone"
    """A migration began, and it is known that nothing of it is in the database."""
    SETTLED = "settled"
    """What a crash left was looked up in the structure; the migration goes on behind its last finished
    statement."""
    RETRIED = "retried"
    """A person decided that a failed migration starts again from its first statement that did not finish."""
    ACCEPTED_EDIT = "accepted-edit"
    """A person decided that a failed migration goes on with what its file says now."""
    MARKED_APPLIED = "marked-applied"
    """A person decided that a failed migration counts as applied."""
    MARKED_REVERTED = "marked-reverted"
    """A person decided that nothing of a failed migration is left."""
    MOVED = "moved"
    """A person confirmed that the database lives on another server now; ``detail`` says which, and why."""


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
        text = hashed_text(
            self, (self.sequence - 1, self.previous_hash), moment(self.started_at), moment(self.finished_at)
        )
        return hashlib.sha256(text.encode()).hexdigest()


def moment(time: datetime) -> str:
    """A time as it is kept and hashed: ISO 8601 in UTC with microseconds."""
    return time.astimezone(UTC).isoformat(timespec="microseconds")


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A ledger row before it has its place and its times."""

    kind: LedgerKind
    migration: str | None = None
    digests: Digests | None = None
    batch: str
    actor: str
    tool_version: str
    statements: int = 0
    detail: str = ""
    worked: float = 0.0
    """Seconds of work before the transaction that writes the row."""


def hashed_text(row: LedgerEntry | Draft, after: Head, started: str, finished: str) -> str:
    """The text whose SHA-256 is a row's hash: JSON without blanks, only ASCII."""
    digests = row.digests
    said = [
        after[1],
        after[0] + 1,
        row.kind.value,
        row.migration,
        digests.text if digests else None,
        digests.raw if digests else None,
        row.batch,
        row.actor,
        row.tool_version,
        started,
        finished,
        row.statements,
        row.detail,
    ]
    return json.dumps(said, separators=(",", ":"))


class JournalEvent(StrEnum):
    """What the journal says about one statement of a migration that cannot be one transaction."""

    INTENT = "intent"
    """It is about to run where no transaction protects it."""
    DONE = "done"
    """It is in the database."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """One row of the journal."""

    event: JournalEvent
    migration: str
    attempt: int
    """Sequence of the ledger row that says that the migration started."""
    statement: int
    """Position in the file, from 1."""
    digest: str
    """Of the statement's text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Seal:
    """What is written at the end of a transaction, together with the change or not at all."""

    after: Head
    """The head that must still be the ledger's; otherwise nothing is written."""
    before: Draft | None = None
    """The row that ``after`` numbers, where that was sent just before and has no answer: its hash is not known."""
    row: Draft | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """Which target a database says it is."""

    project: str
    environment: str
    target: str
    id: str
    """Random, made when the ledger was."""
    server: str | None = None
    """The server's own identity and the database's there, when the ledger was made or moved; ``None`` where the
    server has none."""


class Standing(StrEnum):
    """Where one migration stands in one target."""

    APPLIED = "applied"
    FAILED = "failed"
    """Half-way: part of a migration without a transaction is in the database."""
    STARTED = "started"
    """A migration without a transaction began and nothing says how it ended."""
    RETRY = "retry"
    """It goes on behind the last statement that is known to be done: a person or a look at the structure says
    so."""
    REVERTED = "reverted"
    """Nothing of it is left."""


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
    LedgerKind.UNDONE: Standing.REVERTED,
    LedgerKind.SETTLED: Standing.RETRY,
    LedgerKind.RETRIED: Standing.RETRY,
    LedgerKind.ACCEPTED_EDIT: Standing.RETRY,
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
    server: str | None = None
    """The identity of the server that answered, and of the database there; ``None`` where it has none."""
    running: bool = False
    """A migration began and did not end, and somebody holds the guard: it is running now."""
    lost: Mapping[str, Digests] = field(default_factory=dict)
    """Migrations that were seen applied here before and are not in the ledger any more: it was restored from an
    older backup."""

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """The newest fact per migration, in the order in which they first appear."""
        found: dict[str, Fact] = {}
        for entry in self.entries:
            if entry.migration is None or entry.digests is None:
                continue
            before = found.get(entry.migration)
            reset = entry.kind in {LedgerKind.MARKED_REVERTED, LedgerKind.UNDONE}
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
    def head(self) -> Head:
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
