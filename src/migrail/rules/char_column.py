"""text instead of char(n)

House style: off unless the configuration sets a severity for MR803.

## What

A column of type char(n).

## Why

Values are filled up with blanks, which comparisons ignore and length() and LIKE do not. It is neither smaller
nor faster than text.

## Refused

```sql
CREATE TABLE invoices (id bigint PRIMARY KEY, currency char(3));
```

## Accepted

```sql
CREATE TABLE invoices (id bigint PRIMARY KEY, currency text CHECK (length(currency) = 3));
```

## Since

0.2.0

## Sources

- PostgreSQL manual, 8.3 "Character Types".
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AddColumn, AlterColumnType, CreateTable
from migrail.model.structure import SqlType
from migrail.rules._house import columns_of_type
from migrail.rules._interface import Context, Hit, Rule


def _is_meant(type_: SqlType) -> bool:
    return type_.name == "char" and not type_.dimensions


def _check(operation: CreateTable | AddColumn | AlterColumnType, context: Context) -> Iterable[Hit]:
    for column in columns_of_type(operation, context, _is_meant):
        yield Hit(
            object=column.shown,
            message=f"{column.shown} is {column.type}: values are filled up with blanks",
            help="Take text, with a CHECK of the length where it matters.",
        )


RULE = Rule(
    code="MR803",
    name="char-column",
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
