"""DROP INDEX locks the table, not only the index

## What

DROP INDEX without CONCURRENTLY of an index on a table that exists before this change. Indexes behind
constraints and those of partitioned tables cannot be dropped CONCURRENTLY; the note says so.

## Why

The server takes ACCESS EXCLUSIVE on the table. The work takes a moment, but behind a long query it waits, and
every later read and write queues up behind it. CONCURRENTLY lets reads and writes go on.

## Refused

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
CREATE INDEX orders_note_idx ON orders (note);
-- migration:
DROP INDEX orders_note_idx;
```

## Accepted

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
CREATE INDEX orders_note_idx ON orders (note);
-- migration:
-- migrail: transaction=off
DROP INDEX CONCURRENTLY orders_note_idx;
```

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: ACCESS EXCLUSIVE on the table; SHARE UPDATE EXCLUSIVE with CONCURRENTLY.
- PostgreSQL manual, DROP INDEX: CONCURRENTLY takes one name, no CASCADE and no partitioned index.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import DropIndex
from migrail.model.rewrites import Applicability, Rewrite, Stage
from migrail.rules._brief import brief_hits
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_table
from migrail.rules._rewrites import instead, step

HELP = "Drop it CONCURRENTLY, alone in a file, because that cannot run inside a transaction"


def _check(operation: DropIndex, context: Context) -> Iterable[Hit]:
    if operation.concurrently:
        return
    rewrite = _rewrite(operation, context)
    help_ = HELP if rewrite is not None else None
    yield from brief_hits(operation, context, "DROP INDEX", help=help_, rewrite=rewrite)


def _rewrite(operation: DropIndex, context: Context) -> Rewrite | None:
    """``None`` where CONCURRENTLY is not to be had: partitioned tables, constraints, CASCADE."""
    table = context.catalog.table_of_index(operation.name)
    if operation.cascade:
        return None
    if table is not None:
        index = context.catalog.index(table, operation.name.name)
        if context.catalog.is_partitioned(table) or (index is not None and index.constraint):
            return None
    exists = "IF EXISTS " if operation.if_exists else ""
    name = sql_table(operation.name, context.dialect)
    drop = step(f"drop_{operation.name.name}", Stage.CONTRACT, f"DROP INDEX CONCURRENTLY {exists}{name}", off=True)
    sure = Applicability.SAFE if table is not None else Applicability.MANUAL
    return instead(operation, context, drop, applicability=sure)


RULE = Rule(
    code="MR209",
    name="drop-index-locks-table",
    severity=Severity.NOTE,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(DropIndex,),
    check_operation=_check,
)
