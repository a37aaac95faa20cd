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

## No rewrite

On other servers than PostgreSQL, where something hangs on the column, and for generated columns: what becomes of
that is for its author to say. The finding shows the statements of both migrations.

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: RENAME COLUMN takes ACCESS EXCLUSIVE for a moment.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import RenameColumn
from migrail.model.rewrites import Applicability, Rewrite, Stage
from migrail.model.structure import Column, Generated
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_name, sql_table
from migrail.rules._retype import by_renamed_column
from migrail.rules._rewrites import instead, step

HELP = """\
Expand, then contract, in changes of their own:
ALTER TABLE {table} ADD COLUMN {new} {type};  -- deploy code that writes both columns
UPDATE {table} SET {new} = {old} WHERE {new} IS NULL AND {old} IS NOT NULL;  -- in batches
ALTER TABLE {table} DROP COLUMN {old};  -- when all code reads and writes {new} only
Or keep the name in the database and map it in the application."""


PLAIN = """\
Expand, then contract, in changes of their own; or keep the name in the database and map it in the application"""


def _check(operation: RenameColumn, context: Context) -> Iterable[Hit]:
    if context.catalog.is_new(operation.table) or context.is_new_column(operation.table, operation.column):
        return
    table = context.display(operation.table)
    column = context.catalog.column(operation.table, operation.column)
    rewrite = _rewrite(operation, column, context)
    yield Hit(
        object=context.display_column(operation.table, operation.column),
        message=f"{table}.{operation.column} is renamed to {operation.new_name}: "
        "queries of the running application that use the old name fail",
        rewrite=rewrite,
        help=PLAIN
        if rewrite is not None
        else HELP.format(
            table=sql_table(operation.table, context.dialect),
            old=sql_name(operation.column, context.dialect),
            new=sql_name(operation.new_name, context.dialect),
            type=column.type if column is not None and column.type is not None else "...",
        ),
    )


def _rewrite(operation: RenameColumn, column: Column | None, context: Context) -> Rewrite | None:
    if column is None or column.type is None or column.generated is Generated.STORED:
        return None
    if context.dialect.name == "postgres":
        return by_renamed_column(operation, column, context)
    return _by_the_application(operation, column, context) if _is_plain(operation, column, context) else None


def _by_the_application(operation: RenameColumn, column: Column, context: Context) -> Rewrite:
    """Where a trigger is more than a few words, the next version of the application writes both columns."""
    dialect = context.dialect
    table = sql_table(operation.table, dialect)
    old, new = sql_name(operation.column, dialect), sql_name(operation.new_name, dialect)
    name = operation.new_name
    fill = f"UPDATE {table} SET {new} = {old} WHERE {new} IS NULL AND {old} IS NOT NULL"
    return instead(
        operation,
        context,
        step(f"add_{name}", Stage.EXPAND, f"ALTER TABLE {table} ADD COLUMN {new} {column.type}"),
        step(
            f"fill_{name}",
            Stage.BACKFILL,
            fill,
            remark="when every version writes both; in batches",
        ),
        step(
            f"drop_{operation.column}",
            Stage.CONTRACT,
            f"ALTER TABLE {table} DROP COLUMN {old}",
            remark=f"when every version reads and writes {name} only",
        ),
        applicability=Applicability.MANUAL,
    )


def _is_plain(operation: RenameColumn, column: Column, context: Context) -> bool:
    """Whether nothing hangs on the column."""
    catalog, table, name = context.catalog, operation.table, operation.column
    if column.not_null or column.default is not None or column.generated is not None:
        return False
    known = catalog.table(table)
    if known is None or catalog.views_reading(table) or catalog.indexes_on(table, name) or known.triggers:
        return False
    return not any(name in constraint.columns for constraint in catalog.constraints_of(table))


RULE = Rule(
    code="MR104",
    name="rename-column",
    severity=Severity.ERROR,
    category=Category.COMPATIBILITY,
    dialects=("postgres", "sqlite", "mysql", "mariadb"),
    on=(RenameColumn,),
    check_operation=_check,
)
