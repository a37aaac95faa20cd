"""Renaming a table breaks the code that uses the old name

## What

ALTER TABLE ... RENAME TO on a table that exists before this change, unless the same migration creates a
view with the old name afterwards.

## Why

There is no moment at which the old and the new version of the application both find their table. A view
with the old name, made in the same transaction, gives both of them one: simple views accept INSERT, UPDATE
and DELETE on PostgreSQL. On SQLite views are read-only, so writes of the old version still fail there.

## Refused

```sql
ALTER TABLE customers RENAME TO clients;
```

```sql sqlite
ALTER TABLE customers RENAME TO clients;
```

## Accepted

```sql
ALTER TABLE customers RENAME TO clients;
CREATE VIEW customers AS SELECT * FROM clients;
```

```sql
CREATE TABLE customers_new (id bigint PRIMARY KEY);
ALTER TABLE customers_new RENAME TO customers_2;
```

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: RENAME takes ACCESS EXCLUSIVE for a moment.
- PostgreSQL manual, CREATE VIEW, "Updatable Views".
- SQLite, ``lang_createview.html``: views are read-only.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import CreateView, RenameTable
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_name, sql_table

HELP = """\
Leave a view with the old name behind, in the same migration, and drop it when no deployed version uses it:
ALTER TABLE {table} RENAME TO {new};
CREATE VIEW {table} AS SELECT * FROM {target};"""


def _check(operation: RenameTable, context: Context) -> Iterable[Hit]:
    if context.catalog.is_new(operation.table) or _leaves_view(operation, context):
        return
    table = context.display(operation.table)
    new = sql_name(operation.new_name, context.dialect)
    schema = operation.table.schema
    yield Hit(
        object=table,
        message=f"{table} is renamed to {operation.new_name}: "
        "queries of the running application that use the old name fail",
        help=HELP.format(
            table=sql_table(operation.table, context.dialect),
            new=new,
            target=new if schema is None else f"{sql_name(schema, context.dialect)}.{new}",
        ),
    )


def _leaves_view(operation: RenameTable, context: Context) -> bool:
    """Whether a later statement of the file makes a view with the old name, so that old queries find one."""
    return context.outline.makes_later(CreateView, operation.table, context.statement.number)


RULE = Rule(
    code="MR103",
    name="rename-table",
    severity=Severity.ERROR,
    category=Category.COMPATIBILITY,
    dialects=("postgres", "sqlite", "mysql", "mariadb"),
    on=(RenameTable,),
    check_operation=_check,
)
