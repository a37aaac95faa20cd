"""Rows are changed in the transaction that holds a lock on their table

## What

UPDATE, DELETE or MERGE on a table behind a statement of the same transaction that locked that or another table
so that reads or writes wait; all tables existing before this change. With a WHERE it is a note.

## Why

Changing many rows takes long, and the lock of the statement before lasts until the transaction ends: an ADD
COLUMN of a millisecond keeps everybody out for as long as the rows are filled.

## Refused

```sql
ALTER TABLE orders ADD COLUMN region text;
UPDATE orders SET region = 'eu';
```

## Accepted

```sql
UPDATE orders SET note = '' WHERE note IS NULL;
```

```sql
CREATE TABLE regions (name text PRIMARY KEY);
INSERT INTO regions VALUES ('eu');
```

## Since

0.1.0

## Sources

- PostgreSQL manual, 13.3: a lock is held until the end of the transaction.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.locks import Blocked
from migrail.model.operations import Delete, Merge, Update
from migrail.model.rewrites import Applicability, Stage
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._rewrites import BATCHES, instead, step

HELP = "Change the rows in a migration of their own, when the lock is gone"


def _check(operation: Update | Delete | Merge, context: Context) -> Iterable[Hit]:
    if context.catalog.is_new(operation.table):
        return
    kept = [
        known
        for known in context.held.values()
        if Blocked.WRITES in known.lock.blocks and known.statement.span != context.statement.span
    ]
    if not kept:
        return
    strongest = max(kept, key=lambda known: (len(known.lock.blocks), known.lock.strength))
    own = context.display(operation.table)
    some = isinstance(operation, Merge) or operation.has_where
    rows = f"rows of {own} are changed" if some else f"every row of {own} is changed"
    line = strongest.statement.span.line
    fill = step(f"fill_{operation.table.name}", Stage.BACKFILL, context.statement.text, alone=True, remark=BATCHES)
    yield Hit(
        object=own,
        message=f"{strongest.lock.mode} on {strongest.lock.relation}, taken in line {line}, is held while {rows}: "
        f"{strongest.lock.waiting} until then",
        help=HELP,
        rewrite=instead(operation, context, fill, applicability=Applicability.MANUAL),
        severity=Severity.NOTE if some else None,
    )


RULE = Rule(
    code="MR227",
    name="backfill-under-lock",
    severity=Severity.WARNING,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(Update, Delete, Merge),
    check_operation=_check,
)
