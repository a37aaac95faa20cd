"""lower-environment: the batch must have succeeded below.

## What it asks

Does every environment named in `after` have this batch: all its migrations applied, with the same digests, on all
of its targets? An environment listed without `after` comes after the one listed before it.

## Where the answer comes from

From the ledgers in the targets of the lower environment, read at that moment. Where a target cannot be reached,
from the tracker's last observation of it, whose age is shown and which counts only up to
`promote.max_observation_age`. Where there is neither, the gate stays closed.

## Settings

None. This gate is always on and is not written into the configuration.

## Example

```toml
[[environment]]
name = "staging"
after = ["qa", "load-test"]
```
"""

from __future__ import annotations

from datetime import timedelta

from migrail.gates._settings import GateSettings
from migrail.model.gates import GateType, LowerState, Outcome, Question, Verdict
from migrail.model.text import age


class LowerEnvironmentSettings(GateSettings):
    """This gate has no settings."""


def decide(_: LowerEnvironmentSettings, question: Question) -> Verdict:
    """The worst answer of all lower environments."""
    if not question.lower:
        return _verdict(Outcome.PASS, "batches enter here first")
    answers = [_decide(lower, question) for lower in question.lower]
    worst = next((a for a in answers if a.outcome is Outcome.ERROR), None)
    worst = worst or next((a for a in answers if not a.passed), None)
    if worst:
        return worst
    return _verdict(
        Outcome.PASS,
        "; ".join(answer.reason for answer in answers),
        used=tuple(used for answer in answers for used in answer.used),
    )


def _decide(lower: LowerState, question: Question) -> Verdict:
    name = lower.environment
    if lower.has_batch is None or lower.observed_at is None:
        reason = f"whether {name} has it cannot be told: {lower.detail}"
        return _verdict(Outcome.ERROR, reason, next=f"migrail doctor {name}")
    seen = "now" if lower.live else f"{age(question.now - lower.observed_at)} ago"
    if not lower.live and question.now - lower.observed_at > timedelta(seconds=question.max_age):
        limit = age(timedelta(seconds=question.max_age))
        reason = f"{name} cannot be reached, and its last observation is too old ({seen}, limit {limit})"
        return _verdict(Outcome.ERROR, reason, next=f"migrail doctor {name}")
    if not lower.has_batch:
        return _verdict(Outcome.WAIT, f"not on {name} yet: {lower.detail}", next=f"migrail promote {name}")
    source = "read from its ledger" if lower.live else f"cannot be reached; as observed {seen}"
    return _verdict(Outcome.PASS, f"on {name} ({source})", used=(f"{name} ledger, {seen}",))


def _verdict(
    outcome: Outcome,
    reason: str,
    *,
    used: tuple[str, ...] = (),
    next: str | None = None,
) -> Verdict:
    return Verdict(gate="lower-environment", outcome=outcome, reason=reason, used=used, next=next)


GATE = GateType(
    type="lower-environment",
    settings=LowerEnvironmentSettings,
    describe=lambda _: "lower-environment",
    decide=decide,
    always=True,
)
