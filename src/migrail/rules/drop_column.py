"""Dropping a column breaks the code that still names it

## What

DROP COLUMN on a table that exists before this change. A table that is made anew without one of its columns, or
whose column gets none of the old values because the INSERT leaves it out: SQLite can change little else, so that
tools rebuild tables there, and what they forget to name is gone.

## Why

ORMs name every column they know in SELECT and INSERT. Until the version that does not know the column is
everywhere, the running one fails on every access to the table, not only where the column matters. The
values are gone. On PostgreSQL, indexes over several columns and multi-column CHECKs that use the column go
with it without a word.

## Refused

```sql
ALTER TABLE customers DROP COLUMN phone;
```

```sql sqlite
ALTER TABLE customers DROP COLUMN phone;
```

```sql sqlite
-- history:
CREATE TABLE orders (id integer PRIMARY KEY, total text, note text);
-- migration:
CREATE TABLE orders_new (id integer PRIMARY KEY, total integer NOT NULL);
INSERT INTO orders_new SELECT id, total FROM orders;
DROP TABLE orders;
ALTER TABLE orders_new RENAME TO orders;
```

```sql sqlite
-- history:
CREATE TABLE orders (id integer PRIMARY KEY, total text, note text);
-- migration:
CREATE TABLE orders_new (id integer PRIMARY KEY, total integer NOT NULL, note text);
INSERT INTO orders_new (id, total) SELECT id, total FROM orders;
DROP TABLE orders;
ALTER TABLE orders_new RENAME TO orders;
```

## Accepted

```sql
CREATE TABLE imports (id bigint, raw text);
ALTER TABLE imports DROP COLUMN raw;
```

A column that is NOT NULL without a default is freed first, so that the next version can stop writing it:

```sql
ALTER TABLE customers ALTER COLUMN phone DROP NOT NULL;
```

## No rewrite

What is dropped is missed by code that a file does not show. The finding shows the statement with the line that
says that nobody uses it any more.

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: DROP COLUMN is ACCESS EXCLUSIVE without a scan, and silently drops
  indexes and CHECKs that use the column together with others.
- SQLite, ``lang_altertable.html``: DROP COLUMN from 3.35 on, which writes every row again.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.catalog.rebuilt import rebuilt
from migrail.model.findings import Category, Severity
from migrail.model.operations import DropColumn, DropTable, RenameTable
from migrail.model.text import visible
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_name, sql_table

HELP = """\
First deploy a version that neither reads nor writes the column (ORMs name all columns they know), everywhere;
drop it in a later change. When that has happened, say so in the file:
-- migrail: ignore MR102 reason="..."
ALTER TABLE {table} DROP COLUMN {column};"""


REBUILT_HELP = """\
Make the new table with the column, and drop it in a later change, when no deployed version names it any more.
When that has happened, say so in the file:
-- migrail: ignore MR102 reason="..."
{statement}"""


EMPTIED_HELP = """\
Take the values along: name {column} in the INSERT and in its SELECT. Where they are to go, say so in the file:
-- migrail: ignore MR102 reason="..."
{statement}"""


def _check(operation: DropColumn | DropTable | RenameTable, context: Context) -> Iterable[Hit]:
    if not isinstance(operation, DropColumn):
        yield from _check_rebuilt(operation, context)
        return
    table, column = operation.table, operation.column
    if context.catalog.is_new(table) or context.is_new_column(table, column) or _finds_nothing(operation, context):
        return
    shown = context.display_column(table, column)
    yield Hit(
        object=shown,
        message=f"DROP COLUMN removes {shown} with its values: "
        "queries of the running application that name it fail",
        help=HELP.format(table=sql_table(table, context.dialect), column=sql_name(column, context.dialect)),
    )


def _check_rebuilt(operation: DropTable | RenameTable, context: Context) -> Iterable[Hit]:
    """Said once, where the old table leaves; without its rows it is dropped, which MR101 says."""
    rebuild = context.outline.rebuild_with_rows(operation, context.statement.number)
    both = None if context.catalog.is_new(operation.table) or not rebuild else rebuilt(context.catalog, rebuild)
    if both is None:
        return
    table, statement = context.display(operation.table), f"{visible(context.statement.text)};"
    for column in both.lost_columns:
        users = "".join(f"; {problem}" for problem in both.broken if f" {column}, " in problem)
        yield Hit(
            object=context.display_column(operation.table, column),
            message=f"{table} is made anew without its column {column}: "
            f"queries of the running application that name it fail{users}",
            help=REBUILT_HELP.format(statement=statement),
        )
    for column in both.emptied_columns:
        yield Hit(
            object=context.display_column(operation.table, column),
            message=f"{table} is made anew, and no INSERT fills its column {column}: the values are lost",
            help=EMPTIED_HELP.format(column=sql_name(column, context.dialect), statement=statement),
        )


def _finds_nothing(operation: DropColumn, context: Context) -> bool:
    """Whether IF EXISTS meets a column that a known table does not have."""
    table = context.catalog.table(operation.table)
    return operation.if_exists and table is not None and operation.column not in table.columns


RULE = Rule(
    code="MR102",
    name="drop-column",
    severity=Severity.ERROR,
    category=Category.COMPATIBILITY,
    dialects=("postgres", "sqlite", "mysql", "mariadb"),
    on=(DropColumn, DropTable, RenameTable),
    check_operation=_check,
)
