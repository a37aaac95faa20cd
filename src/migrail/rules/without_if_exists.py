"""Statements can be run twice

House style: off unless the configuration sets a severity for MR814.

## What

CREATE TABLE, CREATE INDEX, ADD COLUMN and DROP without IF [NOT] EXISTS.

## Why

Tools that run a file again after a failure need it. migrail does not: it knows which statements are done, and
IF NOT EXISTS hides that an environment is different.

## Refused

```sql
CREATE TABLE invoices (id bigint PRIMARY KEY);
```

## Accepted

```sql
CREATE TABLE IF NOT EXISTS invoices (id bigint PRIMARY KEY);
```

## Since

0.2.0

## Sources

- A matter of taste, which teams settle once and tools keep.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AddColumn, CreateIndex, CreateTable, DropColumn, DropIndex, DropTable, DropView
from migrail.rules._interface import Context, Hit, Rule

Guarded = CreateTable | CreateIndex | AddColumn | DropTable | DropColumn | DropIndex | DropView


def _check(operation: Guarded, context: Context) -> Iterable[Hit]:
    made = isinstance(operation, CreateTable | CreateIndex | AddColumn)
    if getattr(operation, "if_not_exists" if made else "if_exists"):
        return
    target = operation.target
    words = "IF NOT EXISTS" if made else "IF EXISTS"
    yield Hit(
        object=context.display(target) if target is not None else None,
        message=f"{operation.kind.replace('_', ' ').upper()} without {words} fails when it runs again",
        help=f"Write {words}.",
    )


RULE = Rule(
    code="MR814",
    name="without-if-exists",
    severity=Severity.WARNING,
    category=Category.CONVENTION,
    dialects=("postgres",),
    enabled=False,
    on=(
        CreateTable,
        CreateIndex,
        AddColumn,
        DropTable,
        DropColumn,
        DropIndex,
        DropView,
    ),
    check_operation=_check,
)
