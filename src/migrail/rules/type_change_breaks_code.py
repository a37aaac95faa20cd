"""The running code meets another type than the one it was written for

## What

ALTER COLUMN ... TYPE to a type of another kind, or to a narrower one, on a table that exists before this
change. A change from one text type to a wider one is left alone. A wider integer is a note: values fit until
they grow.

## Why

Drivers hand over the column as another type of the language: a number becomes a text, a text a date. What the
running version writes may be refused (42804, 22001), operators may not exist (42883), and prepared statements
fail with "cached plan must not change result type" until their connection is renewed. With generated clients
and strict decoders the first read fails.

## Refused

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, number integer);
-- migration:
ALTER TABLE orders ALTER COLUMN number TYPE text;
```

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, number integer);
-- migration:
ALTER TABLE orders ALTER COLUMN number TYPE bigint;
```

## Accepted

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note varchar(20));
-- migration:
ALTER TABLE orders ALTER COLUMN note TYPE text;
```

```sql
ALTER TABLE orders ADD COLUMN number_text text;
```

## No rewrite

Code has to change first. The steps that change the type without a long lock are those of MR203.

## Since

0.2.0

## Sources

- PostgreSQL, plancache.c: "cached plan must not change result type" (0A000), also after a change of length
  only.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.dialects import TypeChange
from migrail.model.findings import Category, Severity
from migrail.model.operations import AlterColumnType
from migrail.model.structure import SqlType
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._type_change import change

HELP = """\
Add a column of the new type beside the old one, let the application write both, fill the old rows, and read the new
one when every version does (expand and contract); migrail rule MR203 shows the steps."""

_TEXT = frozenset({"varchar", "text", "citext"})
_INTEGERS = ("smallint", "integer", "bigint")


def _check(operation: AlterColumnType, context: Context) -> Iterable[Hit]:
    catalog, table = context.catalog, operation.table
    column = catalog.column(table, operation.column)
    old = column.type if column is not None else None
    if catalog.is_new(table) or old == operation.type or context.is_new_column(table, operation.column):
        return
    if old is not None and _is_the_same_to_code(old, operation, context):
        return
    wider = old is not None and _is_wider_integer(old, operation.type)
    yield Hit(
        object=context.display_column(table, operation.column),
        severity=Severity.NOTE if wider else None,
        message=f"the type of {change(operation, context)} changes: "
        + (
            "running code that holds it in a narrower integer fails when values grow"
            if wider
            else "running code that reads, writes or compares it was written for the old type"
        ),
        help=HELP,
    )


def _is_the_same_to_code(old: SqlType, operation: AlterColumnType, context: Context) -> bool:
    """Whether every old value is the same value in the new type, and the change is free."""
    alike = old.name == operation.type.name or {old.name, operation.type.name} <= _TEXT
    free = context.dialect.type_change(operation, context.catalog, context.version) is TypeChange.FREE
    return alike and free


def _is_wider_integer(old: SqlType, new: SqlType) -> bool:
    if old.name not in _INTEGERS or new.name not in _INTEGERS or old.dimensions != new.dimensions:
        return False
    return _INTEGERS.index(old.name) < _INTEGERS.index(new.name)


RULE = Rule(
    code="MR114",
    name="type-change-breaks-code",
    severity=Severity.WARNING,
    category=Category.COMPATIBILITY,
    dialects=("postgres",),
    on=(AlterColumnType,),
    check_operation=_check,
)
