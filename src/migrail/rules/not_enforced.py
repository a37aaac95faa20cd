"""A constraint that is NOT ENFORCED is a comment

## What

A CHECK or foreign key that is NOT ENFORCED (PostgreSQL 18), or a CHECK that is so on MySQL.

## Why

The server never looks at it, neither for the rows that are there nor for later ones. Whoever reads the
structure of the table believes something else.

## Refused

```sql postgres 18
ALTER TABLE orders ADD CONSTRAINT orders_total_positive CHECK (total > 0) NOT ENFORCED;
```

## Accepted

```sql
ALTER TABLE orders ADD CONSTRAINT orders_total_positive CHECK (total > 0) NOT VALID;
```

## Since

0.2.0

## Sources

- PostgreSQL manual, CREATE TABLE, "NOT ENFORCED".
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AddColumn, AddConstraint, CreateTable
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._keys import MakesKeys, constraints_made

HELP = "NOT VALID holds later writes to the rule, and VALIDATE CONSTRAINT looks at the rows that are there."


def _check(operation: MakesKeys, context: Context) -> Iterable[Hit]:
    for constraint in constraints_made(operation, context):
        if not constraint.enforced:
            shown = context.display(context.catalog.place(operation.table))
            yield Hit(
                object=shown,
                message=f"the constraint {constraint.name or 'without a name'} of {shown} is NOT ENFORCED: "
                "no row is ever checked",
                help=HELP,
            )


RULE = Rule(
    code="MR510",
    name="not-enforced",
    severity=Severity.NOTE,
    category=Category.RELIABILITY,
    dialects=("postgres", "mysql", "mariadb"),
    on=(CreateTable, AddColumn, AddConstraint),
    check_operation=_check,
)
