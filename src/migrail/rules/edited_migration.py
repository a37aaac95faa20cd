"""A migration that exists already was edited

## What

The text of a migration differs from the one in the base of the change. Line ends and a byte order mark do
not count.

## Why

Databases that applied the old text do not get the new one: each environment then has what its migration
said on the day it was applied. The promoter refuses such a migration later; here it costs a minute.

## Refused

```text
base:    0012_orders.sql   CREATE TABLE orders (id bigint PRIMARY KEY);
change:  0012_orders.sql   CREATE TABLE orders (id bigint PRIMARY KEY, note text);
```

## Accepted

```text
base:    0012_orders.sql   CREATE TABLE orders (id bigint PRIMARY KEY);
change:  0012_orders.sql   CREATE TABLE orders (id bigint PRIMARY KEY);
         0013_note.sql     ALTER TABLE orders ADD COLUMN note text;
```

## Since

0.1.0

## Sources

- The ledger in each database keeps the digest of every migration that it applied.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.migration import short
from migrail.rules._interface import Hit, Review, Rule
from migrail.sql import Script

HELP = "Restore the file as it is in the base, and put the change into a new migration."


def _check(review: Review) -> Iterable[tuple[Script, Hit]]:
    for script in (*review.history, *review.new):
        now = script.migration
        then = (review.base or {}).get(now.id)
        if then is not None and then.digests.text != now.digests.text:
            yield (
                script,
                Hit(
                    object=now.id,
                    message=f"{now.id} was edited: {short(then.digests.text)} in the base, "
                    f"{short(now.digests.text)} now; databases that applied it keep what the old text made",
                    help=HELP,
                ),
            )


RULE = Rule(
    code="MR601",
    name="edited-migration",
    severity=Severity.ERROR,
    category=Category.PARITY,
    dialects=("postgres", "sqlite", "mysql", "mariadb"),
    check_history=_check,
)
