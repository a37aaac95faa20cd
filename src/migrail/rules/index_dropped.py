"""Dropping an index slows down the queries that used it

## What

DROP INDEX of an index on a table that exists before this change; a warning where the index is unique. Left
alone where another index that is there begins with the same columns, and where one comes later in the same
change (MR211). A table that is made anew, with its rows, but without one of its indexes: these go with the old
table.

## Why

A query that used the index reads the whole table from now on, and nothing in the file says which these are.
Without a unique index `INSERT ... ON CONFLICT (columns)` fails (42P10) and duplicates can come in. Where an
index is to be replaced, queries have neither between DROP and CREATE.

## Refused

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
CREATE INDEX orders_note_idx ON orders (note);
-- migration:
DROP INDEX orders_note_idx;
```

```sql sqlite
-- history:
CREATE TABLE orders (id integer PRIMARY KEY, note text);
CREATE UNIQUE INDEX orders_note_key ON orders (note);
-- migration:
DROP INDEX orders_note_key;
```

```sql sqlite
-- history:
CREATE TABLE orders (id integer PRIMARY KEY, note text);
CREATE INDEX orders_note_idx ON orders (note);
-- migration:
CREATE TABLE orders_new (id integer PRIMARY KEY, note text NOT NULL);
INSERT INTO orders_new SELECT id, note FROM orders;
DROP TABLE orders;
ALTER TABLE orders_new RENAME TO orders;
```

## Accepted

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text, at date);
CREATE INDEX orders_note_idx ON orders (note);
CREATE INDEX orders_note_at_idx ON orders (note, at);
-- migration:
DROP INDEX orders_note_idx;
```

```sql sqlite
CREATE TABLE imports (id integer PRIMARY KEY, raw text);
CREATE INDEX imports_raw_idx ON imports (raw);
DROP INDEX imports_raw_idx;
```

## No rewrite

Whether queries use the index is known to the server only.

## Since

0.2.0

## Sources

- `pg_stat_user_indexes.idx_scan` counts how often an index was used since statistics were reset; each replica
  counts its own.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.catalog import Index
from migrail.catalog.rebuilt import rebuilt, serves
from migrail.model.findings import Category, Severity
from migrail.model.operations import CreateIndex, DropIndex, DropTable, RenameTable
from migrail.model.structure import Name
from migrail.rules._interface import Context, Hit, Rule

HELP = "Look in every environment, on replicas too, whether it is used (pg_stat_user_indexes.idx_scan)."


def _check(operation: DropIndex | DropTable | RenameTable, context: Context) -> Iterable[Hit]:
    if not isinstance(operation, DropIndex):
        yield from _check_rebuilt(operation, context)
        return
    catalog = context.catalog
    table = operation.table or catalog.table_of_index(operation.name)
    if table is None or catalog.is_new(table):
        return
    index = catalog.index(table, operation.name.name)
    if index is None or not index.valid or index.constraint or _has_substitute(index, table, context):
        return
    columns = frozenset(index.columns if index.unique else index.columns[:1])
    if context.outline.makes_ahead(CreateIndex, table, context.statement.number, columns):
        return
    shown = context.display(operation.name)
    listed = ", ".join(index.columns)
    yield _hit(index, shown, f"DROP INDEX takes {shown} on {context.display(table)} ({listed}) away")


def _check_rebuilt(operation: DropTable | RenameTable, context: Context) -> Iterable[Hit]:
    rebuild = context.outline.rebuild_with_rows(operation, context.statement.number)
    both = None if context.catalog.is_new(operation.table) or not rebuild else rebuilt(context.catalog, rebuild)
    for index in both.lost_indexes if both is not None else ():
        table, columns = context.display(operation.table), ", ".join(index.columns)
        yield _hit(index, table, f"{table} is made anew without its index {index.name} ({columns})")


def _has_substitute(dropped: Index, table: Name, context: Context) -> bool:
    """Whether another index does the same for queries."""
    others = (context.catalog.index(table, name) for name in context.catalog.indexes_on(table))
    return any(other is not None and other.name != dropped.name and serves(other, dropped) for other in others)


def _hit(index: Index, shown: str, what: str) -> Hit:
    outcome = (
        "INSERT ... ON CONFLICT over these columns fails, and duplicates can come in"
        if index.unique
        else "queries of the running application that used it read the whole table"
    )
    return Hit(
        object=shown,
        severity=Severity.WARNING if index.unique else None,
        message=f"{what}: {outcome}",
        help=HELP,
    )


RULE = Rule(
    code="MR117",
    name="index-dropped",
    severity=Severity.NOTE,
    category=Category.COMPATIBILITY,
    dialects=("postgres", "sqlite", "mysql", "mariadb"),
    on=(DropIndex, DropTable, RenameTable),
    check_operation=_check,
)
