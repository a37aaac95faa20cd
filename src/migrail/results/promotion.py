"""What plan and promote answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from migrail.model.batch import Batch
from migrail.model.errors import Interrupted, MigrailError, MigrationFailed
from migrail.pipeline.decision import Decision

if TYPE_CHECKING:  # the checker brings all rules along, which most verbs do not need
    from migrail.checker import Explanation
    from migrail.pipeline.course import Course
    from migrail.sql import Script


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
