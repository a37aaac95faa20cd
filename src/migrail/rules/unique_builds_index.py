"""Adding UNIQUE, PRIMARY KEY or EXCLUDE builds an index while everybody waits

## What

ADD CONSTRAINT ... UNIQUE, PRIMARY KEY or EXCLUDE that builds its own index on a table that exists before
this change; UNIQUE or PRIMARY KEY inside ADD COLUMN; PRIMARY KEY USING INDEX over a column that may be
NULL, which is read to the end.

## Why

The index is built under ACCESS EXCLUSIVE: nobody reads or writes the table, not only writers wait as with
CREATE INDEX. A unique index can be built CONCURRENTLY and be made the constraint afterwards, which takes a
moment.

## Refused

```sql
ALTER TABLE orders ADD CONSTRAINT orders_number_key UNIQUE (number);
```

```sql
ALTER TABLE orders ADD COLUMN code text UNIQUE;
```

```sql
-- history:
CREATE TABLE stays (id bigint PRIMARY KEY, during daterange);
-- migration:
ALTER TABLE stays ADD CONSTRAINT one_at_a_time EXCLUDE USING gist (during WITH &&);
```

## Accepted

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, number text);
CREATE UNIQUE INDEX orders_number_key ON orders (number);
-- migration:
ALTER TABLE orders ADD CONSTRAINT orders_number_key UNIQUE USING INDEX orders_number_key;
```

```sql
CREATE TABLE invoices (id bigint, number text);
ALTER TABLE invoices ADD PRIMARY KEY (id), ADD UNIQUE (number);
```

## No rewrite

For EXCLUDE: the server refuses NOT VALID and USING INDEX for it, so that its index is always built under the lock.
For a key inside ADD COLUMN whose rows are filled by a default, MR208 has the steps with the key.

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: ACCESS EXCLUSIVE during the build, also for UNIQUE inside ADD
  COLUMN; USING INDEX is instant but for a primary key over a nullable column.
- PostgreSQL manual, ALTER TABLE, "ADD table_constraint_using_index".
- Measured on PostgreSQL 15: EXCLUDE USING INDEX is a syntax error, EXCLUDE ... NOT VALID is refused.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AddColumn, AddConstraint
from migrail.model.rewrites import Rewrite
from migrail.model.structure import ConstraintKind
from migrail.rules._columns import adds_nothing, inline
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._unique import WORDS, for_column, for_constraint
from migrail.rules._words import held, keeps_waiting


def _check(operation: AddConstraint | AddColumn, context: Context) -> Iterable[Hit]:
    if context.catalog.is_new(operation.table) or not keeps_waiting(context.effects):
        return
    if isinstance(operation, AddColumn):
        kinds = [found.kind for found in inline(operation, ConstraintKind.UNIQUE, ConstraintKind.PRIMARY_KEY)]
        if kinds and not adds_nothing(operation, context):
            word = " and ".join(dict.fromkeys(WORDS[kind] for kind in kinds))
            message = f"ADD COLUMN with {word} holds {held(context.effects, 'its index is built')}"
            yield _hit(operation, context, message, *for_column(operation, kinds, context))
    elif operation.constraint.kind in WORDS and context.effects.scans:
        word = WORDS[operation.constraint.kind]
        what, until = f"ADD {word}", "its index is built"
        if operation.constraint.using_index is not None:
            what = f"{what} USING INDEX over columns that may be NULL"
            until = f"every row of {context.display(operation.table)} is read"
        yield _hit(
            operation, context, f"{what} holds {held(context.effects, until)}", *for_constraint(operation, context)
        )


def _hit(
    operation: AddConstraint | AddColumn, context: Context, message: str, help: str, rewrite: Rewrite | None
) -> Hit:
    return Hit(object=context.display(operation.table), message=message, help=help, rewrite=rewrite)


RULE = Rule(
    code="MR207",
    name="unique-builds-index",
    severity=Severity.ERROR,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(AddConstraint, AddColumn),
    check_operation=_check,
)
