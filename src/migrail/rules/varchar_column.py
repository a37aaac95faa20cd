"""text instead of varchar(n)

House style: off unless the configuration sets a severity for MR804.

## What

A column of type varchar(n).

## Why

The limit is part of the type: making it smaller writes the table again. A CHECK can be changed while the table
is in use.

## Refused

```sql
CREATE TABLE invoices (id bigint PRIMARY KEY, number varchar(20));
```

## Accepted

```sql
CREATE TABLE invoices (id bigint PRIMARY KEY, number text CHECK (length(number) <= 20));
```

## Since

0.2.0

## Sources

- PostgreSQL wiki, "Don't Do This", varchar(n).
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AddColumn, AlterColumnType, CreateTable
from migrail.model.structure import SqlType
from migrail.rules._house import columns_of_type
from migrail.rules._interface import Context, Hit, Rule


def _is_meant(type_: SqlType) -> bool:
    return type_.name == "varchar" and bool(type_.arguments)


def _check(operation: CreateTable | AddColumn | AlterColumnType, context: Context) -> Iterable[Hit]:
    for column in columns_of_type(operation, context, _is_meant):
        yield Hit(
            object=column.shown,
            message=f"{column.shown} is {column.type}: its limit is hard to change",
            help="Take text, with a CHECK of the length where it matters.",
        )


RULE = Rule(
    code="MR804",
    name="varchar-column",
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
