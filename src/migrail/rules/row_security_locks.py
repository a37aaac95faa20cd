"""Row level security and policies change under ACCESS EXCLUSIVE

## What

ENABLE, DISABLE, FORCE and NO FORCE ROW LEVEL SECURITY, and CREATE, ALTER and DROP POLICY, on a table that exists
before this change. A note: the lock is short.

## Why

Reads and writes wait until the transaction ends. Who sees which rows afterwards is another matter.

## Refused

```sql
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
```

```sql
CREATE POLICY own ON orders USING (id = 1);
```

## Accepted

```sql
CREATE TABLE invoices (id bigint PRIMARY KEY);
ALTER TABLE invoices ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON invoices USING (id = 1);
```

## No rewrite

There is no other statement that does it with a weaker lock. Keep the transaction short, and let it give up
soon.

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: ACCESS EXCLUSIVE.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AlterTableOption, CreatePolicy
from migrail.rules._brief import brief_hits
from migrail.rules._interface import Context, Hit, Rule

_FORMS = ("ROW LEVEL SECURITY", "POLICY")


def _check(operation: AlterTableOption | CreatePolicy, context: Context) -> Iterable[Hit]:
    if isinstance(operation, CreatePolicy):
        yield from brief_hits(operation, context, "CREATE POLICY")
    elif operation.option.endswith(_FORMS):
        yield from brief_hits(operation, context, operation.option)


RULE = Rule(
    code="MR228",
    name="row-security-locks",
    severity=Severity.NOTE,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(AlterTableOption, CreatePolicy),
    check_operation=_check,
)
