"""Readers meet an enum value that they do not know

## What

ALTER TYPE ... ADD VALUE for an enum that exists before this change.

## Why

The statement itself is harmless: it takes no lock on tables. But as soon as anyone writes the value, every
running version that maps the enum to a closed list of its own fails on reading such a row. The value cannot be
taken away again.

## Refused

```sql
-- history:
CREATE TYPE mood AS ENUM ('good', 'bad');
-- migration:
ALTER TYPE mood ADD VALUE 'mixed';
```

## Accepted

```sql
CREATE TYPE mood AS ENUM ('good', 'bad');
ALTER TYPE mood ADD VALUE 'mixed';
```

## No rewrite

The statement is right. What counts is the order in which versions are deployed.

## Since

0.2.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: ADD VALUE locks the type only.
- PostgreSQL manual, ALTER TYPE: there is no form that takes a value away.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AddEnumValue
from migrail.rules._interface import Context, Hit, Rule

HELP = """\
Deploy a version that can read the value, everywhere, before one that writes it."""


def _check(operation: AddEnumValue, context: Context) -> Iterable[Hit]:
    known = context.catalog.enum(operation.name)
    there = known is not None and operation.label in known.labels
    if there or context.catalog.is_new_object("TYPE", operation.name):
        return
    enum = context.display(operation.name)
    yield Hit(
        object=enum,
        message=f"{enum} gets the value {operation.label}: running code that knows only the old values "
        "fails when it reads a row that has it",
        help=HELP,
    )


RULE = Rule(
    code="MR108",
    name="enum-value-added",
    severity=Severity.NOTE,
    category=Category.COMPATIBILITY,
    dialects=("postgres",),
    on=(AddEnumValue,),
    check_operation=_check,
)
