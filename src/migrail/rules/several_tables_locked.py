"""One transaction locks several tables

## What

The second table that a transaction locks so that reads or writes wait, where both exist before this change.
Tables that the same statement locks together, partitions and indexes are left alone. A note.

## Why

The first table is kept from its users while the second lock is waited for, and an application that uses the two
in the other order ends in a deadlock.

## Refused

```sql
ALTER TABLE orders ADD COLUMN region text;
ALTER TABLE customers ADD COLUMN region text;
```

## Accepted

```sql
ALTER TABLE orders ADD COLUMN region text;
ALTER TABLE orders ADD COLUMN zone text;
```

```sql
-- migrail: transaction=off
ALTER TABLE orders ADD COLUMN region text;
ALTER TABLE customers ADD COLUMN region text;
```

## Since

0.1.0

## Sources

- PostgreSQL manual, 13.3.4 "Deadlocks".
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.locks import Blocked
from migrail.model.operations import Operation, TableOperation
from migrail.rules._brief import fresh
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._rewrites import apart

HELP = "Put each table into a migration of its own: each is locked for a moment only, and none waits for the other"


def _check(operation: Operation, context: Context) -> Iterable[Hit]:
    if not isinstance(operation, TableOperation):
        return
    catalog = context.catalog
    own = context.display(operation.table)
    if own not in {lock.relation for lock in fresh(context)} or own in context.held:
        return
    earlier = [
        known
        for known in context.held.values()
        if Blocked.WRITES in known.lock.blocks and known.statement.span != context.statement.span
    ]
    statements = {known.statement.number for known in earlier}
    family = {
        context.display(name)
        for name in (*catalog.children_of(operation.table), *catalog.parents_of(operation.table))
    }
    others = [known for known in earlier if known.lock.relation not in family]
    if len(statements) != 1 or not others:
        return
    first, line = others[0], others[0].statement.span.line
    yield Hit(
        object=own,
        message=f"{own} is locked while the transaction holds {first.lock.mode} on {first.lock.relation} "
        f"since line {line}: {first.lock.waiting} until both are done",
        help=HELP,
        rewrite=apart(operation, context),
    )


RULE = Rule(
    code="MR224",
    name="several-tables-locked",
    severity=Severity.NOTE,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(TableOperation,),
    check_operation=_check,
)
