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
from migrail.rules._names import sql_name, sql_table
from migrail.rules._type_change import change
from migrail.rules._words import held, keeps_waiting

HELP = """\
Add a column of the new type and move over to it, in changes of their own:
ALTER TABLE {table} ADD COLUMN {new} {type};  -- deploy code, or a trigger, that writes both
UPDATE {table} SET {new} = {column} WHERE {new} IS NULL AND {column} IS NOT NULL;  -- in batches
ALTER TABLE {table} DROP COLUMN {column};  -- when all code uses {new}"""

UNKNOWN = """\
Tell migrail the type before: check the file together with the older migrations. If the change is not free:
"""

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
    yield Hit(
        object=context.display(operation.table),
        message=f"changing {change(operation, context)} {work}{why}; it holds {held(context.effects, until)}",
        help=(UNKNOWN if why else "")
        + HELP.format(
            table=sql_table(operation.table, context.dialect),
            column=sql_name(operation.column, context.dialect),
            new=_successor(operation, context),
            type=operation.type,
        ),
    )


def _successor(operation: AlterColumnType, context: Context) -> str:
    """A name for the column that takes over."""
    return sql_name(context.dialect.fold(f"{operation.column}_new", True), context.dialect)


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
