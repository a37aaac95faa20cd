"""TRUNCATE locks the table against reads

## What

TRUNCATE of a table that exists before this change; with CASCADE also of those whose foreign keys point to it. A
note about the lock: what becomes of the rows is another matter.

## Why

ACCESS EXCLUSIVE is held until the transaction ends. No row is read, whatever the size of the table, but the lock
is waited for behind long queries. DELETE lets reads and other writes go on.

## Refused

```sql
TRUNCATE orders;
```

## Accepted

```sql
CREATE TABLE imports (id bigint);
TRUNCATE imports;
```

## No rewrite

There is no other statement that does it with a weaker lock. Keep the transaction short, and let it give up
soon.

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: ACCESS EXCLUSIVE, no row read, new empty files.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import Truncate
from migrail.rules._brief import brief_hits
from migrail.rules._interface import Context, Hit, Rule


def _check(operation: Truncate, context: Context) -> Iterable[Hit]:
    yield from brief_hits(operation, context, "TRUNCATE")


RULE = Rule(
    code="MR226",
    name="truncate-locks",
    severity=Severity.NOTE,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(Truncate,),
    check_operation=_check,
)
