"""LOCK TABLE keeps others waiting until the transaction ends

## What

LOCK TABLE in a mode that reads or writes wait for, of a table that exists before this change. Without a mode that
is ACCESS EXCLUSIVE. A note.

## Why

The lock is there to be held, so it lasts as long as everything behind it in the transaction.

## Refused

```sql
LOCK TABLE orders;
```

## Accepted

```sql
LOCK TABLE orders IN SHARE UPDATE EXCLUSIVE MODE;
```

## No rewrite

What the lock is to keep out is for its author to say.

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18; manual, LOCK and 13.3.1 "Table-Level Locks".
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import LockTable
from migrail.rules._brief import brief_hits
from migrail.rules._interface import Context, Hit, Rule

HELP = """\
Take the weakest mode that keeps out what must be kept out, and do little behind it: SHARE ROW EXCLUSIVE keeps out \
writes, SHARE UPDATE EXCLUSIVE only other migrations"""


def _check(operation: LockTable, context: Context) -> Iterable[Hit]:
    yield from brief_hits(operation, context, "LOCK TABLE", help=HELP)


RULE = Rule(
    code="MR221",
    name="lock-table",
    severity=Severity.NOTE,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(LockTable,),
    check_operation=_check,
)
