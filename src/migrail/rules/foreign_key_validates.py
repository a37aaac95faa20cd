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
ALTER TABLE orders ADD COLUMN buyer_id bigint DEFAULT 1 REFERENCES customers (id);
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
from migrail.model.rewrites import Applicability, Rewrite, Stage
from migrail.model.structure import ConstraintKind
from migrail.rules._columns import adds_nothing, inline
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_name, sql_table
from migrail.rules._not_valid import add_then_validate, column_then_validate, new_name, validated_too_soon
from migrail.rules._partitions import as_written
from migrail.rules._rewrites import instead, own_text, step
from migrail.rules._words import held, keeps_waiting, listed
from migrail.sql import actions, with_word

HELP = "Add the key without looking at the rows, and validate it in another migration, while writes go on"

PARTITIONED = """\
Before PostgreSQL 18 a partitioned table takes no foreign key NOT VALID. Add the key to each partition NOT VALID, \
validate these while writes go on, and add it to {table} when all of them have it: then no row is read any more"""

NOT_VALID_ON_PARTITIONED = (18,)
"""The first PostgreSQL that lets a partitioned table have a key NOT VALID (measured: 42809 on 15 and 16)."""


def _check(operation: AddConstraint | AddColumn | ValidateConstraint, context: Context) -> Iterable[Hit]:
    if context.catalog.is_new(operation.table):
        return
    key = ConstraintKind.FOREIGN_KEY
    match operation:
        case ValidateConstraint():
            yield from validated_too_soon(operation, key, "foreign key", "the rows are compared", context)
        case AddConstraint() if operation.constraint.kind is key and operation.constraint.valid:
            yield from _check_constraint(operation, context)
        case AddColumn() if inline(operation, key):
            yield from _check_column(operation, context)


def _check_constraint(operation: AddConstraint, context: Context) -> Iterable[Hit]:
    if not context.effects.scans or not keeps_waiting(context.effects):
        return
    parted = context.catalog.is_partitioned(operation.table) and context.version < NOT_VALID_ON_PARTITIONED
    until = f"the rows of {listed(context.effects.scans)} are compared"
    yield Hit(
        object=context.display(operation.table),
        message=f"ADD FOREIGN KEY holds {held(context.effects, until)}",
        help=PARTITIONED.format(table=sql_table(operation.table, context.dialect)) if parted else HELP,
        rewrite=_on_partitions(operation, context) if parted else add_then_validate(operation, context),
    )


def _on_partitions(operation: AddConstraint, context: Context) -> Rewrite | None:
    """Which partitions there are may differ from database to database, so a person looks at it."""
    text, dialect, catalog = own_text(operation, context), context.dialect, context.catalog
    name = operation.constraint.name or new_name(operation, ConstraintKind.FOREIGN_KEY, context)
    leaves = [child for child in catalog.children_of(operation.table) if not catalog.is_partitioned(child)]
    if text is None or not leaves:
        return None
    named = text
    if operation.constraint.name is None:
        named = with_word(text, {"ADD"}, f"CONSTRAINT {sql_name(name, dialect)}", dialect) or text
    (action,) = (each.action for each in actions(named, dialect))
    shown = [as_written(leaf, operation.table, context) for leaf in leaves]
    added = [f"ALTER TABLE {sql_table(leaf, dialect)} {action} NOT VALID" for leaf in shown]
    checked = [
        f"ALTER TABLE {sql_table(leaf, dialect)} VALIDATE CONSTRAINT {sql_name(name, dialect)}" for leaf in shown
    ]
    return instead(
        operation,
        context,
        step(f"add_{name}_to_partitions", Stage.EXPAND, *added),
        step(f"validate_{name}", Stage.VALIDATE, *checked),
        step(f"add_{name}", Stage.EXPAND, named),
        applicability=Applicability.MANUAL,
    )


def _check_column(operation: AddColumn, context: Context) -> Iterable[Hit]:
    """Where no default is written, not even NULL, the server knows that there is nothing to compare."""
    if operation.column.default is None or adds_nothing(operation, context) or not keeps_waiting(context.effects):
        return
    column = sql_name(operation.column.name, context.dialect)
    yield Hit(
        object=context.display(operation.table),
        message="ADD COLUMN with a default and REFERENCES holds "
        f"{held(context.effects, 'the rows of both tables are compared')}",
        help=HELP,
        rewrite=column_then_validate(
            operation, ConstraintKind.FOREIGN_KEY, "REFERENCES", f"FOREIGN KEY ({column}) ", context
        ),
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
