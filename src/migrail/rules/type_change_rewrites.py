"""Changing a column's type rewrites or reads the table while everybody waits

## What

ALTER COLUMN ... TYPE on a table that exists before this change, when the server writes every row again,
builds indexes again, or reads every row to check constraints. Also when migrail cannot tell, because no
migration shows the type before or the pair of types was never measured.

## Why

All of it happens under ACCESS EXCLUSIVE: nobody reads or writes the table. Whether a change is free depends
on both types, on indexes, on CHECKs and on a USING clause; ``varchar(20)`` to ``varchar(40)`` is free,
``integer`` to ``bigint`` and ``char(10)`` to ``char(20)`` are not.

## Refused

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, total integer);
-- migration:
ALTER TABLE orders ALTER COLUMN total TYPE bigint;
```

```sql
ALTER TABLE orders ALTER COLUMN note TYPE text;
```

## Accepted

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note varchar(20));
-- migration:
ALTER TABLE orders ALTER COLUMN note TYPE text;
```

```sql
CREATE TABLE imports (id bigint, total integer);
ALTER TABLE imports ALTER COLUMN total TYPE bigint;
```

## Since

0.1.0

## Sources

- Some 60 pairs of types measured on PostgreSQL 15, 16 and 18: new files for the table, for its indexes,
  rows read.
- PostgreSQL manual, ALTER TABLE, "Notes".
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.dialects import TypeChange
from migrail.model.findings import Category, Severity
from migrail.model.operations import AlterColumnType
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._retype import by_new_column, without_checks
from migrail.rules._type_change import change
from migrail.rules._words import held, keeps_waiting

BY_COLUMN = "Fill a column of the new type while the table is used, and let it take the place of the old one"
BY_CHECKS = "Take the checks away for the change and add them again NOT VALID; validate them in another migration"
UNKNOWN = """\
Tell migrail the type before: check the file together with the older migrations. If the change is not free, fill a \
column of the new type while the table is used, and let it take the place of the old one"""

_WORK = {
    TypeChange.REWRITE: ("writes every row again, with all indexes", "that is done"),
    TypeChange.INDEXES: ("builds the indexes on the column again", "they are built"),
    TypeChange.SCAN: ("reads every row to check constraints again", "all rows are read"),
    TypeChange.UNKNOWN: ("may write every row again", "that is done"),
}


def _check(operation: AlterColumnType, context: Context) -> Iterable[Hit]:
    cost = context.dialect.type_change(operation, context.catalog, context.version)
    if cost not in _WORK or context.catalog.is_new(operation.table) or not keeps_waiting(context.effects):
        return
    work, until = _WORK[cost]
    why = _why_unknown(operation, context) if cost is TypeChange.UNKNOWN else ""
    checks = without_checks(operation, context) if cost is TypeChange.SCAN else None
    yield Hit(
        object=context.display(operation.table),
        message=f"changing {change(operation, context)} {work}{why}; it holds {held(context.effects, until)}",
        help=UNKNOWN if why else BY_CHECKS if checks else BY_COLUMN,
        rewrite=checks or by_new_column(operation, context),
    )


def _why_unknown(operation: AlterColumnType, context: Context) -> str:
    column = context.catalog.column(operation.table, operation.column)
    if column is None or column.type is None:
        return " (no migration shows its type before)"
    return " (this pair of types was never measured)"


RULE = Rule(
    code="MR203",
    name="type-change-rewrites",
    severity=Severity.ERROR,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(AlterColumnType,),
    check_operation=_check,
)
