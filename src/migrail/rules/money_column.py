"""numeric instead of money

House style: off unless the configuration sets a severity for MR806.

## What

A column of type money.

## Why

How it is read and printed, and how many decimals it has, depends on the lc_monetary of the server, and it knows
no currency.

## Refused

```sql
CREATE TABLE invoices (id bigint PRIMARY KEY, total money);
```

## Accepted

```sql
CREATE TABLE invoices (id bigint PRIMARY KEY, total numeric(12,2));
```

## Since

0.2.0

## Sources

- PostgreSQL wiki, "Don't Do This", money.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AddColumn, AlterColumnType, CreateTable
from migrail.model.structure import SqlType
from migrail.rules._house import columns_of_type
from migrail.rules._interface import Context, Hit, Rule


def _is_meant(type_: SqlType) -> bool:
    return type_.name == "money"


def _check(operation: CreateTable | AddColumn | AlterColumnType, context: Context) -> Iterable[Hit]:
    for column in columns_of_type(operation, context, _is_meant):
        yield Hit(
            object=column.shown,
            message=f"{column.shown} is {column.type}: its meaning depends on a setting of the server",
            help="Take numeric, and a column for the currency.",
        )


RULE = Rule(
    code="MR806",
    name="money-column",
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
