"""evidence: a fact about the batch must have been recorded.

## What it asks

Is the newest evidence of that name about this batch a good one? Evidence is recorded about a batch's digest, so a
batch with other content starts without any. A later failure closes the gate again.

## Settings

| key | means | default |
|---|---|---|
| `name` | name of the evidence, such as `unit-tests` | needed |
| `environment` | only evidence observed in this environment counts | any |

## Example

```toml
gates = [{ type = "evidence", name = "smoke-tests", environment = "qa" }]
```

Record it with `migrail evidence add qa smoke-tests`, typically as the last step of the test job.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

from migrail.gates._settings import GateSettings
from migrail.model.gates import GateType, Outcome, Question, Verdict
from migrail.model.text import of_form

EVIDENCE_NAME = re.compile(r"[\w.:/-]{1,200}")
"""What evidence can be called: words that need no quotes in a command."""


class EvidenceSettings(GateSettings):
    """Which fact is wanted."""

    name: Annotated[str, AfterValidator(of_form(EVIDENCE_NAME, "use 1 to 200 letters, digits or any of . _ : / -"))]
    environment: str | None = None


def decide(settings: EvidenceSettings, question: Question) -> Verdict:
    """Looks at the newest matching evidence."""
    gate = describe(settings)
    place = settings.environment or (question.lower[0].environment if question.lower else question.environment)
    found = [
        evidence
        for evidence in question.evidence
        if evidence.name == settings.name and settings.environment in (None, evidence.environment)
    ]
    if not found:
        return Verdict(
            gate=gate,
            outcome=Outcome.WAIT,
            reason="nothing recorded for this batch",
            next=_command(place, settings, question),
        )
    newest = found[-1]
    said = f"{newest.actor}, {newest.environment}, {newest.recorded_at:%Y-%m-%d %H:%M} UTC"
    if newest.passed:
        return Verdict(gate=gate, outcome=Outcome.PASS, reason=f"passed ({said})", used=(f"{gate}: {said}",))
    detail = f": {newest.detail}" if newest.detail else ""
    return Verdict(
        gate=gate,
        outcome=Outcome.REFUSE,
        reason=f"failed ({said}){detail}",
        used=(f"{gate}: {said}",),
        next=_command(newest.environment, settings, question),
    )


def _command(environment: str, settings: EvidenceSettings, question: Question) -> str:
    """What records the evidence, about this batch: the environment may have a newer one by then."""
    number = question.batch.number
    return f"migrail evidence add {environment} {settings.name}" + (f" --batch {number}" if number else "")


def describe(settings: EvidenceSettings) -> str:
    """``evidence unit-tests``."""
    return f"evidence {settings.name}"


GATE = GateType(type="evidence", settings=EvidenceSettings, describe=describe, decide=decide)
