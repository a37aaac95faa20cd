"""TRUNCATE removes every row while everybody waits

## What

TRUNCATE of a table that exists before this change.

## Why

All rows are gone. On PostgreSQL the table is locked with ACCESS EXCLUSIVE until the transaction ends, triggers ON
DELETE do not fire, and a snapshot taken before sees an empty table. On MySQL and MariaDB it commits at once and
cannot be rolled back.

## Refused

```sql
TRUNCATE sessions;
```

## Accepted

```sql
CREATE TABLE imports (id bigint PRIMARY KEY);
TRUNCATE imports;
```

```sql
DELETE FROM sessions WHERE expires_at < now() - interval '30 days';
```

## No rewrite

The rows are gone afterwards, whatever the statement. Whether anybody misses them is for people to say.

## Since

0.2.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: ACCESS EXCLUSIVE and new files. PostgreSQL manual, TRUNCATE, "Notes".
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import Truncate
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_table

HELP = """\
Say which rows, and delete them in batches of some thousand while others go on working:
DELETE FROM {table} WHERE ...;
When every row is meant and nobody misses it, say so in the file:
-- migrail: ignore MR304 reason="..."
TRUNCATE {table};"""


def _check(operation: Truncate, context: Context) -> Iterable[Hit]:
    if context.catalog.is_new(operation.table):
        return
    table = context.display(operation.table)
    waits = ": nobody reads or writes it until the transaction ends" if context.dialect.transactional_ddl else ""
    yield Hit(
        object=table,
        message=f"TRUNCATE removes every row of {table}{waits}",
        help=HELP.format(table=sql_table(operation.table, context.dialect)),
    )


RULE = Rule(
    code="MR304",
    name="truncate",
    severity=Severity.ERROR,
    category=Category.DATA_LOSS,
    dialects=("postgres", "mysql", "mariadb"),
    on=(Truncate,),
    check_operation=_check,
)
