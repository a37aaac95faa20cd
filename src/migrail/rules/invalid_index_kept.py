"""IF NOT EXISTS takes an index that is broken for one that is there

## What

CREATE INDEX CONCURRENTLY IF NOT EXISTS, unless the same file drops the index first.

## Why

A CREATE INDEX CONCURRENTLY that was interrupted, or met a duplicate, leaves an INVALID index behind under its
name. IF NOT EXISTS looks at the name only: the second run does nothing and succeeds. Every write goes on
maintaining an index that no query ever uses, and a unique one guards nothing that was there before.

## Refused

```sql
-- migrail: transaction=off
CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_note_idx ON orders (note);
```

## Accepted

```sql
-- migrail: transaction=off
DROP INDEX CONCURRENTLY IF EXISTS orders_note_idx;
CREATE INDEX CONCURRENTLY orders_note_idx ON orders (note);
```

```sql
-- migrail: transaction=off
CREATE INDEX CONCURRENTLY orders_note_idx ON orders (note);
```

## Since

0.2.0

## Sources

- PostgreSQL manual, CREATE INDEX, "Building Indexes Concurrently". Measured on 15 and 18, in
  `tests/rules/test_will_fail.py`.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import CreateIndex, DropIndex
from migrail.model.rewrites import Rewrite, Stage
from migrail.model.structure import Name
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_table
from migrail.rules._rewrites import instead, step
from migrail.sql import without_words

HELP = "Drop what an earlier attempt may have left, and leave IF NOT EXISTS out, so that a failure is seen"


def _check(operation: CreateIndex, context: Context) -> Iterable[Hit]:
    if not operation.concurrently or not operation.if_not_exists or operation.index is None:
        return
    index = Name(context.catalog.resolve(operation.table).schema, operation.index)
    number = context.statement.number
    dropped = context.outline.makes_later(DropIndex, index, 0) and not context.outline.makes_later(
        DropIndex, index, number
    )
    if context.catalog.is_new(operation.table) or dropped:
        return
    shown = context.display(index)
    yield Hit(
        object=shown,
        message=f"if an earlier attempt to build {shown} failed, IF NOT EXISTS finds the INVALID index that it "
        "left and keeps it: the migration succeeds, and no query ever uses the index",
        help=HELP,
        rewrite=_rewrite(operation, context),
    )


def _rewrite(operation: CreateIndex, context: Context) -> Rewrite | None:
    text = without_words(context.statement.text, ("IF", "NOT", "EXISTS"), context.dialect)
    if text is None or operation.index is None:
        return None
    name = sql_table(Name(operation.table.schema, operation.index), context.dialect)
    drop = f"DROP INDEX CONCURRENTLY IF EXISTS {name}"
    return instead(operation, context, step(operation.index, Stage.EXPAND, drop, text, off=True))


RULE = Rule(
    code="MR503",
    name="invalid-index-kept",
    severity=Severity.WARNING,
    category=Category.RELIABILITY,
    dialects=("postgres",),
    on=(CreateIndex,),
    check_operation=_check,
)
