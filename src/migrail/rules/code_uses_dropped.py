"""A function that uses what goes away breaks when it is called next

## What

DROP and RENAME of a table or column that the body of a function mentions which an older migration made, unless
this change makes that function again or drops it. Bodies are strings to the server: it does not look into them.

## Why

The statement succeeds, and the next call of the function fails (42P01, 42703): that of a trigger on every write
of its table. Migrations find this out late, since no other statement of the change calls the function.

## Refused

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, total integer, note text);
CREATE FUNCTION order_note(n bigint) RETURNS text LANGUAGE sql AS 'SELECT note FROM orders WHERE id = n';
-- migration:
-- migrail: ignore MR102 reason="no version reads it since release 41"
ALTER TABLE orders DROP COLUMN note;
```

## Accepted

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, total integer, note text);
CREATE FUNCTION order_note(n bigint) RETURNS text LANGUAGE sql AS 'SELECT note FROM orders WHERE id = n';
-- migration:
CREATE OR REPLACE FUNCTION order_note(n bigint) RETURNS text LANGUAGE sql AS 'SELECT NULL::text';
-- migrail: ignore MR102 reason="no version reads it since release 41"
ALTER TABLE orders DROP COLUMN note;
```

## No rewrite

What the function should do without the dropped name is for its author to say.

## Since

0.2.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: DROP COLUMN is refused for a BEGIN ATOMIC body (2BP01), and passes for a
  string, whose next call fails.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from migrail import dialects
from migrail.catalog.rewrite import words_in
from migrail.model.findings import Category, Severity
from migrail.model.operations import CreateFunction, DropColumn, DropObject, DropTable, RenameColumn, RenameTable
from migrail.model.structure import Name
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._words import listed

HELP = "Make the function again, without the old name, in the same migration."

_BODIES = 256
"""Bodies whose words are kept, so that a file that drops many columns reads each once."""


def _check(operation: DropColumn | DropTable | RenameColumn | RenameTable, context: Context) -> Iterable[Hit]:
    table = context.catalog.resolve(operation.table)
    if context.catalog.is_new(table) or not context.catalog.functions:
        return
    column = operation.column if isinstance(operation, DropColumn | RenameColumn) else None
    users = list(_users(table, column, context))
    if not users:
        return
    shown = context.display(table) if column is None else context.display_column(table, column)
    done = "renamed" if isinstance(operation, RenameColumn | RenameTable) else "dropped"
    yield Hit(
        object=shown,
        message=f"{shown} is {done}, and the body of {listed(users)} mentions it: the server does not look there, "
        "and the next call fails",
        help=HELP,
    )


def _users(table: Name, column: str | None, context: Context) -> Iterator[str]:
    """The functions whose body mentions the table, and the column where there is one."""
    known = context.catalog.table(table)
    triggers = known.triggers.values() if known is not None else ()
    called = {(trigger.function or "").rpartition(".")[2] for trigger in triggers}
    for name, overloads in context.catalog.functions.items():
        bodies = [item.body for item in overloads if item.body and not item.body.upper().startswith("BEGIN ATOMIC")]
        if not bodies or context.outline.makes(CreateFunction, name) or context.outline.makes(DropObject, name):
            continue
        words = frozenset().union(*(_words(body, context.dialect.name) for body in bodies))
        near = table.name in words or name.name in called
        if (near and column in words) or (column is None and table.name in words):
            yield context.display(name)


@lru_cache(maxsize=_BODIES)
def _words(body: str, dialect: str) -> frozenset[str]:
    return words_in(body, dialects.get(dialect))


RULE = Rule(
    code="MR118",
    name="code-uses-dropped",
    severity=Severity.WARNING,
    category=Category.COMPATIBILITY,
    dialects=("postgres", "mysql", "mariadb"),
    on=(DropColumn, DropTable, RenameColumn, RenameTable),
    check_operation=_check,
)
