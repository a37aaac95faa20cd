"""Renaming a column breaks the code that uses the old name

## What

RENAME COLUMN on a table that exists before this change.

## Why

The running version asks for the old name, the next one for the new name, and both run at the same time
during a deployment. The rename itself is instant on every server, which is why it looks harmless.

## Refused

```sql
ALTER TABLE customers RENAME COLUMN phone TO telephone;
```

```sql sqlite
ALTER TABLE customers RENAME phone TO telephone;
```

## Accepted

```sql
ALTER TABLE customers ADD COLUMN telephone text;
```

```sql
CREATE TABLE imports (id bigint, raw text);
ALTER TABLE imports RENAME COLUMN raw TO body;
```

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: RENAME COLUMN takes ACCESS EXCLUSIVE for a moment.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import RenameColumn
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_name, sql_table

HELP = """\
Expand, then contract, in changes of their own:
ALTER TABLE {table} ADD COLUMN {new} {type};  -- deploy code that writes both columns
UPDATE {table} SET {new} = {old} WHERE {new} IS NULL AND {old} IS NOT NULL;  -- in batches
ALTER TABLE {table} DROP COLUMN {old};  -- when all code reads and writes {new} only
Or keep the name in the database and map it in the application."""


def _check(operation: RenameColumn, context: Context) -> Iterable[Hit]:
    if context.catalog.is_new(operation.table):
        return
    table = context.display(operation.table)
    column = context.catalog.column(operation.table, operation.column)
    yield Hit(
        object=context.display_column(operation.table, operation.column),
        message=f"{table}.{operation.column} is renamed to {operation.new_name}: "
        "queries of the running application that use the old name fail",
        help=HELP.format(
            table=sql_table(operation.table, context.dialect),
            old=sql_name(operation.column, context.dialect),
            new=sql_name(operation.new_name, context.dialect),
            type=column.type if column is not None and column.type is not None else "...",
        ),
    )


RULE = Rule(
    code="MR104",
    name="rename-column",
    severity=Severity.ERROR,
    category=Category.COMPATIBILITY,
    dialects=("postgres", "sqlite", "mysql", "mariadb"),
    on=(RenameColumn,),
    check_operation=_check,
)
