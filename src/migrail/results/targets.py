"""What doctor and drift find in targets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from migrail.model.errors import MigrailError

if TYPE_CHECKING:  # the checker brings all rules along, which most verbs do not need
    from migrail.catalog.compare import Difference


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
