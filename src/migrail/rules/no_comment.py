"""Every table has a comment

House style: off unless the configuration sets a severity for MR808.

## What

CREATE TABLE without COMMENT ON TABLE in the same change.

## Why

The comment is what people see who meet the table in a tool and not in the code.

## Refused

```sql
CREATE TABLE invoices (id bigint PRIMARY KEY);
```

## Accepted

```sql
CREATE TABLE invoices (id bigint PRIMARY KEY);
COMMENT ON TABLE invoices IS 'What we sent to customers';
```

## Since

0.2.0

## Sources

- A matter of taste, which teams settle once and tools keep.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import CommentOn, CreateTable
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_table


def _check(operation: CreateTable, context: Context) -> Iterable[Hit]:
    if operation.temporary or operation.partition_of or context.outline.makes(CommentOn, operation.table):
        return
    shown = context.display(context.catalog.place(operation.table))
    yield Hit(
        object=shown,
        message=f"{shown} has no comment",
        help=f"COMMENT ON TABLE {sql_table(operation.table, context.dialect)} IS '...';",
    )


RULE = Rule(
    code="MR808",
    name="no-comment",
    severity=Severity.WARNING,
    category=Category.CONVENTION,
    dialects=("postgres",),
    enabled=False,
    on=(CreateTable,),
    check_operation=_check,
)
