"""A NOT NULL column loses its default, and INSERTs that do not name the column fail

## What

ALTER COLUMN ... DROP DEFAULT on a column that is NOT NULL, in a table that exists before this change.

## Why

The running version inserts without the column and relied on the default; now every one of its INSERTs is refused
(23502). It is an error where the same change adds the column, since no running version can know it: frameworks
that keep defaults in the application write ADD COLUMN ... DEFAULT and then DROP DEFAULT. Of an older column
somebody may well write every row with a value, so that it is a warning there.

## Refused

```sql
ALTER TABLE orders ADD COLUMN note text NOT NULL DEFAULT '';
ALTER TABLE orders ALTER COLUMN note DROP DEFAULT;
```

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text NOT NULL DEFAULT '');
-- migration:
ALTER TABLE orders ALTER COLUMN note DROP DEFAULT;
```

## Accepted

```sql
ALTER TABLE orders ADD COLUMN note text NOT NULL DEFAULT '';
```

```sql
ALTER TABLE orders ADD COLUMN note text NOT NULL DEFAULT 'imported';
ALTER TABLE orders ALTER COLUMN note DROP DEFAULT;
ALTER TABLE orders ALTER COLUMN note SET DEFAULT '';
```

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text DEFAULT '');
-- migration:
ALTER TABLE orders ALTER COLUMN note DROP DEFAULT;
```

## No rewrite

For a column that was there before: the statement is right as soon as no deployed version inserts without the
column, which no SQL tells. That of a new column is left out, and the finding shows it for a later change.

## Since

0.2.0

## Sources

- PostgreSQL error 23502 (not_null_violation). Django before 5.0 drops the default of every column that it adds.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import DropDefault, SetDefault
from migrail.model.rewrites import Rewrite
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_name, sql_table
from migrail.rules._rewrites import edited

KEEP = """\
Leave the statement out: keep the default until no deployed version inserts without the column, and drop it in a
later change"""

LATER = "ALTER TABLE {table} ALTER COLUMN {column} DROP DEFAULT;"


def _check(operation: DropDefault, context: Context) -> Iterable[Hit]:
    catalog, table = context.catalog, operation.table
    added = context.outline.added_column(table, operation.column)
    column = catalog.column(table, operation.column) or added
    if catalog.is_new(table) or column is None or not column.not_null or column.default is None:
        return
    if context.outline.makes_later(SetDefault, table, context.statement.number, operation.column):
        return
    rewrite = _rewrite(operation, context) if added is not None else None
    place, column_name = sql_table(table, context.dialect), sql_name(operation.column, context.dialect)
    shown = context.display_column(table, operation.column)
    yield Hit(
        object=shown,
        severity=None if added is not None else Severity.WARNING,
        message=(
            f"{shown} is new and loses its default: every INSERT of the running application, which does not know "
            "the column, fails"
            if added is not None
            else f"{shown} loses its default: INSERTs of the running application that do not name the column fail"
        ),
        help=KEEP if rewrite is not None else f"{KEEP}:\n{LATER.format(table=place, column=column_name)}",
        rewrite=rewrite,
    )


def _rewrite(operation: DropDefault, context: Context) -> Rewrite | None:
    """The file without the statement."""
    if len(context.operations) != 1:
        return None
    return edited(f"keep_default_of_{operation.column}", context, (context.statement, None))


RULE = Rule(
    code="MR111",
    name="default-dropped",
    severity=Severity.ERROR,
    category=Category.COMPATIBILITY,
    dialects=("postgres", "mysql", "mariadb"),
    on=(DropDefault,),
    check_operation=_check,
)
