"""SET NOT NULL reads the whole table while everybody waits

## What

SET NOT NULL, or ADD CONSTRAINT ... NOT NULL on PostgreSQL 18, on a table that exists before this change,
where the server has to look at every row. It need not when a valid CHECK (column IS NOT NULL) proves it (12
and later); a CHECK that is NOT VALID, or one such as CHECK (column > 0), proves nothing.

## Why

The scan runs under ACCESS EXCLUSIVE: nobody reads or writes the table until it ends. VALIDATE CONSTRAINT
does the same scan while reads and writes go on.

## Refused

```sql
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
```

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
ALTER TABLE orders ADD CONSTRAINT orders_note_not_null CHECK (note IS NOT NULL) NOT VALID;
-- migration:
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
```

## Accepted

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
ALTER TABLE orders ADD CONSTRAINT orders_note_not_null CHECK (note IS NOT NULL) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT orders_note_not_null;
-- migration:
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
ALTER TABLE orders DROP CONSTRAINT orders_note_not_null;
```

```sql
CREATE TABLE invoices (id bigint PRIMARY KEY, note text);
ALTER TABLE invoices ALTER COLUMN note SET NOT NULL;
```

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18, also that only a valid CHECK spares the scan.
- PostgreSQL 12 release notes: SET NOT NULL uses a valid CHECK. PostgreSQL 18 release notes: NOT NULL ...
  NOT VALID.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AddColumn, AddConstraint, SetNotNull, ValidateConstraint
from migrail.model.rewrites import Rewrite, Stage
from migrail.model.structure import ConstraintKind, Generated
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._not_null import set_not_null
from migrail.rules._not_valid import add_then_validate, validated_too_soon
from migrail.rules._rewrites import REQUIRED, instead, step, without
from migrail.rules._words import held, keeps_waiting

HELP = "Prove it first, while reads and writes go on: then the server has nothing left to read"


def _check(
    operation: SetNotNull | AddConstraint | ValidateConstraint | AddColumn, context: Context
) -> Iterable[Hit]:
    if context.catalog.is_new(operation.table):
        return
    table = context.display(operation.table)
    until = f"every row of {table} is read"
    if isinstance(operation, ValidateConstraint):
        yield from validated_too_soon(operation, ConstraintKind.NOT_NULL, "constraint", until, context)
        return
    if isinstance(operation, AddColumn):
        yield from _check_virtual(operation, until, context)
        return
    if not _columns(operation) or not context.effects.scans or not keeps_waiting(context.effects):
        return
    by_constraint = isinstance(operation, AddConstraint)
    yield Hit(
        object=table,
        message=f"{'ADD CONSTRAINT ... NOT NULL' if by_constraint else 'SET NOT NULL'} holds "
        f"{held(context.effects, until)}",
        help=HELP,
        rewrite=add_then_validate(operation, context)
        if isinstance(operation, AddConstraint)
        else instead(operation, context, *set_not_null(operation.table, [operation.column], context)),
    )


def _check_virtual(operation: AddColumn, until: str, context: Context) -> Iterable[Hit]:
    """A virtual column has its value at once, and its NOT NULL is checked by computing it for each row."""
    column = operation.column
    if column.generated is not Generated.VIRTUAL or not column.not_null or not context.effects.scans:
        return
    yield Hit(
        object=context.display(operation.table),
        message=f"ADD COLUMN ... VIRTUAL NOT NULL holds {held(context.effects, until)}",
        help=HELP,
        rewrite=_column_first(operation, context),
    )


def _column_first(operation: AddColumn, context: Context) -> Rewrite | None:
    """The author's column, which may be NULL until that is proven not to be."""
    text, name = without(operation, context, REQUIRED), operation.column.name
    if text is None:
        return None
    added = step(f"add_{name}", Stage.EXPAND, text)
    return instead(operation, context, added, *set_not_null(operation.table, [name], context))


def _columns(operation: SetNotNull | AddConstraint) -> tuple[str, ...]:
    if isinstance(operation, SetNotNull):
        return (operation.column,)
    constraint = operation.constraint
    return constraint.columns if constraint.kind is ConstraintKind.NOT_NULL and constraint.valid else ()


RULE = Rule(
    code="MR202",
    name="set-not-null-scans",
    severity=Severity.ERROR,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(SetNotNull, AddConstraint, ValidateConstraint, AddColumn),
    check_operation=_check,
)
