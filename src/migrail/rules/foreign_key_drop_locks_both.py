"""Dropping a foreign key locks the table on its other side, against reads too

## What

DROP CONSTRAINT of a foreign key, DROP COLUMN of a column with one, DROP TABLE of a table that has or receives
some, where the other table exists before this change. A note: the lock is short.

## Why

Both tables get ACCESS EXCLUSIVE until the transaction ends: nobody reads or writes either. That is more than
adding the key takes, and the statement does not name the other table.

## Refused

```sql
-- history:
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint CONSTRAINT k REFERENCES customers);
-- migration:
ALTER TABLE orders DROP CONSTRAINT k;
```

```sql
-- history:
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE drafts (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers);
-- migration:
DROP TABLE drafts;
```

## Accepted

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, total integer CONSTRAINT c CHECK (total > 0));
-- migration:
ALTER TABLE orders DROP CONSTRAINT c;
```

## No rewrite

There is no other statement that does it with a weaker lock. Keep the transaction short, and let it give up
soon. Where a whole table is dropped, the finding shows the statements that drop its foreign keys before.

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: ACCESS EXCLUSIVE on both tables.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import DropColumn, DropConstraint, DropTable
from migrail.rules._brief import brief_hits, fresh
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_name, sql_table

KEYS_FIRST = (
    "Drop its foreign keys first, each in a transaction of its own, so that two tables are never locked for long"
)


def _check(operation: DropConstraint | DropColumn | DropTable, context: Context) -> Iterable[Hit]:
    catalog = context.catalog
    family = {context.display(name) for name in (operation.table, *catalog.children_of(operation.table))}
    partners = {
        context.display(key.references.table) for key in catalog.foreign_keys_of(operation.table) if key.references
    } | {context.display(name) for name in catalog.referencing(operation.table)}
    locks = tuple(lock for lock in fresh(context) if lock.relation in partners - family)
    yield from brief_hits(operation, context, _what(operation), locks=locks, help=_help(operation, context))


def _what(operation: DropConstraint | DropColumn | DropTable) -> str:
    if isinstance(operation, DropTable):
        return "DROP TABLE of a table with foreign keys"
    return (
        "DROP CONSTRAINT of a foreign key"
        if isinstance(operation, DropConstraint)
        else "DROP COLUMN with a foreign key"
    )


def _help(operation: DropConstraint | DropColumn | DropTable, context: Context) -> str | None:
    keys = [key for key in context.catalog.foreign_keys_of(operation.table) if key.name]
    if isinstance(operation, DropConstraint) or not keys:
        return None
    if isinstance(operation, DropColumn):
        keys = [key for key in keys if operation.column in key.columns]
    table = sql_table(operation.table, context.dialect)
    lines = [f"ALTER TABLE {table} DROP CONSTRAINT {sql_name(str(key.name), context.dialect)};" for key in keys]
    return "\n".join([f"{KEYS_FIRST}:", *lines])


RULE = Rule(
    code="MR213",
    name="foreign-key-drop-locks-both",
    severity=Severity.NOTE,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(DropConstraint, DropColumn, DropTable),
    check_operation=_check,
)
