"""IF NOT EXISTS waits for the lock even when there is nothing to do

## What

ADD COLUMN IF NOT EXISTS of a column that is there, and CREATE INDEX IF NOT EXISTS of an index that is there,
without CONCURRENTLY, on a table that exists before this change. A note: the lock is short.

## Why

The server takes the lock first and looks afterwards: ACCESS EXCLUSIVE for the column, SHARE for the index. A file
that "does nothing" still queues up behind a long query, with everybody behind it.

## Refused

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
-- migration:
ALTER TABLE orders ADD COLUMN IF NOT EXISTS note text;
```

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
CREATE INDEX orders_note_idx ON orders (note);
-- migration:
CREATE INDEX IF NOT EXISTS orders_note_idx ON orders (note);
```

## Accepted

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE orders ADD COLUMN IF NOT EXISTS note text;
```

## No rewrite

The safe way is to leave the statement out.

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: ACCESS EXCLUSIVE and SHARE, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AddColumn, CreateIndex
from migrail.rules._brief import brief_hits
from migrail.rules._columns import adds_nothing
from migrail.rules._interface import Context, Hit, Rule

HELP = "The older migrations have made it already: leave the statement out"


def _check(operation: AddColumn | CreateIndex, context: Context) -> Iterable[Hit]:
    if isinstance(operation, AddColumn):
        if adds_nothing(operation, context) and len(context.operations) == 1:
            yield from brief_hits(operation, context, "ADD COLUMN IF NOT EXISTS", help=HELP)
    elif _makes_nothing(operation, context):
        yield from brief_hits(operation, context, "CREATE INDEX IF NOT EXISTS", help=HELP)


def _makes_nothing(operation: CreateIndex, context: Context) -> bool:
    there = operation.index is not None and context.catalog.index(operation.table, operation.index) is not None
    return operation.if_not_exists and not operation.concurrently and there


RULE = Rule(
    code="MR229",
    name="no-op-still-locks",
    severity=Severity.NOTE,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(AddColumn, CreateIndex),
    check_operation=_check,
)
