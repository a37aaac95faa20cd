"""A migration that exists already was removed

## What

A migration of the base of the change is not among the files any more. A renamed file counts as removed and
new.

## Why

Databases that applied it still have what it made, and new databases never get it. The promoter refuses to
go on in a database whose ledger names a migration that is not there.

## Refused

```text
base:    0012_orders.sql, 0013_note.sql
change:  0013_note.sql is deleted
```

## Accepted

```text
base:    0012_orders.sql, 0013_note.sql
change:  0014_drop_note.sql is added
```

## Since

0.1.0

## Sources

- The ledger in each database names every migration that it applied.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.migration import Migration
from migrail.rules._interface import Hit, Review, Rule

HELP = "Restore the file under its old name. What it made is undone by a new migration."


def _check(review: Review) -> Iterable[tuple[Migration, Hit]]:
    present = {script.migration.id for script in (*review.history, *review.new)}
    for migration in (review.base or {}).values():
        if migration.id not in present:
            yield (
                migration,
                Hit(
                    object=migration.id,
                    message=f"{migration.id} is in the base and missing now: "
                    "databases that applied it keep what it made",
                    help=HELP,
                ),
            )


RULE = Rule(
    code="MR604",
    name="missing-migration",
    severity=Severity.ERROR,
    category=Category.PARITY,
    dialects=("postgres", "sqlite", "mysql", "mariadb"),
    check_history=_check,
)
