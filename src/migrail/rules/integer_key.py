"""bigint keys instead of integer ones

House style: off unless the configuration sets a severity for MR801.

## What

PRIMARY KEY over a single integer or smallint column of a new table.

## Why

The numbers run out at 2147483647, sequences lose some on every failed INSERT, and the change to bigint writes
the table and all that refer to it again.

## Refused

```sql
CREATE TABLE invoices (id integer PRIMARY KEY);
```

## Accepted

```sql
CREATE TABLE invoices (id bigint PRIMARY KEY);
```

```sql
CREATE TABLE invoices (id uuid PRIMARY KEY);
```

## Since

0.2.0

## Sources

- PostgreSQL manual, 8.1 "Numeric Types".
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import CreateTable
from migrail.model.structure import ConstraintKind
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._keys import constraints_made

_SMALL = frozenset({"tinyint", "smallint", "mediumint", "int", "integer"})


def _check(operation: CreateTable, context: Context) -> Iterable[Hit]:
    types = {column.name: column.type for column in operation.columns}
    for constraint in constraints_made(operation, context):
        if constraint.kind is not ConstraintKind.PRIMARY_KEY or len(constraint.columns) != 1:
            continue
        name = constraint.columns[0]
        type_ = types.get(name)
        if type_ is not None and type_.name in _SMALL:
            shown = context.display_column(context.catalog.place(operation.table), name)
            yield Hit(
                object=shown,
                message=f"the key {shown} is {type_}: its numbers run out",
                help="Take bigint.",
            )


RULE = Rule(
    code="MR801",
    name="integer-key",
    severity=Severity.WARNING,
    category=Category.CONVENTION,
    dialects=("postgres", "mysql", "mariadb"),
    enabled=False,
    on=(CreateTable,),
    check_operation=_check,
)
