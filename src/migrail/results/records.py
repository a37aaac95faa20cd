"""What is recorded, decided and settled, and what history tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from migrail.model.batch import Approval, Batch, Evidence
from migrail.model.errors import MigrailError
from migrail.model.ledger import LedgerEntry
from migrail.pipeline.decision import Decision


@dataclass(frozen=True, kw_only=True, slots=True)
class Approved:
    """A recorded approval and what it was given to."""

    approval: Approval
    batch: Batch
    recorded: bool
    """False for a dry run."""
    decision: Decision
    """The gates' answers now that the approval counts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Recorded:
    """Recorded evidence and the batch that it is about."""

    evidence: Evidence
    batch: Batch
    recorded: bool
    """False for a dry run."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolved:
    """A decision about a migration that had stopped half-way, as it stands in the ledgers now."""

    environment: str
    migration: str
    choice: str
    recorded: bool
    """False for a dry run."""
    entries: tuple[LedgerEntry, ...]
    """One for each target on which the migration had stopped."""
    remarks: tuple[str, ...] = ()
    """What went wrong behind the decision; for people, on standard error."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """What reconciling found out about one migration on one target, or about the tracker."""

    environment: str
    target: str | None
    """``None`` where it is about the environment as a whole."""
    migration: str | None
    """``None`` where it is about the tracker's records."""
    what: str
    """What was found, and what was done about it."""
    open: bool = False
    """Only a person can decide."""
    next: str = ""
    """What to do then."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reconciliation:
    """Everything that one call of ``reconcile`` found and settled."""

    project: str
    environments: tuple[str, ...]
    settled: tuple[Settled, ...]
    errors: tuple[MigrailError, ...] = ()
    """Targets that could not be looked at."""
    recorded: bool = True
    """False for a dry run."""

    @property
    def exit_code(self) -> int:
        """4 where a person has to decide, else that of the targets that could not be looked at."""
        codes = [error.exit_code for error in self.errors]
        return 4 if any(item.open for item in self.settled) else max(codes, default=0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One thing that happened."""

    at: datetime
    environment: str | None
    target: str | None
    actor: str
    what: str
    """``applied``, ``approved``, ``evidence passed``, ``promotion succeeded``, ``batch formed``, ..."""
    subject: str
    """The migration, batch or evidence that it is about."""
    batch: str | None
    """Digest of the batch."""
    detail: str


@dataclass(frozen=True, kw_only=True, slots=True)
class History:
    """All events, oldest first."""

    project: str
    environment: str | None
    """Only events of this environment, where one was named."""
    events: tuple[Event, ...]
    missing: tuple[str, ...]
    """Environments whose ledgers could not be read just now; their last observation was used."""
