"""A new NOT NULL column without a default fails on a table with rows

## What

ADD COLUMN ... NOT NULL without a default, identity, serial or generated value, on a table that exists
before this change.

## Why

The server has no value for the rows that are there and refuses the statement. It works in environments
whose table happens to be empty, so the failure waits for production. And where the table is empty, the
running application breaks instead: its INSERTs do not name the new column.

## Refused

```sql
ALTER TABLE orders ADD COLUMN note text NOT NULL;
```

```sql sqlite
ALTER TABLE orders ADD COLUMN note text NOT NULL;
```

## Accepted

```sql
ALTER TABLE orders ADD COLUMN note text NOT NULL DEFAULT '';
```

```sql sqlite
ALTER TABLE orders ADD COLUMN note text NOT NULL DEFAULT '';
```

```sql
ALTER TABLE orders ADD COLUMN note text;
```

```sql
CREATE TABLE invoices (id bigint PRIMARY KEY);
ALTER TABLE invoices ADD COLUMN note text NOT NULL;
```

## Since

0.1.0

## Sources

- PostgreSQL: error 23502, "column contains null values". SQLite: "Cannot add a NOT NULL column with default
  value NULL", measured on 3.40: only when the table has rows.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AddColumn
from migrail.rules._columns import adds_nothing, is_required
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_name, sql_table

HELP = """\
Give it a default, and keep that until no deployed version inserts without the column:
ALTER TABLE {table} ADD COLUMN {column} {type} NOT NULL DEFAULT ...;
Or let it be NULL first, fill it, and make it NOT NULL in a later change:
ALTER TABLE {table} ADD COLUMN {column} {type};"""


def _check(operation: AddColumn, context: Context) -> Iterable[Hit]:
    if not is_required(operation) or context.catalog.is_new(operation.table) or adds_nothing(operation, context):
        return
    table = context.display(operation.table)
    column = operation.column
    yield Hit(
        object=context.display_column(operation.table, column.name),
        message=f"ADD COLUMN {column.name} NOT NULL without a default fails as soon as {table} has a row; "
        "on an empty table the running application's INSERTs fail, which do not name the column",
        help=HELP.format(
            table=sql_table(operation.table, context.dialect),
            column=sql_name(column.name, context.dialect),
            type=column.type or "...",
        ),
    )


RULE = Rule(
    code="MR401",
    name="required-column-added",
    severity=Severity.ERROR,
    category=Category.WILL_FAIL,
    dialects=("postgres", "sqlite"),
    on=(AddColumn,),
    check_operation=_check,
)
