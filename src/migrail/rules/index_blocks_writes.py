"""Building an index keeps every write to the table waiting

## What

CREATE INDEX without CONCURRENTLY on a table that exists before this change. On a partitioned table the
index is built on every partition, all of them locked at once.

## Why

The SHARE lock is held for the whole build, and until the transaction ends. Reads go on; INSERT, UPDATE and
DELETE wait. Minutes on a big table are minutes in which the application cannot write.

## Refused

```sql
CREATE INDEX orders_note_idx ON orders (note);
```

```sql
CREATE UNIQUE INDEX ON orders (lower(note)) WHERE note IS NOT NULL;
```

## Accepted

```sql
-- migrail: transaction=off
CREATE INDEX CONCURRENTLY orders_note_idx ON orders (note);
```

```sql
CREATE TABLE invoices (id bigint PRIMARY KEY, order_id bigint);
CREATE INDEX invoices_order_id_idx ON invoices (order_id);
```

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: SHARE on the table for the whole build.
- PostgreSQL manual, CREATE INDEX, "Building Indexes Concurrently"; 5.12.2.2 for partitioned tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import CreateIndex
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import made_name, sql_name, sql_table
from migrail.rules._words import held, keeps_waiting

_HEAD = re.compile(r"(CREATE\s+(?:UNIQUE\s+)?INDEX)\b", re.IGNORECASE)

ALONE = """\
Build it CONCURRENTLY, alone in a file, because that cannot run inside a transaction:
-- migrail: transaction=off
{statement};"""

PARTITIONED = """\
A partitioned table takes no CONCURRENTLY. Make the index on the parent alone, build it on each partition in a
file of its own with `-- migrail: transaction=off`, and attach these:
CREATE {unique}INDEX {index} ON ONLY {table} (...);
CREATE {unique}INDEX CONCURRENTLY {index}_1 ON {partition} (...);
ALTER INDEX {index} ATTACH PARTITION {index}_1;"""


def _check(operation: CreateIndex, context: Context) -> Iterable[Hit]:
    effects = context.effects
    if operation.concurrently or not effects.scans or not keeps_waiting(effects):
        return
    if context.catalog.is_new(operation.table) or context.catalog.view(operation.table) is not None:
        return
    yield Hit(
        object=context.display(operation.table),
        message=f"CREATE INDEX holds {held(effects, 'the index is built')}",
        help=_help(operation, context),
    )


def _help(operation: CreateIndex, context: Context) -> str:
    table = sql_table(operation.table, context.dialect)
    unique = "UNIQUE " if operation.unique else ""
    if not context.catalog.is_partitioned(operation.table):
        text, found = _HEAD.subn(r"\1 CONCURRENTLY", context.statement.text, count=1)
        return ALONE.format(statement=text if found else f"CREATE {unique}INDEX CONCURRENTLY ... ON {table} (...)")
    partitions = context.catalog.children_of(operation.table)
    return PARTITIONED.format(
        unique=unique,
        index=sql_name(operation.index, context.dialect)
        if operation.index
        else made_name(operation.table, "idx", dialect=context.dialect),
        table=table,
        partition=sql_table(partitions[0], context.dialect) if partitions else "...",
    )


RULE = Rule(
    code="MR201",
    name="index-blocks-writes",
    severity=Severity.ERROR,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(CreateIndex,),
    check_operation=_check,
)
