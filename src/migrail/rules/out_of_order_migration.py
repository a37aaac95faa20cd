"""A new migration sorts before one that exists already

## What

A new migration whose place in the order is before that of a migration in the base of the change or among
the older ones.

## Why

Databases that are further ahead would get it late, after migrations that were written without it; new
databases get it in order. Structure, and with it every check, then depends on the history of each database.
Two branches that took numbers at the same time end like this.

## Refused

```text
base:    0012_orders.sql, 0014_index.sql
change:  0013_note.sql is added
```

## Accepted

```text
base:    0012_orders.sql, 0014_index.sql
change:  0015_note.sql is added
```

## Since

0.1.0

## Sources

- Flyway's `outOfOrder` and Django's merge migrations exist because of this.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.rules._interface import Hit, Review, Rule
from migrail.sql import Script

HELP = "Rename the file so that it sorts behind {last}."


def _check(review: Review) -> Iterable[tuple[Script, Hit]]:
    base = review.base or {}
    existing = [*review.upstream, *base.values(), *(script.migration for script in review.history)]
    if not existing:
        return
    last = max(existing, key=lambda migration: migration.order)
    for script in review.new:
        new = script.migration
        if new.id in base or new.order >= last.order:
            continue
        yield (
            script,
            Hit(
                object=new.id,
                message=f"{new.id} is new but sorts before {last.id}, which exists already: "
                "databases that applied that one get them in another order than new databases",
                help=HELP.format(last=last.id),
            ),
        )


RULE = Rule(
    code="MR602",
    name="out-of-order-migration",
    severity=Severity.ERROR,
    category=Category.PARITY,
    dialects=("postgres", "sqlite", "mysql", "mariadb"),
    check_history=_check,
)
