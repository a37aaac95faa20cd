"""Two migrations have the same place in the order

## What

Two migrations whose names sort alike, at least one of them new.

## Why

Which of them runs first is an accident, and it may be another one in each environment. Two branches that
took the same number at the same time end like this.

## Refused

```text
base:    0012_orders.sql, 0013_index.sql
change:  0013_note.sql is added
```

## Accepted

```text
base:    0012_orders.sql, 0013_index.sql
change:  0014_note.sql is added
```

## Since

0.1.0

## Sources

- Plain layout: the number at the beginning of the file name is the order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.migration import Migration
from migrail.rules._interface import Hit, Review, Rule
from migrail.sql import Script

HELP = "Give the file the next free number."


def _check(review: Review) -> Iterable[tuple[Script, Hit]]:
    base = review.base or {}
    by_order: dict[tuple[int | str, ...], dict[str, Migration]] = defaultdict(dict)
    current = (script.migration for script in (*review.history, *review.new))
    for migration in (*base.values(), *review.upstream, *current):
        by_order[migration.order][migration.id] = migration
    for script in review.new:
        new = script.migration
        alike = by_order[new.order]
        other = next((other for id, other in alike.items() if id != new.id), None)
        if other is not None and new.id not in base:
            more = f" and {len(alike) - 2} more" if len(alike) > 2 else ""
            yield (
                script,
                Hit(
                    object=new.id,
                    message=f"{new.path} has the same number as {other.path}{more}: "
                    "which of them runs first is an accident",
                    help=HELP,
                ),
            )


RULE = Rule(
    code="MR603",
    name="duplicate-number",
    severity=Severity.ERROR,
    category=Category.PARITY,
    dialects=("postgres", "sqlite", "mysql", "mariadb"),
    check_history=_check,
)
