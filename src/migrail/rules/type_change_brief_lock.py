"""A free change of type still locks the table for a moment

## What

ALTER COLUMN ... TYPE on a table that exists before this change, when only catalog entries change. A note,
not an error.

## Why

ACCESS EXCLUSIVE is held for milliseconds, but it has to be waited for: behind a long query, and every later
query queues up behind it. The server also deletes the column's statistics, so plans may be bad until
ANALYZE has run.

## Refused

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note varchar(20));
-- migration:
ALTER TABLE orders ALTER COLUMN note TYPE varchar(40);
```

## Accepted

```sql
CREATE TABLE imports (id bigint, note varchar(20));
ALTER TABLE imports ALTER COLUMN note TYPE text;
```

## No rewrite

There is no other statement that does it with a weaker lock. Keep the transaction short, and let it give up
soon.

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: same files for table and indexes before and after, statistics gone.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.dialects import TypeChange
from migrail.model.findings import Category, Severity
from migrail.model.operations import AlterColumnType
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_table
from migrail.rules._type_change import change
from migrail.rules._words import held, keeps_waiting

HELP = """\
Nothing to rewrite. The column's statistics are deleted, so run afterwards:
ANALYZE {table};"""

_TIMES = {"timestamp", "timestamptz"}


def _check(operation: AlterColumnType, context: Context) -> Iterable[Hit]:
    cost = context.dialect.type_change(operation, context.catalog, context.version)
    if cost is not TypeChange.FREE or context.catalog.is_new(operation.table):
        return
    if not keeps_waiting(context.effects):
        return
    zone = " while the session's TimeZone is UTC" if _depends_on_zone(operation, context) else ""
    yield Hit(
        object=context.display(operation.table),
        message=f"changing {change(operation, context)} touches catalog entries only{zone}; "
        f"it holds {held(context.effects, 'the transaction ends')}",
        help=HELP.format(table=sql_table(operation.table, context.dialect)),
    )


def _depends_on_zone(operation: AlterColumnType, context: Context) -> bool:
    column = context.catalog.column(operation.table, operation.column)
    return column is not None and column.type is not None and {column.type.name, operation.type.name} == _TIMES


RULE = Rule(
    code="MR204",
    name="type-change-brief-lock",
    severity=Severity.NOTE,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(AlterColumnType,),
    check_operation=_check,
)
