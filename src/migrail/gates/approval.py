"""approval: people must have consented.

## What it asks

Have `count` different people approved this batch for this environment? An approval is bound to the digest of the
batch and to the state of the environment's targets that the approver saw: when a migration was edited or
something else was applied in between, the approval is void and must be given again.

## Settings

| key | means | default |
|---|---|---|
| `count` | how many different people | `1` |
| `not_author` | the author of the batch does not count | `false` |

## Example

```toml
gates = [{ type = "approval", count = 2, not_author = true }]
```

Give one with `migrail approve ENV`. The author is who first promoted the batch. Names are taken from the CI system
or the machine and are not proven: who may run the job that approves is for your CI system to say.
"""

from __future__ import annotations

from pydantic import Field

from migrail.gates._settings import GateSettings
from migrail.model.gates import GateType, Outcome, Question, Verdict


class ApprovalSettings(GateSettings):
    """How many people must consent, and who does not count."""

    count: int = Field(default=1, ge=1, le=100)
    not_author: bool = False


def decide(settings: ApprovalSettings, question: Question) -> Verdict:
    """Counts different people whose approval is for this batch in this state."""
    valid = [approval for approval in question.approvals if approval.state == question.state]
    void = len(question.approvals) - len(valid)
    people = dict.fromkeys(approval.actor for approval in valid)
    author = question.batch.created_by
    own = settings.not_author and author in people
    if own:
        people.pop(str(author))
    notes = [f"{author} is the author and does not count"] if own else []
    if void:
        notes.append(f"{void} void, because {question.environment} changed since")
    counted = f"{len(people)} of {settings.count}"
    reason = "; ".join([f"{counted} ({', '.join(people)})" if people else counted, *notes])
    passed = len(people) >= settings.count
    return Verdict(
        gate="approval",
        outcome=Outcome.PASS if passed else Outcome.WAIT,
        reason=reason,
        used=tuple(
            f"approval of {a.actor} at {a.approved_at:%Y-%m-%d %H:%M} UTC" for a in valid if a.actor in people
        ),
        next=None if passed else f"migrail approve {question.environment}",
    )


GATE = GateType(type="approval", settings=ApprovalSettings, describe=lambda _: "approval", decide=decide)
