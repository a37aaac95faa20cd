"""A change of type fails on the first row that does not fit

## What

ALTER COLUMN ... TYPE to a type that cannot hold every value of the old one, where the server refuses those that
do not fit: a shorter text, a smaller integer, fewer digits, a text read as something else by USING.

## Why

Whether it works depends on the rows, and other environments have other ones. In production the statement has
written the table for minutes, under ACCESS EXCLUSIVE, when it meets the row and all of it is undone.

## Refused

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
-- migration:
ALTER TABLE orders ALTER COLUMN note TYPE varchar(20);
```

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, number text);
-- migration:
ALTER TABLE orders ALTER COLUMN number TYPE integer USING number::integer;
```

## Accepted

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note varchar(20));
-- migration:
ALTER TABLE orders ALTER COLUMN note TYPE varchar(40);
```

## Since

0.2.0

## Sources

- PostgreSQL errors 22001 (too long), 22003 (out of range), 22P02 and 22007 (cannot be read), measured on 15 and
  18.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AlterColumnType
from migrail.model.structure import SqlType
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_name, sql_table
from migrail.rules._type_change import change, limit, loss

HELP = (
    "Look for rows that do not fit in every environment, and mend them first:\nSELECT * FROM {table} WHERE {test};"
)


def _check(operation: AlterColumnType, context: Context) -> Iterable[Hit]:
    column = context.catalog.column(operation.table, operation.column)
    if context.catalog.is_new(operation.table) or column is None or column.type is None:
        return
    lost = loss(column.type, operation.type, casts=operation.using is not None)
    if lost is None or lost.silent or context.dialect.refuses(operation, context.catalog, context.version):
        return
    name = sql_name(operation.column, context.dialect)
    yield Hit(
        object=context.display_column(operation.table, operation.column),
        message=f"{change(operation, context)} {lost.what}: the statement fails there and everything is undone",
        help=HELP.format(table=sql_table(operation.table, context.dialect), test=_test(name, operation.type)),
    )


def _test(column: str, new: SqlType) -> str:
    """Which rows do not fit; from version 16 on the server can be asked for every type."""
    if new.name in {"varchar", "char"} and new.arguments:
        return f"length({column}) > {new.arguments[0]}"
    bound = limit(new)
    if bound is not None:
        return f"abs({column}::numeric) >= {bound}"
    return f"NOT pg_input_is_valid({column}::text, '{new}')  -- PostgreSQL 16 or newer"


RULE = Rule(
    code="MR406",
    name="type-change-may-fail",
    severity=Severity.WARNING,
    category=Category.WILL_FAIL,
    dialects=("postgres",),
    on=(AlterColumnType,),
    check_operation=_check,
)
