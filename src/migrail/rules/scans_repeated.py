"""Several ALTER TABLE read the same table one after the other

## What

An ALTER TABLE that reads or writes all rows of a table which an earlier ALTER TABLE of the same transaction has
read or written already. A note: each of the two has findings of its own.

## Why

The server takes all actions of one ALTER TABLE in one pass over the rows; two statements are two passes, under
the same lock.

## Refused

```sql
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0);
```

```sql
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
UPDATE orders SET total = 1 WHERE total < 1;
ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0);
```

## Accepted

```sql
ALTER TABLE orders ADD COLUMN region text;
ALTER TABLE orders ADD COLUMN zone text;
```

## No rewrite

Where another statement stands between the two, which the second may need: whether it can come before, its author
has to say. The finding shows the actions as one statement.

## Since

0.1.0

## Sources

- PostgreSQL manual, ALTER TABLE, "Notes": several changes are made in one pass over the table.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.locks import Duration
from migrail.model.operations import AddColumn, AddConstraint, AlterColumnType, SetNotNull
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._rewrites import edited
from migrail.sql import actions

HELP = "Write them as one statement, which reads the rows once"


def _check(operation: AddColumn | AddConstraint | AlterColumnType | SetNotNull, context: Context) -> Iterable[Hit]:
    own = context.display(operation.table)
    known = context.held.get(own)
    busy = own in context.effects.scans or own in context.effects.rewrites
    if known is None or not busy or known.lock.duration is Duration.INSTANT:
        return
    before, now = known.statement, context.statement
    if before.span == now.span or not actions(before.text, context.dialect):
        return
    merged = f"{before.text},\n  {_actions(now.text, context)}"
    adjacent = before.number + 1 == now.number
    rewrite = edited(f"alter_{operation.table.name}", context, (before, merged), (now, None)) if adjacent else None
    yield Hit(
        object=own,
        message=f"every row of {own} is visited again, after the ALTER TABLE in line {before.span.line}",
        help=HELP if rewrite is not None else f"{HELP}:\n{merged};",
        rewrite=rewrite,
    )


def _actions(text: str, context: Context) -> str:
    """What stands behind the name of the table."""
    found = actions(text, context.dialect)
    return ", ".join(each.action for each in found) if found else text


RULE = Rule(
    code="MR225",
    name="scans-repeated",
    severity=Severity.NOTE,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(AddColumn, AddConstraint, AlterColumnType, SetNotNull),
    check_operation=_check,
)
