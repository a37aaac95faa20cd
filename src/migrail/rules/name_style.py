"""Names are lower case with underscores

House style: off unless the configuration sets a severity for MR813.

## What

Names of new tables, columns and indexes that are not lower case letters, digits and underscores, beginning with
a letter.

## Why

Other names have to be written in quotes everywhere, and those who forget them find another name or none.

## Refused

```sql
CREATE TABLE "Invoices" (id bigint PRIMARY KEY);
```

## Accepted

```sql
CREATE TABLE invoice_lines (id bigint PRIMARY KEY);
```

## Since

0.2.0

## Sources

- A matter of taste, which teams settle once and tools keep.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from migrail.model.findings import Category, Severity
from migrail.model.operations import AddColumn, CreateIndex, CreateTable
from migrail.model.text import visible
from migrail.rules._interface import Context, Hit, Rule

_PLAIN = re.compile(r"[a-z][a-z0-9_]*")


def _check(operation: CreateTable | AddColumn | CreateIndex, context: Context) -> Iterable[Hit]:
    for name in _names(operation):
        if not _PLAIN.fullmatch(name):
            yield Hit(
                object=context.display(context.catalog.place(operation.table)),
                message=f"the name {visible(name)} needs quotes wherever it is written",
                help="Take lower case letters, digits and underscores, beginning with a letter.",
            )


def _names(operation: CreateTable | AddColumn | CreateIndex) -> Iterator[str]:
    match operation:
        case CreateTable():
            yield operation.table.name
            yield from (column.name for column in operation.columns)
        case AddColumn():
            yield operation.column.name
        case _ if operation.index is not None:
            yield operation.index


RULE = Rule(
    code="MR813",
    name="name-style",
    severity=Severity.WARNING,
    category=Category.CONVENTION,
    dialects=("postgres",),
    enabled=False,
    on=(
        CreateTable,
        AddColumn,
        CreateIndex,
    ),
    check_operation=_check,
)
