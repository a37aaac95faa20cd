"""New enum values say where they stand

House style: off unless the configuration sets a severity for MR816.

## What

ALTER TYPE ... ADD VALUE without BEFORE or AFTER.

## Why

The value is put at the end, and enums are compared and sorted in that order.

## Refused

```sql
ALTER TYPE mood ADD VALUE 'mixed';
```

## Accepted

```sql
ALTER TYPE mood ADD VALUE 'mixed' AFTER 'good';
```

## Since

0.2.0

## Sources

- PostgreSQL manual, ALTER TYPE.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AddEnumValue
from migrail.rules._interface import Context, Hit, Rule


def _check(operation: AddEnumValue, context: Context) -> Iterable[Hit]:
    if operation.before is None and operation.after is None:
        shown = context.display(operation.name)
        yield Hit(
            object=shown,
            message=f"the value {operation.label} is put behind all others of {shown}",
            help="Say where it stands in the order: BEFORE or AFTER another one.",
        )


RULE = Rule(
    code="MR816",
    name="enum-order",
    severity=Severity.WARNING,
    category=Category.CONVENTION,
    dialects=("postgres",),
    enabled=False,
    on=(AddEnumValue,),
    check_operation=_check,
)
