"""Maintenance that writes the whole table again while everybody waits

## What

VACUUM FULL, CLUSTER, SET LOGGED, SET UNLOGGED, SET TABLESPACE and SET ACCESS METHOD on a table that exists before
this change.

## Why

Every row and every index is written again under ACCESS EXCLUSIVE: nobody reads or writes the table until it is
done.

## Refused

```sql
CLUSTER orders USING orders_pkey;
```

```sql
-- migrail: transaction=off
VACUUM FULL orders;
```

```sql
ALTER TABLE orders SET UNLOGGED;
```

## Accepted

```sql
-- migrail: transaction=off
VACUUM orders;
```

```sql
CREATE TABLE imports (id bigint);
ALTER TABLE imports SET UNLOGGED;
```

## No rewrite

No statement of the server writes a table again while it is in use, and extensions that do cannot be taken for
granted. A second table needs a time at which nothing is written that the copy has missed, and takes along foreign
keys, grants and views: its author has to plan that. The finding says what can be done instead.

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18 for CLUSTER, SET LOGGED and SET UNLOGGED: new files for table and indexes.
- PostgreSQL manual, VACUUM and ALTER TABLE, for the others.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AlterAttribute, AlterTableOption, Maintain, SetExpression
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_table
from migrail.rules._words import held, keeps_waiting

BLOAT = """\
Plain VACUUM gives the room back to the table while everybody goes on. For a smaller file, the extensions \
pg_repack and pg_squeeze write it again with short locks only, where they can be installed; else make another \
table, copy the rows in batches while a trigger writes changes to both, and swap the names:
-- migrail: transaction=off
VACUUM {table};"""

MOVE = """\
There is no way to do it while the table is in use. Make another table that is as it should be, copy the rows in \
batches while a trigger writes changes to both, and let it take the name; or do it when few wait for {table}"""


def _check(
    operation: Maintain | AlterTableOption | SetExpression | AlterAttribute, context: Context
) -> Iterable[Hit]:
    table = operation.target
    if table is None or not context.effects.rewrites or not keeps_waiting(context.effects):
        return
    by_maintenance = isinstance(operation, Maintain)
    match operation:
        case Maintain():
            what = operation.verb
        case AlterTableOption():
            what = operation.option
        case SetExpression():
            what = "SET EXPRESSION"
        case AlterAttribute():
            what = f"ALTER ATTRIBUTE of {context.display(table)}"
    yield Hit(
        object=context.display(table),
        message=f"{what} writes every row again; it holds {held(context.effects, 'that is done')}",
        help=(BLOAT if by_maintenance else MOVE).format(table=sql_table(table, context.dialect)),
    )


RULE = Rule(
    code="MR220",
    name="table-rewritten",
    severity=Severity.ERROR,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(Maintain, AlterTableOption, SetExpression, AlterAttribute),
    check_operation=_check,
)
