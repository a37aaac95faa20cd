"""Readers get NULLs that they never saw

## What

ALTER COLUMN ... DROP NOT NULL on a column that exists before this change.

## Why

The statement is instant. But once the next version leaves the column empty, the running one reads NULL where it
never had to expect it: a field that must have a value, a sum that becomes NULL, a comparison that is never true.

## Refused

```sql
-- history:
CREATE TABLE customers (id bigint PRIMARY KEY, phone text NOT NULL);
-- migration:
ALTER TABLE customers ALTER COLUMN phone DROP NOT NULL;
```

## Accepted

```sql
CREATE TABLE imports (id bigint PRIMARY KEY, raw text NOT NULL);
ALTER TABLE imports ALTER COLUMN raw DROP NOT NULL;
```

```sql
-- history:
CREATE TABLE customers (id bigint PRIMARY KEY, phone text);
-- migration:
ALTER TABLE customers ALTER COLUMN phone DROP NOT NULL;
```

## No rewrite

The statement is right. What counts is the order in which versions are deployed.

## Since

0.2.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: no scan, ACCESS EXCLUSIVE for a moment.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import DropNotNull
from migrail.rules._interface import Context, Hit, Rule

HELP = "Deploy a version that can read NULL there, everywhere, before one that writes it."


def _check(operation: DropNotNull, context: Context) -> Iterable[Hit]:
    catalog, table = context.catalog, operation.table
    column = catalog.column(table, operation.column)
    if catalog.is_new(table) or (column is not None and not column.not_null):
        return
    if context.is_new_column(table, operation.column):
        return
    shown = context.display_column(table, operation.column)
    yield Hit(
        object=shown,
        message=f"{shown} may be NULL from now on: running code that reads it never had to expect that",
        help=HELP,
    )


RULE = Rule(
    code="MR110",
    name="drop-not-null",
    severity=Severity.NOTE,
    category=Category.COMPATIBILITY,
    dialects=("postgres",),
    on=(DropNotNull,),
    check_operation=_check,
)
