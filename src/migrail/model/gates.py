"""Questions to gates and their answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from migrail.model.batch import Approval, Batch, Evidence


class Outcome(StrEnum):
    """A gate's answer. Everything but ``pass`` keeps the gate closed."""

    PASS = "pass"  # noqa: S105 - the word, not a password
    WAIT = "wait"
    """Closed now; time or a person can open it."""
    REFUSE = "refuse"
    """Closed; something has to be mended."""
    ERROR = "error"
    """The question could not be answered, so the gate stays closed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """The answer of one gate, with its reasons."""

    gate: str
    """The gate as the configuration calls it, for example ``evidence unit-tests``."""
    outcome: Outcome
    reason: str
    """One line for a person."""
    used: tuple[str, ...] = ()
    """The evidence and approvals that the answer rests on."""
    until: datetime | None = None
    """When a waiting gate opens by itself."""
    next: str | None = None
    """The command that moves it on."""

    @property
    def passed(self) -> bool:
        return self.outcome is Outcome.PASS


@dataclass(frozen=True, kw_only=True, slots=True)
class LowerState:
    """What is known about a batch in an environment below."""

    environment: str
    has_batch: bool | None
    """``None``: cannot be told."""
    detail: str
    """What is missing there, or why it cannot be told."""
    observed_at: datetime | None
    live: bool
    """Read from the environment's own ledgers just now."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """Everything that a gate may look at. May this batch enter this environment now?"""

    environment: str
    batch: Batch
    now: datetime
    state: str
    """Digest of what the environment's targets hold now."""
    lower: tuple[LowerState, ...]
    max_age: float
    """Seconds; older observations of lower environments do not count."""
    evidence: tuple[Evidence, ...]
    """All evidence about this batch, oldest first."""
    approvals: tuple[Approval, ...]
    """All approvals of this batch for this environment, oldest first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GateType:
    """A kind of gate. Its module's docstring is its page."""

    type: str
    """The word in ``gates = [{ type = "..." }]``."""
    settings: Callable[..., Any]
    """Makes a settings value from the other keys; raises ``ValueError`` for keys or values that are wrong."""
    describe: Callable[[Any], str]
    """The gate with its settings as a few words."""
    decide: Callable[[Any, Question], Verdict]
    """Pure: the same question has the same answer."""
    always: bool = False
    """Asked for every environment without being configured."""


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate as configured for one environment."""

    type: GateType
    settings: Any

    @property
    def name(self) -> str:
        return self.type.describe(self.settings)

    def decide(self, question: Question) -> Verdict:
        """The verdict; an exception inside a gate is an ``error`` verdict, because gates fail closed."""
        try:
            return self.type.decide(self.settings, question)
        except Exception as error:
            return Verdict(gate=self.name, outcome=Outcome.ERROR, reason=f"the gate failed: {error!r}")


GateTypes = Mapping[str, GateType]
