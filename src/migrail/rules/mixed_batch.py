"""A change holds migrations for both sides of a deployment

## What

New migrations of which some add what the next version of the application needs (expand) and others take away what
the running one may still use (contract). One that does both by itself is MR504.

## Why

New migrations are promoted together, as one batch, unless somebody says otherwise. Then what the running version
uses is gone before the next one is deployed.

## Refused

```text
new in this change:
0012_add_telephone.sql:  ALTER TABLE customers ADD COLUMN telephone text;
0013_drop_phone.sql:     ALTER TABLE customers DROP COLUMN phone;
```

## Accepted

```text
in this change:   0012_add_telephone.sql
in a later one:   0013_drop_phone.sql
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

HELP = """\
Promote what adds first, deploy, and promote what takes away afterwards:
migrail promote ENVIRONMENT --to {last}"""


def _check(review: PhaseReview) -> Iterable[tuple[Script, Hit]]:
    """One finding for the first migration that takes away."""
    pure = [item for item in review.staged if not (item.additions and item.phase is Phase.CONTRACT)]
    taken = next((item for item in pure if item.phase is Phase.CONTRACT), None)
    added = next((item for item in pure if item.additions), None)
    if taken is None or added is None:
        return
    before = [item for item in pure[: pure.index(taken)] if item.phase is not Phase.CONTRACT]
    last = (before[-1] if before else added).script.migration.id
    yield (
        taken.script,
        Hit(
            object=taken.script.migration.id,
            message=f"this change holds {added.script.migration.path}, which adds (expand), and "
            f"{taken.script.migration.path}, which takes away (contract): a deployment has to fit in between",
            help=HELP.format(last=last),
        ),
    )


RULE = Rule(
    code="MR511",
    name="mixed-batch",
    severity=Severity.NOTE,
    category=Category.RELIABILITY,
    dialects=("postgres", "sqlite", "mysql", "mariadb"),
    check_phases=_check,
)
