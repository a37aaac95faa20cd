"""A suppression that silences nothing

## What

`-- migrail: ignore CODE` where the rule finds nothing to say.

## Why

It hides the next real finding of that rule at that place, and it tells readers about a danger that is not
there. Often the statement was changed, the suppression stands before another statement, or the code is the
wrong one.

## Refused

```text
-- migrail: ignore MR201 reason="table is empty"
ALTER TABLE orders ADD COLUMN note text;
```

## Accepted

```text
-- migrail: ignore MR201 reason="table is empty"
CREATE INDEX orders_note_idx ON orders (note);
```

## Since

0.1.0

## Sources

- Other linters report unused ignores for the same reason; reasons are required here, so that they can be
  judged later.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.rules._interface import Hit, Rule, UnusedSuppression
from migrail.sql import Script

HELP = "Delete the comment, or put it right before the statement that it is meant for."


def _check(unused: Iterable[UnusedSuppression]) -> Iterable[tuple[Script, Hit]]:
    for item in unused:
        where = "this file" if item.suppression.statement is None else "the statement after it"
        yield (
            item.script,
            Hit(
                message=f"the suppression of {item.suppression.code} silences nothing in {where}",
                help=HELP,
                span=item.suppression.span,
            ),
        )


RULE = Rule(
    code="MR502",
    name="unused-suppression",
    severity=Severity.WARNING,
    category=Category.RELIABILITY,
    dialects=("postgres", "sqlite", "mysql", "mariadb"),
    check_suppressions=_check,
)
