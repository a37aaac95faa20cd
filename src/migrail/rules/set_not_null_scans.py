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
from migrail.model.operations import AddConstraint, SetNotNull, ValidateConstraint
from migrail.model.structure import ConstraintKind
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import made_name, sql_name, sql_table
from migrail.rules._words import held, keeps_waiting

BY_CHECK = """\
Prove it first, while reads and writes go on. First migration:
ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({column} IS NOT NULL) NOT VALID;
Second migration:
ALTER TABLE {table} VALIDATE CONSTRAINT {name};
Third migration, which scans nothing any more:
ALTER TABLE {table} ALTER COLUMN {column} SET NOT NULL;
ALTER TABLE {table} DROP CONSTRAINT {name};"""

NATIVE = """\
Prove it while reads and writes go on. First migration:
ALTER TABLE {table} ADD CONSTRAINT {name} NOT NULL {column} NOT VALID;
Second migration:
ALTER TABLE {table} VALIDATE CONSTRAINT {name};"""

NOT_VALID_FROM = (18,)
"""The first PostgreSQL whose NOT NULL can be NOT VALID (release notes 18)."""


def _check(operation: SetNotNull | AddConstraint | ValidateConstraint, context: Context) -> Iterable[Hit]:
    if context.catalog.is_new(operation.table):
        return
    if isinstance(operation, ValidateConstraint):
        yield from _check_validation(operation, context)
        return
    columns = _columns(operation)
    if not columns or not context.effects.scans or not keeps_waiting(context.effects):
        return
    table = context.display(operation.table)
    form = "SET NOT NULL" if isinstance(operation, SetNotNull) else "ADD CONSTRAINT ... NOT NULL"
    yield Hit(
        object=table,
        message=f"{form} holds {held(context.effects, f'every row of {table} is read')}",
        help=_help(operation, columns[0], context),
    )


def _columns(operation: SetNotNull | AddConstraint) -> tuple[str, ...]:
    if isinstance(operation, SetNotNull):
        return (operation.column,)
    constraint = operation.constraint
    return constraint.columns if constraint.kind is ConstraintKind.NOT_NULL else ()


def _check_validation(operation: ValidateConstraint, context: Context) -> Iterable[Hit]:
    """NOT VALID buys nothing when the rows are validated before its lock is gone."""
    added = context.outline.added_before(operation, context.statement.number)
    if not context.in_transaction or added is None or added.constraint.kind is not ConstraintKind.NOT_NULL:
        return
    table = context.display(operation.table)
    before = context.dialect.effects(added, context.catalog, context.version)
    yield Hit(
        object=table,
        message="VALIDATE CONSTRAINT in the transaction that added the constraint, which still holds "
        f"{held(before, f'every row of {table} is read')}",
        help=_help(added, added.constraint.columns[0], context),
    )


def _help(operation: SetNotNull | AddConstraint, column: str, context: Context) -> str:
    dialect = context.dialect
    return (NATIVE if context.version >= NOT_VALID_FROM else BY_CHECK).format(
        table=sql_table(operation.table, dialect),
        column=sql_name(column, dialect),
        name=made_name(operation.table, column, "not_null", dialect=dialect),
    )


RULE = Rule(
    code="MR202",
    name="set-not-null-scans",
    severity=Severity.ERROR,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(SetNotNull, AddConstraint, ValidateConstraint),
    check_operation=_check,
)
