"""The new index does what another one does already

## What

CREATE INDEX over the same columns as an index that is there, or over its leading columns, with the same method
and condition: a warning where both are the same, a note where one is the beginning of the other.

## Why

Every write maintains both, both take room and cache, and queries need one of them.

## Refused

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
CREATE INDEX orders_note_idx ON orders (note);
-- migration:
-- migrail: transaction=off
CREATE INDEX CONCURRENTLY orders_by_note ON orders (note);
```

```sql sqlite
-- history:
CREATE TABLE orders (id integer PRIMARY KEY, note text);
CREATE INDEX orders_note_idx ON orders (note);
-- migration:
CREATE INDEX orders_by_note ON orders (note);
```

## Accepted

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text, at date);
CREATE INDEX orders_note_idx ON orders (note);
-- migration:
-- migrail: transaction=off
CREATE INDEX CONCURRENTLY orders_note_idx_2 ON orders (note) WHERE at IS NULL;
```

```sql sqlite
-- history:
CREATE TABLE orders (id integer PRIMARY KEY, note text, at date);
CREATE INDEX orders_note_idx ON orders (note);
-- migration:
CREATE INDEX orders_at_idx ON orders (at);
```

## Since

0.2.0

## Sources

- PostgreSQL manual, 11.3 "Multicolumn Indexes": a B-tree serves conditions on its leading columns.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.catalog import Index
from migrail.model.findings import Category, Severity
from migrail.model.operations import CreateIndex, DropIndex
from migrail.model.structure import Name
from migrail.rules._interface import Context, Hit, Rule

HELP = "Leave it out, or drop the other one when this one is there."

_TREES = frozenset({None, "btree"})


def _check(operation: CreateIndex, context: Context) -> Iterable[Hit]:
    table = context.catalog.resolve(operation.table)
    if operation.only or (operation.index is not None and context.catalog.index(table, operation.index)):
        return
    for name in context.catalog.indexes_on(table):
        other = context.catalog.index(table, name)
        if other is None or not other.valid or _is_replaced(other, table, context):
            continue
        found = _overlap(operation, other)
        if found is None:
            continue
        same = found == "has the same columns as"
        yield Hit(
            object=context.display(table),
            severity=None if same else Severity.NOTE,
            message=f"the index {operation.index or 'without a name'} ({', '.join(operation.columns)}) {found} "
            f"{other.name} ({', '.join(other.columns)}) on {context.display(table)}",
            help=HELP,
        )
        return


def _is_replaced(other: Index, table: Name, context: Context) -> bool:
    """Whether a later statement of the file drops it, as when an index is built anew."""
    return context.outline.makes_later(DropIndex, Name(table.schema, other.name), context.statement.number)


def _overlap(new: CreateIndex, old: Index) -> str | None:
    if new.where != old.where or not {new.method, old.method} <= _TREES or new.include != old.include:
        return None
    if new.options != old.options or new.nulls_not_distinct != old.nulls_not_distinct:
        return None
    if new.columns == old.columns and (old.unique or not new.unique):
        return "has the same columns as"
    if not new.unique and old.columns[: len(new.columns)] == new.columns:
        return "is the beginning of"
    return None


RULE = Rule(
    code="MR506",
    name="duplicate-index",
    severity=Severity.WARNING,
    category=Category.RELIABILITY,
    dialects=("postgres", "sqlite", "mysql", "mariadb"),
    on=(CreateIndex,),
    check_operation=_check,
)
