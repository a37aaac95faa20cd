"""A new foreign key locks the table that it points to

## What

A foreign key to a table that exists before this change, in CREATE TABLE, ADD COLUMN or ADD CONSTRAINT, NOT VALID
or not. A note: the lock is short. Keys that read rows are told by MR205.

## Why

The referenced table gets SHARE ROW EXCLUSIVE until the transaction ends: writes to it wait, reads go on. That
the SQL creates another table hides it. Two keys in one transaction lock two busy tables at once.

## Refused

```sql
CREATE TABLE invoices (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers (id));
```

```sql
ALTER TABLE orders ADD COLUMN buyer_id bigint REFERENCES customers (id);
```

```sql
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;
```

## Accepted

```sql
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE invoices (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers (id));
```

## No rewrite

There is no other statement that does it with a weaker lock. Keep the transaction short, and let it give up
soon.

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: SHARE ROW EXCLUSIVE on the referenced table, no row read.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AddColumn, AddConstraint, CreateTable
from migrail.model.structure import Constraint, ConstraintKind
from migrail.rules._brief import brief_hits, fresh
from migrail.rules._columns import adds_nothing
from migrail.rules._interface import Context, Hit, Rule


def _check(operation: CreateTable | AddColumn | AddConstraint, context: Context) -> Iterable[Hit]:
    if context.effects.scans or (isinstance(operation, AddColumn) and adds_nothing(operation, context)):
        return
    keys = [key for key in _constraints(operation) if key.kind is ConstraintKind.FOREIGN_KEY and key.references]
    targets = {context.display(key.references.table) for key in keys if key.references}
    locks = tuple(lock for lock in fresh(context) if lock.relation in targets)
    yield from brief_hits(operation, context, "the foreign key", locks=locks)


def _constraints(operation: CreateTable | AddColumn | AddConstraint) -> list[Constraint]:
    match operation:
        case AddConstraint():
            return [operation.constraint]
        case AddColumn():
            return list(operation.column.constraints)
        case _:
            inline = [found for column in operation.columns for found in column.constraints]
            return [*inline, *operation.constraints]


RULE = Rule(
    code="MR212",
    name="foreign-key-locks-both",
    severity=Severity.NOTE,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(CreateTable, AddColumn, AddConstraint),
    check_operation=_check,
)
