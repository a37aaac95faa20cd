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

## Since

0.1.0

## Sources

- online_migrations checks the same; inside one transaction nobody sees the gap, but everybody waits for it.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.catalog.naming import object_name
from migrail.model.findings import Category, Severity
from migrail.model.migration import Statement
from migrail.model.operations import CreateIndex, DropIndex
from migrail.model.rewrites import Applicability, Rewrite
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_name, sql_table
from migrail.rules._rewrites import edited
from migrail.sql import index_definition

SWAP = "Build the new index first, under another name, then drop the old one and give its name to the new one"

ORDER = "Build {new} first, and drop {old} behind it"


def _check(operation: DropIndex, context: Context) -> Iterable[Hit]:
    table = context.catalog.table_of_index(operation.name)
    if table is None or context.catalog.is_new(table):
        return
    index = context.catalog.index(table, operation.name.name)
    following = _built_later(context)
    for made, statement in following:
        same_table = context.catalog.resolve(made.table) == table
        same_name = made.index == operation.name.name
        if index is None or not same_table or not (same_name or made.columns[:1] == index.columns[:1]):
            continue
        yield Hit(
            object=context.display(operation.name),
            message=f"{operation.name.name} is dropped before {made.index or 'the index'} that takes its place is "
            f"built: until then queries on {context.display(table)} go without an index",
            help=_help(operation, made),
            rewrite=_rewrite(operation, made, statement, context),
        )
        return


def _built_later(context: Context) -> list[tuple[CreateIndex, Statement]]:
    return [
        (found, read.statement)
        for read in context.script.statements
        if read.statement.number > context.statement.number
        for found in read.operations
        if isinstance(found, CreateIndex)
    ]


def _help(operation: DropIndex, made: CreateIndex) -> str:
    if made.index == operation.name.name:
        return SWAP
    return ORDER.format(new=made.index or "the new index", old=operation.name.name)


def _rewrite(operation: DropIndex, made: CreateIndex, build: Statement, context: Context) -> Rewrite | None:
    """Both in the other order, in the same file. An index of the same name is built under another one first."""
    if len(context.operations) != 1:
        return None
    text, drop, dialect = build.text, context.statement.text, context.dialect
    words = f"replace_{operation.name.name}"
    if made.index != operation.name.name:
        neighbours = build.number == context.statement.number + 1
        return edited(
            words,
            context,
            (context.statement, None),
            (build, f"{text};\n{drop}"),
            applicability=Applicability.SAFE if neighbours else Applicability.MANUAL,
        )
    definition = index_definition(text, dialect)
    if definition is None:
        return None
    second = operation.name._replace(name=object_name(operation.name.name, "", "new"))
    how = f"{'UNIQUE ' * made.unique}INDEX {'CONCURRENTLY ' * made.concurrently}"
    swapped = [
        f"CREATE {how}{sql_name(second.name, dialect)} ON {sql_table(made.table, dialect)} {definition}",
        drop,
        f"ALTER INDEX {sql_table(second, dialect)} RENAME TO {sql_name(made.index, dialect)}",
    ]
    return edited(words, context, (context.statement, None), (build, ";\n".join(swapped)))


RULE = Rule(
    code="MR211",
    name="index-replaced-late",
    severity=Severity.WARNING,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(DropIndex,),
    check_operation=_check,
)
