"""timestamptz instead of timestamp

House style: off unless the configuration sets a severity for MR805.

## What

A column of type timestamp without time zone.

## Why

It does not say which moment it is: that depends on the time zone of whoever reads it. Arithmetic across a
change of the clocks is wrong.

## Refused

```sql
CREATE TABLE invoices (id bigint PRIMARY KEY, sent timestamp);
```

## Accepted

```sql
CREATE TABLE invoices (id bigint PRIMARY KEY, sent timestamptz);
```

## Since

0.2.0

## Sources

- PostgreSQL wiki, "Don't Do This", timestamp.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AddColumn, AlterColumnType, CreateTable
from migrail.model.structure import SqlType
from migrail.rules._house import columns_of_type
from migrail.rules._interface import Context, Hit, Rule


def _is_meant(type_: SqlType) -> bool:
    return type_.name == "timestamp"


def _check(operation: CreateTable | AddColumn | AlterColumnType, context: Context) -> Iterable[Hit]:
    for column in columns_of_type(operation, context, _is_meant):
        yield Hit(
            object=column.shown,
            message=f"{column.shown} is {column.type}: which moment that is depends on who reads it",
            help="Take timestamptz.",
        )


RULE = Rule(
    code="MR805",
    name="timestamp-column",
    severity=Severity.WARNING,
    category=Category.CONVENTION,
    dialects=("postgres",),
    enabled=False,
    on=(
        CreateTable,
        AddColumn,
        AlterColumnType,
    ),
    check_operation=_check,
)
