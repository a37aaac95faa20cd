"""A change of type cuts, rounds or forgets values without a word

## What

ALTER COLUMN ... TYPE from a type to one that holds less, where the server converts silently: fewer decimals,
fewer fractions of a second, a date instead of a moment, an integer or real instead of a wider floating or exact
number, a moment without its time zone; and a shorter text where USING casts it.

## Why

The statement succeeds, and what was cut is gone. The numbers are right in environments whose rows happen to
fit.

## Refused

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric(12,4));
-- migration:
ALTER TABLE orders ALTER COLUMN total TYPE numeric(10,2);
```

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, placed timestamptz);
-- migration:
ALTER TABLE orders ALTER COLUMN placed TYPE date;
```

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
-- migration:
ALTER TABLE orders ALTER COLUMN note TYPE varchar(20) USING note::varchar(20);
```

## Accepted

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric(12,2));
-- migration:
ALTER TABLE orders ALTER COLUMN total TYPE numeric(14,2);
```

```sql
CREATE TABLE imports (id bigint PRIMARY KEY, total numeric(12,4));
ALTER TABLE imports ALTER COLUMN total TYPE numeric(10,2);
```

## No rewrite

The values are lost, whatever the steps; a column beside the old one keeps them until people say that nobody
needs them. The steps are those of MR203.

## Since

0.2.0

## Sources

- Measured on PostgreSQL 15 and 18, see `tests/rules/test_type_values.py`: assignment casts round numbers and
  times silently, and refuse a text that is too long (22001), which an explicit cast cuts.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AlterColumnType
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_name, sql_table
from migrail.rules._type_change import change, loss

HELP = """\
Look for rows that change:
SELECT * FROM {table} WHERE {column}::{new}::{old} IS DISTINCT FROM {column};
Keep the values in a new column beside the old one (migrail rule MR203 shows the steps), and drop the old one when
nobody needs them."""


def _check(operation: AlterColumnType, context: Context) -> Iterable[Hit]:
    column = context.catalog.column(operation.table, operation.column)
    if context.catalog.is_new(operation.table) or column is None or column.type is None:
        return
    lost = loss(column.type, operation.type, casts=operation.using is not None)
    if lost is None or not lost.silent:
        return
    yield Hit(
        object=context.display_column(operation.table, operation.column),
        message=f"{change(operation, context)} {lost.what}, without an error",
        help=HELP.format(
            table=sql_table(operation.table, context.dialect),
            column=sql_name(operation.column, context.dialect),
            old=column.type,
            new=operation.type,
        ),
    )


RULE = Rule(
    code="MR305",
    name="type-change-loses-data",
    severity=Severity.ERROR,
    category=Category.DATA_LOSS,
    dialects=("postgres",),
    on=(AlterColumnType,),
    check_operation=_check,
)
