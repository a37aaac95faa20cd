"""Two versions of the application write different values where a default changes

## What

ALTER COLUMN ... SET DEFAULT on a column that had another default before this change.

## Why

INSERTs that leave the column out get the new value from the commit on, those of the running version too. An ORM
that writes every column goes on writing the old one until its processes are replaced. For some time the same
action leaves different rows behind.

## Refused

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, state text DEFAULT 'new');
-- migration:
ALTER TABLE orders ALTER COLUMN state SET DEFAULT 'draft';
```

## Accepted

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, state text);
-- migration:
ALTER TABLE orders ALTER COLUMN state SET DEFAULT 'new';
```

```sql
ALTER TABLE orders ADD COLUMN state text DEFAULT 'imported';
ALTER TABLE orders ALTER COLUMN state SET DEFAULT 'new';
```

## No rewrite

The statement is right or wrong by what the application means by the value.

## Since

0.2.0

## Sources

- PostgreSQL manual, ALTER TABLE: a new default changes no existing row.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import SetDefault
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._words import brief

HELP = """\
Make sure that rows with the old value and rows with the new one are both right while two versions run, or let the
application write the value itself first."""


def _check(operation: SetDefault, context: Context) -> Iterable[Hit]:
    catalog, table = context.catalog, operation.table
    column = catalog.column(table, operation.column)
    old = column.default if column is not None else None
    if catalog.is_new(table) or old is None or old.is_null or _alike(old.text, operation.default.text):
        return
    if context.is_new_column(table, operation.column):
        return
    shown = context.display_column(table, operation.column)
    yield Hit(
        object=shown,
        message=f"the default of {shown} changes from {brief(old.text)} to {brief(operation.default.text)}: "
        "INSERTs of the running application that leave the column out get the new value",
        help=HELP,
    )


def _alike(one: str, two: str) -> bool:
    """Whether both are the same but for a cast."""
    return _bare(one) == _bare(two)


def _bare(text: str) -> str:
    return text.partition("::")[0].strip().strip("()").lower()


RULE = Rule(
    code="MR112",
    name="default-changed",
    severity=Severity.NOTE,
    category=Category.COMPATIBILITY,
    dialects=("postgres", "mysql", "mariadb"),
    on=(SetDefault,),
    check_operation=_check,
)
