"""Adding a CHECK reads the whole table while everybody waits

## What

ADD CONSTRAINT ... CHECK without NOT VALID on a table that exists before this change; a CHECK inside ADD
COLUMN; VALIDATE CONSTRAINT in the transaction that added the check.

## Why

Every row is tested under ACCESS EXCLUSIVE: nobody reads or writes the table. That holds for a CHECK on a
new column too, though every value in it is NULL or the default. With NOT VALID the lock is held for a
moment only, and VALIDATE CONSTRAINT later tests the rows while reads and writes go on, if it runs in
another transaction.

## Refused

```sql
ALTER TABLE orders ADD CONSTRAINT orders_total_positive CHECK (total > 0);
```

```sql
ALTER TABLE orders ADD COLUMN discount integer CHECK (discount >= 0);
```

```sql
ALTER TABLE orders ADD CONSTRAINT orders_total_positive CHECK (total > 0) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT orders_total_positive;
```

## Accepted

```sql
ALTER TABLE orders ADD CONSTRAINT orders_total_positive CHECK (total > 0) NOT VALID;
```

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, total integer);
ALTER TABLE orders ADD CONSTRAINT orders_total_positive CHECK (total > 0) NOT VALID;
-- migration:
ALTER TABLE orders VALIDATE CONSTRAINT orders_total_positive;
```

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: ACCESS EXCLUSIVE and every row read, also for a CHECK inside ADD
  COLUMN.
- PostgreSQL manual, ALTER TABLE, "Notes".
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AddColumn, AddConstraint, ValidateConstraint
from migrail.model.structure import ConstraintKind
from migrail.rules._columns import adds_nothing, inline
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._not_valid import add_then_validate, column_then_validate, validated_too_soon
from migrail.rules._words import held, keeps_waiting

HELP = (
    "Add the check without looking at the rows, and validate it in another migration, while reads and writes go on"
)


def _check(operation: AddConstraint | AddColumn | ValidateConstraint, context: Context) -> Iterable[Hit]:
    if context.catalog.is_new(operation.table):
        return
    table = context.display(operation.table)
    until = f"every row of {table} is tested"
    match operation:
        case ValidateConstraint():
            yield from validated_too_soon(operation, ConstraintKind.CHECK, "check", until, context)
        case AddConstraint() if operation.constraint.kind is ConstraintKind.CHECK and context.effects.scans:
            yield Hit(
                object=table,
                message=f"ADD CHECK holds {held(context.effects, until)}",
                help=HELP,
                rewrite=add_then_validate(operation, context),
            )
        case AddColumn() if inline(operation, ConstraintKind.CHECK) and _costs(operation, context):
            yield Hit(
                object=table,
                message=f"ADD COLUMN with a CHECK holds {held(context.effects, until)}",
                help=HELP,
                rewrite=column_then_validate(operation, ConstraintKind.CHECK, "CHECK", "", context),
            )


def _costs(operation: AddColumn, context: Context) -> bool:
    return bool(keeps_waiting(context.effects)) and not adds_nothing(operation, context)


RULE = Rule(
    code="MR206",
    name="check-validates",
    severity=Severity.ERROR,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(AddConstraint, AddColumn, ValidateConstraint),
    check_operation=_check,
)
