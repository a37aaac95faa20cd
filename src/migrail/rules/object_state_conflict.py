"""The statement does not fit the structure that the older migrations make

## What

Creating what exists already, dropping, altering or referring to what does not exist, as far as the older
migrations tell. Without older migrations, or when one of them was not understood, only what is certain is
reported; of what stands inside a DO block, only what is reached whenever the block runs.

## Why

It fails in every environment that applied the history, and that is found out here instead of there. Often
the cause is another branch that was merged first, or a file that was meant to be edited and was copied.

## Refused

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
-- migration:
ALTER TABLE orders ADD COLUMN note text;
```

```sql sqlite
-- history:
CREATE TABLE orders (id integer PRIMARY KEY);
-- migration:
CREATE TABLE orders (id integer PRIMARY KEY);
```

## Accepted

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
-- migration:
ALTER TABLE orders ADD COLUMN IF NOT EXISTS note text;
```

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE orders ADD COLUMN note text;
```

## Since

0.1.0

## Sources

- PostgreSQL errors 42P07, 42701, 42P01, 42703, 42704; SQLite: "already exists", "no such table", "duplicate
  column name".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from migrail.catalog.conflicts import conflicts
from migrail.model.findings import Category, Severity
from migrail.model.operations import Operation
from migrail.rules._interface import Context, Hit, Rule

HELP = """\
Look at what the older migrations did to it. If a database is different from them, record that as a migration of
its own first: IF EXISTS and IF NOT EXISTS would hide the difference."""


_IF_EXISTS = re.compile(r"\s*ALTER\s+(?:\w+\s+){1,2}IF\s+EXISTS\b", re.IGNORECASE)


def _check(operation: Operation, context: Context) -> Iterable[Hit]:
    conflict = conflicts(context.catalog, operation) if context.certain else None
    if conflict is None or (conflict.endswith("does not exist") and _IF_EXISTS.match(context.statement.text)):
        return
    target = operation.target
    yield Hit(object=context.display(target) if target is not None else None, message=conflict, help=HELP)


RULE = Rule(
    code="MR405",
    name="object-state-conflict",
    severity=Severity.ERROR,
    category=Category.WILL_FAIL,
    dialects=("postgres", "sqlite", "mysql", "mariadb"),
    on=(Operation,),
    check_operation=_check,
)
