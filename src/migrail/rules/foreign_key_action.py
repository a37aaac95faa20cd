"""Foreign keys say what a DELETE does, and it is not CASCADE

House style: off unless the configuration sets a severity for MR817.

## What

A foreign key without ON DELETE, or with ON DELETE CASCADE.

## Why

Without it a DELETE of the parent is refused, which its author should have wanted. With CASCADE one DELETE may
take rows of many tables along.

## Refused

```sql
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (customer_id) REFERENCES customers ON DELETE CASCADE NOT VALID;
```

## Accepted

```sql
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (customer_id) REFERENCES customers ON DELETE RESTRICT NOT VALID;
```

## Since

0.2.0

## Sources

- A matter of taste, which teams settle once and tools keep.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AddColumn, AddConstraint, CreateTable
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._keys import MakesKeys, constraints_made


def _check(operation: MakesKeys, context: Context) -> Iterable[Hit]:
    for constraint in constraints_made(operation, context):
        reference = constraint.references
        if reference is None or reference.on_delete not in (None, "CASCADE"):
            continue
        shown = context.display(context.catalog.place(operation.table))
        parent = context.display(reference.table)
        yield Hit(
            object=shown,
            message=f"a foreign key of {shown} does not say what a DELETE in {parent} does"
            if reference.on_delete is None
            else f"a DELETE in {parent} deletes rows of {shown} as well",
            help="Say it: ON DELETE RESTRICT, SET NULL or SET DEFAULT.",
        )


RULE = Rule(
    code="MR817",
    name="foreign-key-action",
    severity=Severity.WARNING,
    category=Category.CONVENTION,
    dialects=("postgres", "sqlite", "mysql", "mariadb"),
    enabled=False,
    on=(
        CreateTable,
        AddColumn,
        AddConstraint,
    ),
    check_operation=_check,
)
