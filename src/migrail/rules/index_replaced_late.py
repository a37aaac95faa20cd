"""An index is dropped before the one that takes its place is built

## What

DROP INDEX, and behind it in the same file CREATE INDEX on the same table that begins with the same column or has
the same name.

## Why

Between the two, queries that need the index read the whole table; with big tables that is an outage of its own.
The other order costs nothing but room on the disk for a while.

## Refused

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text, total integer);
CREATE INDEX orders_note_idx ON orders (note);
-- migration:
-- migrail: transaction=off
DROP INDEX CONCURRENTLY orders_note_idx;
CREATE INDEX CONCURRENTLY orders_note_total_idx ON orders (note, total);
```

## Accepted

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text, total integer);
CREATE INDEX orders_note_idx ON orders (note);
-- migration:
-- migrail: transaction=off
CREATE INDEX CONCURRENTLY orders_note_total_idx ON orders (note, total);
DROP INDEX CONCURRENTLY orders_note_idx;
```

## No rewrite

The same two statements in the other order are the safe way.

## Since

0.1.0

## Sources

- online_migrations checks the same; inside one transaction nobody sees the gap, but everybody waits for it.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import CreateIndex, DropIndex
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_name, sql_table

SWAP = """\
Build the new index first, under another name, then drop the old one and rename the new one where it matters:
DROP INDEX CONCURRENTLY {old};
ALTER INDEX {new} RENAME TO {name};"""

ORDER = "Build {new} first, and drop {old} behind it"


def _check(operation: DropIndex, context: Context) -> Iterable[Hit]:
    table = context.catalog.table_of_index(operation.name)
    if table is None or context.catalog.is_new(table):
        return
    index = context.catalog.index(table, operation.name.name)
    following = _built_later(operation, context)
    for made in following:
        same_table = context.catalog.resolve(made.table) == table
        same_name = made.index == operation.name.name
        if index is None or not same_table or not (same_name or made.columns[:1] == index.columns[:1]):
            continue
        yield Hit(
            object=context.display(operation.name),
            message=f"{operation.name.name} is dropped before {made.index or 'the index'} that takes its place is "
            f"built: until then queries on {context.display(table)} go without an index",
            help=_help(operation, made, context),
        )
        return


def _built_later(operation: DropIndex, context: Context) -> list[CreateIndex]:
    return [
        found
        for read in context.script.statements
        if read.statement.number > context.statement.number
        for found in read.operations
        if isinstance(found, CreateIndex)
    ]


def _help(operation: DropIndex, made: CreateIndex, context: Context) -> str:
    old = sql_table(operation.name, context.dialect)
    new = made.index or "the new index"
    if new != operation.name.name:
        return ORDER.format(new=new, old=operation.name.name)
    return SWAP.format(
        old=old,
        new=sql_name(f"{new}_new", context.dialect),
        name=sql_name(new, context.dialect),
    )


RULE = Rule(
    code="MR211",
    name="index-replaced-late",
    severity=Severity.WARNING,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(DropIndex,),
    check_operation=_check,
)
