"""Adding a foreign key reads both tables while their writes wait

## What

ADD FOREIGN KEY without NOT VALID on a table that exists before this change; ADD COLUMN ... REFERENCES with
a default that is not NULL; VALIDATE CONSTRAINT in the transaction that added the key. A REFERENCES on a new
column that is NULL everywhere scans nothing and is left alone.

## Why

Both tables are locked with SHARE ROW EXCLUSIVE and both are read to the end: writes to both wait, reads go
on. With NOT VALID the lock is held for a moment only, and VALIDATE CONSTRAINT later compares the rows while
writes go on, if it runs in another transaction.

## Refused

```sql
ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id);
```

```sql
ALTER TABLE orders ADD COLUMN customer_id bigint DEFAULT 1 REFERENCES customers (id);
```

```sql
ALTER TABLE orders ADD CONSTRAINT orders_customer_fk
  FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT orders_customer_fk;
```

## Accepted

```sql
ALTER TABLE orders ADD CONSTRAINT orders_customer_fk
  FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;
```

```sql
-- history:
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);
ALTER TABLE orders ADD CONSTRAINT orders_customer_fk
  FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;
-- migration:
ALTER TABLE orders VALIDATE CONSTRAINT orders_customer_fk;
```

```sql
ALTER TABLE orders ADD COLUMN customer_id bigint REFERENCES customers (id);
```

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: SHARE ROW EXCLUSIVE on both tables, both scanned; it is not ACCESS
  EXCLUSIVE.
- PostgreSQL manual, ALTER TABLE, "ADD table_constraint [ NOT VALID ]" and "Notes".
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AddColumn, AddConstraint, ValidateConstraint
from migrail.model.structure import Constraint, ConstraintKind, Name
from migrail.rules._columns import adds_nothing, has_default, inline
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import made_name, sql_columns, sql_name, sql_table
from migrail.rules._words import held, keeps_waiting, listed

HELP = """\
Add the key without looking at the rows. First migration:
{before}ALTER TABLE {table} ADD CONSTRAINT {name}
  FOREIGN KEY {columns} REFERENCES {target} NOT VALID;
Second migration, in a transaction of its own, while writes go on:
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
    key = operation.constraint
    if key.kind is not ConstraintKind.FOREIGN_KEY or not key.valid or not keeps_waiting(context.effects):
        return
    until = f"the rows of {listed(context.effects.scans)} are compared" if context.effects.scans else "it is added"
    yield Hit(
        object=context.display(operation.table),
        message=f"ADD FOREIGN KEY holds {held(context.effects, until)}",
        help=_help(operation.table, key, context),
    )


def _check_column(operation: AddColumn, context: Context) -> Iterable[Hit]:
    """Without a default every row is NULL, and the server knows that there is nothing to compare."""
    if not has_default(operation) or adds_nothing(operation, context) or not keeps_waiting(context.effects):
        return
    for key in inline(operation, ConstraintKind.FOREIGN_KEY):
        yield Hit(
            object=context.display(operation.table),
            message="ADD COLUMN with a default and REFERENCES holds "
            f"{held(context.effects, 'the rows of both tables are compared')}",
            help=_help(operation.table, key, context, operation),
        )


def _check_validation(operation: ValidateConstraint, context: Context) -> Iterable[Hit]:
    """NOT VALID buys nothing when the rows are compared before its lock is gone."""
    added = context.outline.added_before(operation, context.statement.number)
    if not context.in_transaction or added is None or added.constraint.kind is not ConstraintKind.FOREIGN_KEY:
        return
    before = context.dialect.effects(added, context.catalog, context.version)
    yield Hit(
        object=context.display(operation.table),
        message="VALIDATE CONSTRAINT in the transaction that added the foreign key, which still holds "
        f"{held(before, 'the rows are compared')}",
        help=_help(operation.table, added.constraint, context),
    )


def _help(table: Name, key: Constraint, context: Context, column: AddColumn | None = None) -> str:
    dialect = context.dialect
    columns = key.columns or ((column.column.name,) if column is not None else ())
    reference = key.references
    name = sql_name(key.name, dialect) if key.name else made_name(table, *columns, "fkey", dialect=dialect)
    target = "..." if reference is None else sql_table(reference.table, dialect)
    if reference is not None and reference.columns:
        target = f"{target} {sql_columns(reference.columns, dialect)}"
    before = ""
    if column is not None and column.column.default is not None:
        definition = f"{sql_name(column.column.name, dialect)} {column.column.type or ''}".strip()
        default = column.column.default.text
        before = f"ALTER TABLE {sql_table(table, dialect)} ADD COLUMN {definition} DEFAULT {default};\n"
    return HELP.format(
        before=before,
        table=sql_table(table, dialect),
        name=name,
        columns=sql_columns(columns, dialect),
        target=target,
    )


RULE = Rule(
    code="MR205",
    name="foreign-key-validates",
    severity=Severity.ERROR,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(AddConstraint, AddColumn, ValidateConstraint),
    check_operation=_check,
)
