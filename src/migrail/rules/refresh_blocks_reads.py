"""REFRESH MATERIALIZED VIEW keeps readers of the view waiting

## What

REFRESH MATERIALIZED VIEW without CONCURRENTLY, of a view that exists before this change.

## Why

ACCESS EXCLUSIVE is held while the query runs and the view is written anew: nobody reads the view. CONCURRENTLY
compares the new rows with the old ones while reads go on. It needs a unique index over plain columns without a
condition, and a view that has been filled before; it may run inside a transaction.

## Refused

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, total integer);
CREATE MATERIALIZED VIEW totals AS SELECT id, total FROM orders;
CREATE UNIQUE INDEX totals_id ON totals (id);
-- migration:
REFRESH MATERIALIZED VIEW totals;
```

```sql
REFRESH MATERIALIZED VIEW totals;
```

## Accepted

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, total integer);
CREATE MATERIALIZED VIEW totals AS SELECT id, total FROM orders;
CREATE UNIQUE INDEX totals_id ON totals (id);
-- migration:
REFRESH MATERIALIZED VIEW CONCURRENTLY totals;
```

## No rewrite

CONCURRENTLY needs a unique index over columns. Where the view has none, only its author knows which columns
tell its rows apart.

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: ACCESS EXCLUSIVE and new files; EXCLUSIVE with CONCURRENTLY, which is
  refused without such an index (55000) and allowed inside a transaction.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.catalog.catalog import is_expression
from migrail.model.findings import Category, Severity
from migrail.model.operations import RefreshView
from migrail.model.rewrites import Applicability, Rewrite, Stage
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_table
from migrail.rules._rewrites import instead, step
from migrail.rules._words import held, keeps_waiting
from migrail.sql import with_word

HELP = "Refresh it CONCURRENTLY, which lets reads go on"
INDEX = """\
CONCURRENTLY lets reads go on, but it needs a unique index over columns of the view that tell its rows apart:
CREATE UNIQUE INDEX ON {view} (...);  -- in a migration before
REFRESH MATERIALIZED VIEW CONCURRENTLY {view};"""


def _check(operation: RefreshView, context: Context) -> Iterable[Hit]:
    if operation.concurrently or context.catalog.is_new(operation.name) or not keeps_waiting(context.effects):
        return
    rewrite = _rewrite(operation, context) if _has_key(operation, context) else None
    yield Hit(
        object=context.display(operation.name),
        message=f"REFRESH MATERIALIZED VIEW holds {held(context.effects, 'it is written anew')}",
        help=HELP if rewrite is not None else INDEX.format(view=sql_table(operation.name, context.dialect)),
        rewrite=rewrite,
    )


def _has_key(operation: RefreshView, context: Context) -> bool:
    view = context.catalog.view(operation.name)
    return view is not None and any(
        index.unique and index.where is None and not any(map(is_expression, index.columns))
        for index in view.indexes.values()
    )


def _rewrite(operation: RefreshView, context: Context) -> Rewrite | None:
    """Whether the view has been filled is not known, so a person looks at it."""
    text = with_word(context.statement.text, {"VIEW"}, "CONCURRENTLY", context.dialect)
    if text is None:
        return None
    refresh = step(f"refresh_{operation.name.name}", Stage.EXPAND, text)
    return instead(operation, context, refresh, applicability=Applicability.MANUAL)


RULE = Rule(
    code="MR218",
    name="refresh-blocks-reads",
    severity=Severity.ERROR,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(RefreshView,),
    check_operation=_check,
)
