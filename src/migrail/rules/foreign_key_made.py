"""No foreign keys

House style: off unless the configuration sets a severity for MR812.

## What

Any foreign key.

## Why

Some teams keep references in the application, because keys tie tables together that they want to move apart,
and lock both on changes.

## Refused

```sql
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;
```

## Accepted

```sql
ALTER TABLE orders ADD COLUMN customer_id bigint;
```

## Since

0.2.0

## Sources

- A matter of taste, which teams settle once and tools keep.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AddColumn, AddConstraint, CreateTable
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._keys import MakesKeys, constraints_made


def _check(operation: MakesKeys, context: Context) -> Iterable[Hit]:
    for constraint in constraints_made(operation, context):
        if constraint.references is not None:
            shown = context.display(context.catalog.place(operation.table))
            yield Hit(
                object=shown,
                message=f"{shown} has a foreign key to {context.display(constraint.references.table)}",
                help="Keep the reference in the application.",
            )


RULE = Rule(
    code="MR812",
    name="foreign-key-made",
    severity=Severity.WARNING,
    category=Category.CONVENTION,
    dialects=("postgres", "sqlite", "mysql", "mariadb"),
    enabled=False,
    on=(
        CreateTable,
        AddColumn,
        AddConstraint,
    ),
    check_operation=_check,
)
