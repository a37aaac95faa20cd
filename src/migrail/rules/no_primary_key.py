"""Every table has a primary key

House style: off unless the configuration sets a severity for MR807.

## What

CREATE TABLE without a primary key, where this change adds none either; partitions, temporary tables and CREATE
TABLE ... AS are left alone.

## Why

Rows cannot be told apart, ORMs need a key, and logical replication cannot carry UPDATE and DELETE without one.

## Refused

```sql
CREATE TABLE invoices (id bigint, total numeric);
```

## Accepted

```sql
CREATE TABLE invoices (id bigint PRIMARY KEY, total numeric);
```

```sql
CREATE TABLE invoices (id bigint, total numeric);
ALTER TABLE invoices ADD PRIMARY KEY (id);
```

## Since

0.2.0

## Sources

- PostgreSQL manual, 31.1 "Publication": replica identity.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AddConstraint, CreateTable
from migrail.model.structure import ConstraintKind
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._keys import constraints_made


def _check(operation: CreateTable, context: Context) -> Iterable[Hit]:
    if operation.temporary or operation.partition_of or operation.query or operation.like or operation.inherits:
        return
    if operation.if_not_exists and context.catalog.table(operation.table) is not None:
        return
    if any(item.kind is ConstraintKind.PRIMARY_KEY for item in constraints_made(operation, context)):
        return
    if context.outline.makes(AddConstraint, operation.table, ConstraintKind.PRIMARY_KEY):
        return
    shown = context.display(context.catalog.place(operation.table))
    yield Hit(object=shown, message=f"{shown} has no primary key", help="Give it one: id bigint PRIMARY KEY.")


RULE = Rule(
    code="MR807",
    name="no-primary-key",
    severity=Severity.WARNING,
    category=Category.CONVENTION,
    dialects=("postgres", "sqlite", "mysql", "mariadb"),
    enabled=False,
    on=(CreateTable,),
    check_operation=_check,
)
