"""Constraints have names

House style: off unless the configuration sets a severity for MR815.

## What

A CHECK, UNIQUE or foreign key constraint, or an index, without a name. NOT NULL and primary keys are left
alone.

## Why

The server chooses a name, and another one where that is taken: a later DROP CONSTRAINT may not find it in every
environment.

## Refused

```sql
ALTER TABLE orders ADD CHECK (total > 0) NOT VALID;
```

## Accepted

```sql
ALTER TABLE orders ADD CONSTRAINT orders_total_positive CHECK (total > 0) NOT VALID;
```

## Since

0.2.0

## Sources

- A matter of taste, which teams settle once and tools keep.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AddColumn, AddConstraint, CreateIndex, CreateTable
from migrail.model.structure import ConstraintKind
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._keys import MakesKeys, constraints_made

_KINDS = frozenset(
    {ConstraintKind.CHECK, ConstraintKind.UNIQUE, ConstraintKind.FOREIGN_KEY, ConstraintKind.EXCLUDE}
)


def _check(operation: MakesKeys | CreateIndex, context: Context) -> Iterable[Hit]:
    shown = context.display(context.catalog.place(operation.table))
    if isinstance(operation, CreateIndex):
        unnamed = ["an index"] if operation.index is None else []
    else:
        found = constraints_made(operation, context)
        unnamed = [f"a {c.kind.value} constraint" for c in found if c.kind in _KINDS and c.name is None]
    for what in unnamed:
        yield Hit(
            object=shown,
            message=f"{what} of {shown} has no name: the server chooses one",
            help="Give it a name: CONSTRAINT name ...",
        )


RULE = Rule(
    code="MR815",
    name="unnamed-constraint",
    severity=Severity.WARNING,
    category=Category.CONVENTION,
    dialects=("postgres",),
    enabled=False,
    on=(
        CreateTable,
        AddColumn,
        AddConstraint,
        CreateIndex,
    ),
    check_operation=_check,
)
