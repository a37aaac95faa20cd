"""A new column whose values differ from row to row rewrites the table

## What

ADD COLUMN on a table that exists before this change with a volatile default, ``serial``, an identity, a
stored generated expression, or the type of a domain with a constraint. A constant default, and also
``now()`` and ``current_date``, are free and left alone.

## Why

The server writes every row and every index again, under ACCESS EXCLUSIVE: nobody reads or writes the table.
A function that migrail does not know is taken for volatile, as the server does unless it was declared
otherwise.

## Refused

```sql
ALTER TABLE orders ADD COLUMN token uuid DEFAULT gen_random_uuid();
```

```sql
ALTER TABLE orders ADD COLUMN position bigserial;
```

```sql
ALTER TABLE orders ADD COLUMN gross numeric GENERATED ALWAYS AS (net * 1.2) STORED;
```

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
-- migration:
ALTER TABLE orders ADD COLUMN amount positive;
```

## Accepted

```sql
ALTER TABLE orders ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
```

```sql
ALTER TABLE orders ADD COLUMN token uuid;
ALTER TABLE orders ALTER COLUMN token SET DEFAULT gen_random_uuid();
```

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: new files for the table in every form named above, none for stable
  defaults.
- PostgreSQL 11 release notes: ADD COLUMN with a default that is not volatile does not write rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from migrail.dialects import Volatility
from migrail.model.findings import Category, Severity
from migrail.model.operations import AddColumn
from migrail.model.rewrites import Rewrite
from migrail.model.structure import Column, Generated
from migrail.rules import _fill
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._words import brief, held, listed

BY_DEFAULT = "Add the column empty, let new rows have the default, and fill the old ones"
BY_SEQUENCE = "Add the column empty, let a sequence number new rows, and fill the old ones"
BY_TRIGGER = "Add a plain column that a trigger keeps up to date, and fill the old rows"
VIRTUAL = "Compute it when it is read, which writes no row"
BY_DOMAIN = (
    "Take the type below the domain, and check it by a constraint that is validated while reads and writes go on"
)

VIRTUAL_FROM = (18,)
"""The first PostgreSQL with virtual generated columns (release notes 18)."""

Write = Callable[[AddColumn, Context], Rewrite | None]


def _check(operation: AddColumn, context: Context) -> Iterable[Hit]:
    if not context.effects.rewrites or context.catalog.is_new(operation.table):
        return
    column = operation.column
    cause, help_, write = _cause(column, context)
    yield Hit(
        object=context.display(operation.table),
        message=f"ADD COLUMN {column.name} writes every row of {listed(context.effects.rewrites)} again: {cause}; "
        f"it holds {held(context.effects, 'that is done')}",
        help=help_,
        rewrite=write(operation, context),
    )


def _cause(column: Column, context: Context) -> tuple[str, str, Write]:
    """Why rows are written, and what to do about it."""
    if column.generated is Generated.STORED:
        cause = "a stored generated column is computed for each of them"
        return (
            (cause, VIRTUAL, _fill.virtual)
            if context.version >= VIRTUAL_FROM
            else (cause, BY_TRIGGER, _fill.by_trigger)
        )
    if column.generated is not None:
        return "an identity column gives each of them a number", BY_SEQUENCE, _fill.by_identity
    if column.type is not None and column.type.serial:
        return "serial gives each of them a number", BY_SEQUENCE, _fill.by_sequence
    if column.type is not None and context.catalog.domain_has_constraint(column.type):
        return f"the domain {column.type} has a constraint", BY_DOMAIN, _fill.below_domain
    if column.default is None:
        return "the server fills the column", BY_DEFAULT, _fill.by_default
    default = brief(column.default.text)
    kind = context.dialect.volatility(column.default, context.catalog)
    if kind is Volatility.VOLATILE:
        cause = f"the default {default} is volatile, so each of them gets a value of its own"
    elif kind is Volatility.UNKNOWN:
        cause = f"the default {default} calls a function that is not known not to be volatile"
    else:
        cause = "before version 11 the server stores every default in each of them"
    return cause, BY_DEFAULT, _fill.by_default


RULE = Rule(
    code="MR208",
    name="volatile-default-rewrites",
    severity=Severity.ERROR,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(AddColumn,),
    check_operation=_check,
)
