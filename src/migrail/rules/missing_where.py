"""UPDATE or DELETE without WHERE changes every row

## What

DELETE (error) or UPDATE (warning) without WHERE on a table that exists before this change.

## Why

A forgotten WHERE is the classic way to lose data, and no other environment shows it: their tables are small
and their rows are not missed. Where every row is really meant, one statement writes the whole table in one
transaction: each row stays locked for other writers until the end, replicas fall behind, and the table
grows by a copy of itself.

## Refused

```sql
DELETE FROM sessions;
```

```sql
UPDATE customers SET active = true;
```

```sql sqlite
DELETE FROM sessions;
```

## Accepted

```sql
DELETE FROM sessions WHERE expires_at < now() - interval '30 days';
```

```sql
CREATE TABLE imports (id bigint, note text);
UPDATE imports SET note = '';
```

When every row is meant, say so in the statement:

```sql
UPDATE customers SET active = true WHERE active IS DISTINCT FROM true;
```

## No rewrite

Which rows are meant is for the author to say.

## Since

0.1.0

## Sources

- PostgreSQL manual, 13.3.2 (row locks) and 25.1.2 (dead rows); SQLite, ``lang_delete.html`` (truncate
  optimization).
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import Delete, Update
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_name, sql_table

DELETES = """\
Say which rows:
DELETE FROM {table} WHERE ...;
When all of them are meant, say so: WHERE true, with a reason in
-- migrail: ignore MR301 reason="..." if you leave it out."""

UPDATES = """\
Say which rows, in batches of some thousand:
UPDATE {table} SET {column} = ... WHERE {column} IS DISTINCT FROM ... AND ...;"""


def _check(operation: Update | Delete, context: Context) -> Iterable[Hit]:
    if operation.has_where or context.catalog.is_new(operation.table):
        return
    table = context.display(operation.table)
    shown = sql_table(operation.table, context.dialect)
    if isinstance(operation, Delete):
        yield Hit(
            object=table,
            message=f"DELETE without WHERE removes every row of {table}",
            help=DELETES.format(table=shown),
        )
        return
    column = sql_name(operation.columns[0], context.dialect) if operation.columns else "..."
    yield Hit(
        object=table,
        severity=Severity.WARNING,
        message=f"UPDATE without WHERE writes every row of {table} in one transaction: "
        "other writers of those rows wait until it ends",
        help=UPDATES.format(table=shown, column=column),
    )


RULE = Rule(
    code="MR301",
    name="missing-where",
    severity=Severity.ERROR,
    category=Category.DATA_LOSS,
    dialects=("postgres", "sqlite", "mysql", "mariadb"),
    on=(Update, Delete),
    check_operation=_check,
)
