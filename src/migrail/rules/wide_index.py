"""Indexes have three columns at most

House style: off unless the configuration sets a severity for MR810.

## What

CREATE INDEX over more than three columns. Unique ones are left alone: they say what is unique.

## Why

Later columns of an index help few queries, and every write pays for them.

## Refused

```sql
CREATE INDEX orders_idx ON orders (a, b, c, d);
```

## Accepted

```sql
CREATE TABLE invoices (a integer, b integer, c integer, d integer);
CREATE INDEX invoices_idx ON invoices (a, b);
CREATE UNIQUE INDEX invoices_key ON invoices (a, b, c, d);
```

## Since

0.2.0

## Sources

- A matter of taste, which teams settle once and tools keep.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import CreateIndex
from migrail.rules._interface import Context, Hit, Rule

_MOST = 3


def _check(operation: CreateIndex, context: Context) -> Iterable[Hit]:
    if operation.unique or len(operation.columns) <= _MOST:
        return
    shown = context.display(operation.table)
    yield Hit(
        object=shown,
        message=f"an index of {shown} has {len(operation.columns)} columns",
        help="Keep those that conditions of queries select by most.",
    )


RULE = Rule(
    code="MR810",
    name="wide-index",
    severity=Severity.WARNING,
    category=Category.CONVENTION,
    dialects=("postgres", "sqlite", "mysql", "mariadb"),
    enabled=False,
    on=(CreateIndex,),
    check_operation=_check,
)
