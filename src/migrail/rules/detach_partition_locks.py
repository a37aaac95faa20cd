"""DETACH PARTITION locks the parent against reads

## What

DETACH PARTITION without CONCURRENTLY from a table that exists before this change.

## Why

Parent, partition and default partition get ACCESS EXCLUSIVE until the transaction ends. CONCURRENTLY (14 and
later, where there is no DEFAULT partition) takes SHARE UPDATE EXCLUSIVE on the parent: reads and writes go on. It
leaves a CHECK with the old bound on the detached table.

## Refused

```sql
-- history:
CREATE TABLE events (id integer NOT NULL) PARTITION BY RANGE (id);
CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (10);
-- migration:
ALTER TABLE events DETACH PARTITION events_1;
```

## Accepted

```sql
-- history:
CREATE TABLE events (id integer NOT NULL) PARTITION BY RANGE (id);
CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (10);
-- migration:
-- migrail: transaction=off
ALTER TABLE events DETACH PARTITION events_1 CONCURRENTLY;
```

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: ACCESS EXCLUSIVE on parent, partition and default partition.
- PostgreSQL manual, ALTER TABLE, "DETACH PARTITION"; release notes 14.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import DetachPartition
from migrail.model.rewrites import Applicability, Stage
from migrail.rules._brief import brief_hits
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._rewrites import instead, step

HELP = "Detach it CONCURRENTLY, alone in a file, because that cannot run inside a transaction"

CONCURRENTLY_FROM = (14,)
"""The first PostgreSQL with DETACH PARTITION ... CONCURRENTLY (release notes 14)."""


def _check(operation: DetachPartition, context: Context) -> Iterable[Hit]:
    if operation.concurrently:
        return
    default = context.catalog.default_partition_of(operation.table)
    possible = context.version >= CONCURRENTLY_FROM and default is None
    text = f"{context.statement.text} CONCURRENTLY"
    detach = step(f"detach_{operation.partition.name}", Stage.CONTRACT, text, off=True)
    rewrite = instead(operation, context, detach, applicability=Applicability.MANUAL) if possible else None
    yield from brief_hits(operation, context, "DETACH PARTITION", help=HELP if possible else None, rewrite=rewrite)


RULE = Rule(
    code="MR217",
    name="detach-partition-locks",
    severity=Severity.NOTE,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(DetachPartition,),
    check_operation=_check,
)
