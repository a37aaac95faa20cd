"""The file says another phase than its statements

## What

`-- migrail: phase=...` at the top of a file whose operations come to another phase.

## Why

Reviewers and gates go by the phase. An author who wrote "expand" above a statement that breaks the running
version has overlooked something, and one who wrote "contract" above one that only adds holds it back for
nothing.

## Refused

```text
-- migrail: phase=expand
ALTER TABLE customers DROP COLUMN phone;
```

## Accepted

```text
-- migrail: phase=contract
ALTER TABLE customers DROP COLUMN phone;
```

## Since

0.2.0

## Sources

- The phase of each migration is computed from its operations; see `migrail explain`.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.migration import Phase
from migrail.rules._interface import Hit, PhaseReview, Rule
from migrail.sql import Script

HELP = "Look again at the statements, and write what it is:\n-- migrail: phase={phase}"

_MEANS = {
    Phase.EXPAND: "the running version keeps working",
    Phase.BACKFILL: "only data is changed",
    Phase.CONTRACT: "the running version may break",
}


def _check(review: PhaseReview) -> Iterable[tuple[Script, Hit]]:
    for staged in review.staged:
        said, found = staged.script.directives.phase, staged.phase
        if said is None or said is found:
            continue
        place = next((read for read, phase in staged.statements if phase is found), None)
        yield (
            staged.script,
            Hit(
                object=staged.script.migration.id,
                severity=None if found is Phase.CONTRACT else Severity.WARNING,
                message=f"{staged.script.migration.path} says phase={said.value} ({_MEANS[said]}), "
                f"and its statements come to {found.value} ({_MEANS[found]})",
                help=HELP.format(phase=found.value),
                span=place.statement.span if place is not None else None,
            ),
        )


RULE = Rule(
    code="MR505",
    name="phase-differs",
    severity=Severity.ERROR,
    category=Category.RELIABILITY,
    dialects=("postgres", "sqlite", "mysql", "mariadb"),
    check_phases=_check,
)
