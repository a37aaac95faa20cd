"""What the verbs answer: values that the actions make and the report formats show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from migrail.model.batch import Approval, Batch, Evidence
from migrail.model.errors import Interrupted, MigrailError, MigrationFailed
from migrail.model.ledger import LedgerEntry
from migrail.pipeline.decision import Decision

if TYPE_CHECKING:
    from migrail.pipeline.course import Course
    from migrail.sql import Script

if TYPE_CHECKING:  # the checker brings all rules along, which most verbs do not need
    from migrail.catalog.compare import Difference
    from migrail.checker import CheckResult, Explanation


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedMigration:
    """A migration that would be applied, with its statements in order."""

    script: Script
    targets: tuple[str, ...]
    """Those that lack it."""
    course: Course
    """What runs in one transaction."""
    done: int = 0
    """How many of its first statements are there on all of these: it stopped half-way, and goes on behind them."""

    @property
    def transaction(self) -> bool:
        """Whether all statements and the ledger row are one transaction."""
        return self.course.whole


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What would happen, and whether the gates let it."""

    project: str
    environment: str
    batch: Batch | None = None
    """``None``: the environment has everything."""
    decision: Decision | None = None
    migrations: tuple[PlannedMigration, ...] = ()
    explanation: Explanation | None = None
    """Locks, scans and rewrites of every statement, given what is applied before."""
    note: str = ""
    """What the plan rests on where a target could not be read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AppliedMigration:
    """A migration that was applied to one target just now."""

    migration: str
    target: str
    statements: int
    seconds: float
    locks: tuple[str, ...] = ()
    """What it locked, as the server showed it; empty where the server does not tell."""


class StepOutcome(StrEnum):
    """How a batch fared at an environment."""

    SUCCEEDED = "succeeded"
    REFUSED = "refused"
    NOTHING = "nothing"
    PLANNED = "planned"
    FAILED = "failed"
    UNREACHABLE = "unreachable"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """What happened to one batch at one environment."""

    environment: str
    batch: Batch | None
    """``None``: nothing to do."""
    outcome: StepOutcome
    decision: Decision | None = None
    applied: tuple[AppliedMigration, ...] = ()
    error: MigrailError | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PromotionReport:
    """Everything that one call of ``promote`` did."""

    project: str
    steps: tuple[Step, ...]
    auto: bool
    """Whether it walked every environment."""
    remarks: tuple[str, ...] = ()
    """What went wrong behind the promotions; for people, on standard error."""

    @property
    def exit_code(self) -> int:
        """That of the contract: 4 before the others, because 5 and 3 say that nothing was changed and an
        interruption that nothing is half-done.

        ``--auto`` goes as far as the gates let it, so a gate that stopped it behind a change is no refusal.
        """
        errors = [step.error.exit_code for step in self.steps if step.error]
        for code in (MigrationFailed.exit_code, Interrupted.exit_code):
            if code in errors:
                return code
        changed = any(step.applied or step.outcome is StepOutcome.PLANNED for step in self.steps)
        if errors:
            broken_off = any(step.error and step.applied for step in self.steps)
            return MigrationFailed.exit_code if broken_off else max(errors)
        refused = [step for step in self.steps if step.outcome is StepOutcome.REFUSED]
        contradicted = any(step.decision and step.decision.mismatches for step in refused)
        return 3 if refused and (contradicted or not (self.auto and changed)) else 0


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


class Health(StrEnum):
    """A verdict of ``doctor``."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Examination:
    """One thing that ``doctor`` looked at."""

    subject: str
    """``config``, ``tracker`` or the name of an environment."""
    what: str
    """``connection``, ``version``, ``permissions``, ..."""
    health: Health
    said: str
    help: str = ""
    exit_code: int = 1
    """What a failure of it means for the exit code."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Diagnosis:
    """Everything that ``doctor`` looked at."""

    examinations: tuple[Examination, ...]

    @property
    def exit_code(self) -> int:
        """0 when nothing failed; warnings do not count."""
        codes = [e.exit_code for e in self.examinations if e.health is Health.FAILED]
        return max(codes, default=0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """A file that was written, or would be."""

    path: str
    content: str
    written: bool
    """False for a dry run."""
    remarks: tuple[str, ...] = ()
    """What was found out for it."""
    next: str = ""
    """What to do then."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FileChange:
    """What becomes of a migration's file."""

    path: str
    """As the user would type it, with ``/``."""
    text: str
    """The new content without byte order mark."""
    before: str | None = None
    """The content now; ``None`` for a file that is not there yet."""
    origin: str | None = None
    """The path now, where it changes."""
    mark: bool = False
    """Whether the file begins with a byte order mark, which stays."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fixes:
    """What files become when the rewrites that a machine may apply are applied. Shown as a patch."""

    changes: tuple[FileChange, ...]
    applied: tuple[str, ...]
    """What was rewritten, for people."""
    withheld: tuple[str, ...]
    """What could have been, and why it was not; for people."""
    found: CheckResult
    """The findings as the files are now."""
    left: CheckResult
    """The findings that would be left."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ComparedTarget:
    """A target's live structure beside the one that its ledger and the files lead one to expect."""

    target: str
    migrations: int = 0
    """How many the ledger says are in it."""
    differences: tuple[Difference, ...] = ()
    unread: tuple[str, ...] = ()
    """Places (``path:line``) of applied statements that were not understood in full."""
    missing: tuple[str, ...] = ()
    """Applied migrations without a file, which could not be replayed."""
    edited: tuple[str, ...] = ()
    """Applied migrations whose files have another content now, which is what was replayed."""
    respelled: tuple[str, ...] = ()
    """Applied migrations whose files differ by line ends or a byte order mark alone, which are not drift."""
    unfinished: tuple[str, ...] = ()
    """Migrations that stopped half-way; the statements that the ledger knows as done were replayed."""
    error: MigrailError | None = None
    """Why it could not be compared."""

    @property
    def drifted(self) -> bool:
        """Whether it differs for certain: in structure, or from files that were edited or are gone."""
        certain = any(item.certainty.value == "certain" for item in self.differences)
        return certain or bool(self.missing or self.edited)


@dataclass(frozen=True, kw_only=True, slots=True)
class StructureComparison:
    """The live structures of an environment's targets."""

    environment: str
    targets: tuple[ComparedTarget, ...]

    @property
    def same(self) -> bool:
        """Whether every target was compared and has the structure that it should have."""
        return not any(target.differences or target.error for target in self.targets)


@dataclass(frozen=True, kw_only=True, slots=True)
class Drift:
    """What differs between databases and the migrations in their ledgers, by environment."""

    project: str
    environments: tuple[StructureComparison, ...]

    def exit_code(self, *, strict: bool = False) -> int:
        """1 where something drifted for certain; that of the error where a target could not be compared; else 0.

        Args:
            strict: whether what code in the migrations may have made itself counts too.
        """
        targets = [target for environment in self.environments for target in environment.targets]
        if any(target.drifted or (strict and target.differences) for target in targets):
            return 1
        return max((target.error.exit_code for target in targets if target.error), default=0)
