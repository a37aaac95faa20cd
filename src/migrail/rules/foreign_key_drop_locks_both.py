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

For DROP CONSTRAINT: there is no other statement that does it with a weaker lock. Keep the transaction short, and
let it give up soon. Where more is dropped, each foreign key gets a migration before it.

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: ACCESS EXCLUSIVE on both tables.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import DropColumn, DropConstraint, DropTable
from migrail.model.rewrites import Applicability, Rewrite, Stage
from migrail.rules._brief import brief_hits, fresh
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_name, sql_table
from migrail.rules._rewrites import instead, own_text, step

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
    rewrite = _rewrite(operation, context)
    help_ = KEYS_FIRST if rewrite is not None else None
    yield from brief_hits(operation, context, _what(operation), locks=locks, help=help_, rewrite=rewrite)


def _what(operation: DropConstraint | DropColumn | DropTable) -> str:
    if isinstance(operation, DropTable):
        return "DROP TABLE of a table with foreign keys"
    return (
        "DROP CONSTRAINT of a foreign key"
        if isinstance(operation, DropConstraint)
        else "DROP COLUMN with a foreign key"
    )


def _rewrite(operation: DropConstraint | DropColumn | DropTable, context: Context) -> Rewrite | None:
    """``None`` where there is but the key to drop, or a key without a name that is known."""
    keys, text = context.catalog.foreign_keys_of(operation.table), own_text(operation, context)
    if isinstance(operation, DropColumn):
        keys = tuple(key for key in keys if operation.column in key.columns)
    names = [key.name for key in keys if key.name]
    if isinstance(operation, DropConstraint) or not names or len(names) != len(keys) or text is None:
        return None
    table = sql_table(operation.table, context.dialect)
    alter = f"ALTER TABLE {table} DROP CONSTRAINT"
    return instead(
        operation,
        context,
        *(
            step(f"drop_{name}", Stage.CONTRACT, f"{alter} {sql_name(name, context.dialect)}", alone=True)
            for name in names
        ),
        step(f"drop_{operation.table.name}", Stage.CONTRACT, text),
        applicability=Applicability.MANUAL,
    )


RULE = Rule(
    code="MR213",
    name="foreign-key-drop-locks-both",
    severity=Severity.NOTE,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(DropConstraint, DropColumn, DropTable),
    check_operation=_check,
)
