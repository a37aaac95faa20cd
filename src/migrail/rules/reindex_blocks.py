"""REINDEX keeps writes to the table waiting, and reads that would use the index

## What

REINDEX INDEX, TABLE, SCHEMA, DATABASE or SYSTEM without CONCURRENTLY, of what exists before this change.

## Why

The table is locked with SHARE and each index with ACCESS EXCLUSIVE while it is built: writes wait, and so does
the planning of every query on the table, because the planner locks all indexes. CONCURRENTLY builds a new index
beside the old one (12 and later).

## Refused

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
CREATE INDEX orders_note_idx ON orders (note);
-- migration:
REINDEX INDEX orders_note_idx;
```

```sql
REINDEX TABLE orders;
```

## Accepted

```sql
-- migrail: transaction=off
REINDEX TABLE CONCURRENTLY orders;
```

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: SHARE on the table, ACCESS EXCLUSIVE on each index.
- PostgreSQL manual, REINDEX, "Rebuilding Indexes Concurrently"; release notes 12.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import Reindex
from migrail.model.rewrites import Rewrite, Stage
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._rewrites import instead, step
from migrail.rules._words import held, keeps_waiting
from migrail.sql import with_word

HELP = "Build it again CONCURRENTLY, alone in a file, because that cannot run inside a transaction"
OLD = "Before PostgreSQL 12: make another index CONCURRENTLY, drop the old one CONCURRENTLY, and rename the new one"

CONCURRENTLY_FROM = (12,)
"""The first PostgreSQL with REINDEX CONCURRENTLY (release notes 12)."""


def _check(operation: Reindex, context: Context) -> Iterable[Hit]:
    if operation.concurrently:
        return
    new = operation.name is not None and context.catalog.is_new(operation.name)
    several = operation.scope not in {"INDEX", "TABLE"}
    if new or not (several or keeps_waiting(context.effects)):
        return
    what = f"REINDEX {operation.scope}"
    kept = (
        f"locks every table of the {operation.scope.lower()} against writes while its indexes are built"
        if several
        else f"holds {held(context.effects, 'the indexes are built')}"
    )
    possible = context.version >= CONCURRENTLY_FROM and operation.scope != "SYSTEM"
    yield Hit(
        object=None if operation.name is None else context.display(operation.name),
        message=f"{what} {kept}",
        help=HELP if possible else OLD,
        rewrite=_rewrite(operation, context) if possible else None,
    )


def _rewrite(operation: Reindex, context: Context) -> Rewrite | None:
    text = with_word(context.statement.text, {operation.scope}, "CONCURRENTLY", context.dialect)
    if text is None:
        return None
    name = operation.name.name if operation.name is not None else operation.scope.lower()
    return instead(operation, context, step(f"reindex_{name}", Stage.EXPAND, text, off=True))


RULE = Rule(
    code="MR210",
    name="reindex-blocks",
    severity=Severity.ERROR,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(Reindex,),
    check_operation=_check,
)
