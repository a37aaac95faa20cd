"""Dropping a table breaks the code that still uses it

## What

DROP TABLE of a table that exists before this change, also where one of that name is made anew afterwards; CREATE OR
REPLACE TABLE of MariaDB. A table that the same change creates is left alone, and so is DROP TABLE IF EXISTS of a
table that no migration made. A table that the same migration makes anew is left alone if it takes the rows along,
and one whose name an older table gets; columns that are lost on the way are a matter of MR102.

## Why

The application that is running while the migration is applied was written for the table. Its queries fail from
the moment of the commit until the new version is everywhere, and so does a roll-back to the version before. The
rows are gone. The table and every table that a foreign key ties to it are locked with ACCESS EXCLUSIVE for a
moment.

## Refused

```sql
DROP TABLE legacy_orders;
```

```sql sqlite
DROP TABLE legacy_orders;
```

## Accepted

```sql
CREATE TABLE staging_rows (id bigint PRIMARY KEY);
DROP TABLE staging_rows;
```

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
DROP TABLE IF EXISTS never_made;
```

A table that is rebuilt keeps its name:

```sql sqlite
-- history:
CREATE TABLE orders (id integer PRIMARY KEY, total text);
-- migration:
CREATE TABLE orders_new (id integer PRIMARY KEY, total integer NOT NULL);
INSERT INTO orders_new SELECT id, total FROM orders;
DROP TABLE orders;
ALTER TABLE orders_new RENAME TO orders;
```

When no deployed version uses the table any more, the drop is right, and the reason belongs into the file:

```sql
-- migrail: ignore MR101 reason="last reader removed in release 41, a week ago"
DROP TABLE legacy_orders;
```

## No rewrite

What is dropped is missed by code that a file does not show. The finding shows the statement with the line that
says that nobody uses it any more.

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: DROP TABLE locks both sides of every foreign key with ACCESS EXCLUSIVE.
- PostgreSQL manual, DROP TABLE.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import CreateTable, DropTable, RenameTable
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_table

HELP = """\
First deploy a version that neither reads nor writes the table, everywhere; drop it in a later change.
When that has happened, say so in the file:
-- migrail: ignore MR101 reason="..."
DROP TABLE {table};"""


def _check(operation: DropTable | CreateTable, context: Context) -> Iterable[Hit]:
    if isinstance(operation, CreateTable):
        yield from _check_replaced(operation, context)
        return
    if context.catalog.is_new(operation.table) or _finds_nothing(operation, context):
        return
    rebuild = context.outline.rebuild(operation, context.statement.number)
    renamed = context.outline.makes_later(RenameTable, operation.table, context.statement.number)
    if rebuild.keeps_rows if rebuild is not None else renamed:
        return
    table = context.display(operation.table)
    more = " and, with CASCADE, whatever depends on it" if operation.cascade else ""
    yield Hit(
        object=table,
        message=f"DROP TABLE removes {table} with its rows{more}: "
        + (
            "the new table of that name gets none of them"
            if rebuild is not None
            else "queries of the running application that use it fail"
        ),
        help=HELP.format(table=sql_table(operation.table, context.dialect)),
    )


def _check_replaced(operation: CreateTable, context: Context) -> Iterable[Hit]:
    known = context.catalog.table(operation.table)
    if not operation.replace or operation.temporary or context.catalog.is_new(operation.table):
        return
    if known is None and context.catalog.complete:
        return
    table = context.display(operation.table)
    yield Hit(
        object=table,
        message=f"CREATE OR REPLACE TABLE drops {table} with its rows where it is there",
        help="Change the table by ALTER TABLE, which keeps its rows.",
    )


def _finds_nothing(operation: DropTable, context: Context) -> bool:
    """Whether IF EXISTS meets a name that no migration made."""
    return operation.if_exists and context.catalog.complete and context.catalog.table(operation.table) is None


RULE = Rule(
    code="MR101",
    name="drop-table",
    severity=Severity.ERROR,
    category=Category.COMPATIBILITY,
    dialects=("postgres", "sqlite", "mysql", "mariadb"),
    on=(DropTable, CreateTable),
    check_operation=_check,
)
