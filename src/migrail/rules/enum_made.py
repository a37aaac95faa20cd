"""A table of values instead of an enum

House style: off unless the configuration sets a severity for MR811.

## What

CREATE TYPE ... AS ENUM.

## Why

Values of an enum cannot be taken away, their order is hard to change, and nothing can be said about them in
further columns.

## Refused

```sql
CREATE TYPE mood AS ENUM ('good', 'bad');
```

## Accepted

```sql
CREATE TABLE moods (mood text PRIMARY KEY);
```

## Since

0.2.0

## Sources

- PostgreSQL manual, 8.7 "Enumerated Types".
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import CreateType
from migrail.rules._interface import Context, Hit, Rule


def _check(operation: CreateType, context: Context) -> Iterable[Hit]:
    if operation.form == "enum":
        shown = context.display(operation.name)
        yield Hit(
            object=shown,
            message=f"{shown} is an enum, whose values cannot be taken away",
            help="Make a table of the values and a foreign key to it, or a CHECK.",
        )


RULE = Rule(
    code="MR811",
    name="enum-made",
    severity=Severity.WARNING,
    category=Category.CONVENTION,
    dialects=("postgres",),
    enabled=False,
    on=(CreateType,),
    check_operation=_check,
)
