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

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import CreateIndex
from migrail.model.rewrites import Applicability, Rewrite, Stage
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._partitions import Wanted, partition_by_partition
from migrail.rules._rewrites import instead, step
from migrail.rules._words import held, keeps_waiting
from migrail.sql import index_definition, with_word

ALONE = "Build it CONCURRENTLY, alone in a file, because that cannot run inside a transaction"

PARTITIONED = """\
A partitioned table takes no CONCURRENTLY. Make the index on the parent alone, build it on each partition, and \
attach these"""


def _check(operation: CreateIndex, context: Context) -> Iterable[Hit]:
    effects = context.effects
    if operation.concurrently or not effects.scans or not keeps_waiting(effects):
        return
    if context.catalog.is_new(operation.table) or context.catalog.view(operation.table) is not None:
        return
    parted = context.catalog.is_partitioned(operation.table)
    yield Hit(
        object=context.display(operation.table),
        message=f"CREATE INDEX holds {held(effects, 'the index is built')}",
        help=PARTITIONED if parted else ALONE,
        rewrite=_on_partitions(operation, context) if parted else _alone(operation, context),
    )


def _alone(operation: CreateIndex, context: Context) -> Rewrite | None:
    text = with_word(context.statement.text, {"INDEX"}, "CONCURRENTLY", context.dialect)
    if text is None:
        return None
    name = operation.index or f"{operation.table.name}_idx"
    return instead(operation, context, step(name, Stage.EXPAND, text, off=True))


def _on_partitions(operation: CreateIndex, context: Context) -> Rewrite | None:
    """Which partitions there are may differ from database to database, so a person looks at it."""
    definition = index_definition(context.statement.text, context.dialect)
    if definition is None:
        return None
    wanted = Wanted(columns=operation.columns, definition=definition, unique=operation.unique)
    steps = partition_by_partition(operation.table, operation.index, wanted, context)
    return instead(operation, context, *steps, applicability=Applicability.MANUAL)


RULE = Rule(
    code="MR201",
    name="index-blocks-writes",
    severity=Severity.ERROR,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(CreateIndex,),
    check_operation=_check,
)
