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
from migrail.model.structure import Constraint, ConstraintKind, Name
from migrail.rules._columns import adds_nothing, inline
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import made_name, sql_name, sql_table
from migrail.rules._words import held, keeps_waiting

HELP = """\
Add the check without looking at the rows. First migration:
{before}ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({condition}) NOT VALID;
Second migration, in a transaction of its own, while reads and writes go on:
ALTER TABLE {table} VALIDATE CONSTRAINT {name};"""


def _check(operation: AddConstraint | AddColumn | ValidateConstraint, context: Context) -> Iterable[Hit]:
    if context.catalog.is_new(operation.table):
        return
    match operation:
        case AddConstraint():
            yield from _check_constraint(operation, context)
        case AddColumn():
            yield from _check_column(operation, context)
        case _:
            yield from _check_validation(operation, context)


def _check_constraint(operation: AddConstraint, context: Context) -> Iterable[Hit]:
    check = operation.constraint
    if check.kind is not ConstraintKind.CHECK or not check.valid or not keeps_waiting(context.effects):
        return
    table = context.display(operation.table)
    yield Hit(
        object=table,
        message=f"ADD CHECK holds {held(context.effects, f'every row of {table} is tested')}",
        help=_help(operation.table, check, context),
    )


def _check_column(operation: AddColumn, context: Context) -> Iterable[Hit]:
    if adds_nothing(operation, context) or not keeps_waiting(context.effects):
        return
    table = context.display(operation.table)
    for check in inline(operation, ConstraintKind.CHECK):
        yield Hit(
            object=table,
            message=f"ADD COLUMN with a CHECK holds {held(context.effects, f'every row of {table} is tested')}",
            help=_help(operation.table, check, context, operation),
        )


def _check_validation(operation: ValidateConstraint, context: Context) -> Iterable[Hit]:
    """NOT VALID buys nothing when the rows are tested before its lock is gone."""
    added = context.outline.added_before(operation, context.statement.number)
    if not context.in_transaction or added is None or added.constraint.kind is not ConstraintKind.CHECK:
        return
    table = context.display(operation.table)
    before = context.dialect.effects(added, context.catalog, context.version)
    yield Hit(
        object=table,
        message="VALIDATE CONSTRAINT in the transaction that added the check, which still holds "
        f"{held(before, f'every row of {table} is tested')}",
        help=_help(operation.table, added.constraint, context),
    )


def _help(table: Name, check: Constraint, context: Context, column: AddColumn | None = None) -> str:
    dialect = context.dialect
    columns = (column.column.name,) if column is not None else check.columns[:1]
    before = ""
    if column is not None:
        definition = f"{sql_name(column.column.name, dialect)} {column.column.type or ''}".strip()
        before = f"ALTER TABLE {sql_table(table, dialect)} ADD COLUMN {definition};\n"
    return HELP.format(
        before=before,
        table=sql_table(table, dialect),
        name=sql_name(check.name, dialect) if check.name else made_name(table, *columns, "check", dialect=dialect),
        condition=check.expression.text if check.expression is not None else "...",
    )


RULE = Rule(
    code="MR206",
    name="check-validates",
    severity=Severity.ERROR,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(AddConstraint, AddColumn, ValidateConstraint),
    check_operation=_check,
)
