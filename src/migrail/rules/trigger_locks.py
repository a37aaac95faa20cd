"""Triggers come and go under a lock that writes wait for

## What

CREATE, ENABLE and DISABLE TRIGGER, and DROP TRIGGER, on a table that exists before this change. A note: the lock
is short.

## Why

CREATE, ENABLE and DISABLE take SHARE ROW EXCLUSIVE: writes wait until the transaction ends. DROP takes ACCESS
EXCLUSIVE: reads wait too. From that moment on each write runs the trigger's code, or does not.

## Refused

```sql
CREATE TRIGGER orders_changed BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION changed();
```

```sql
DROP TRIGGER orders_changed ON orders;
```

```sql
ALTER TABLE orders DISABLE TRIGGER orders_changed;
```

## Accepted

```sql
CREATE TABLE invoices (id bigint PRIMARY KEY);
CREATE TRIGGER invoices_changed BEFORE UPDATE ON invoices FOR EACH ROW EXECUTE FUNCTION changed();
```

## No rewrite

There is no other statement that does it with a weaker lock. Keep the transaction short, and let it give up
soon.

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: SHARE ROW EXCLUSIVE for CREATE, ENABLE and DISABLE, ACCESS EXCLUSIVE for
  DROP."""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AlterTableOption, CreateTrigger, DropTrigger
from migrail.rules._brief import brief_hits
from migrail.rules._interface import Context, Hit, Rule


def _check(operation: CreateTrigger | DropTrigger | AlterTableOption, context: Context) -> Iterable[Hit]:
    match operation:
        case CreateTrigger():
            what = "CREATE TRIGGER"
        case DropTrigger():
            what = "DROP TRIGGER"
        case _ if operation.option.endswith(" TRIGGER"):
            what = operation.option
        case _:
            return
    yield from brief_hits(operation, context, what)


RULE = Rule(
    code="MR219",
    name="trigger-locks",
    severity=Severity.NOTE,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(CreateTrigger, DropTrigger, AlterTableOption),
    check_operation=_check,
)
