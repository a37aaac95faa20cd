"""Dropping a view breaks the code that still reads it

## What

DROP VIEW and DROP MATERIALIZED VIEW of a view that exists before this change. A view that the same migration
makes again with all its columns is left alone, and so is IF EXISTS of a view that no migration made.

## Why

Queries of the running application that read the view fail from the commit on, and so do they after a roll-back
to the version before.

## Refused

```sql
DROP VIEW open_orders;
```

```sql sqlite
DROP VIEW open_orders;
```

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
CREATE VIEW noted AS SELECT id, note FROM orders;
-- migration:
DROP VIEW noted;
CREATE VIEW noted AS SELECT id FROM orders;
```

## Accepted

A view that is made again in the same migration is never missed:

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, open boolean);
CREATE VIEW open_orders AS SELECT id FROM orders WHERE open;
-- migration:
DROP VIEW open_orders;
CREATE VIEW open_orders AS SELECT id, open FROM orders WHERE open;
```

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
DROP VIEW IF EXISTS never_made;
```

## No rewrite

What is dropped is missed by code that a file does not show. The finding shows the statement with the line that
says that nobody uses it any more.

## Since

0.2.0

## Sources

- PostgreSQL manual, DROP VIEW; DDL is transactional there, so that others see the old view or the new one.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import CreateView, DropView
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_table
from migrail.rules._views import too_narrow

HELP = """\
First deploy a version that does not read the view, everywhere; drop it in a later change. When that has happened,
say so in the file:
-- migrail: ignore MR105 reason="..."
DROP {kind} {view};"""


def _check(operation: DropView | CreateView, context: Context) -> Iterable[Hit]:
    catalog, name = context.catalog, operation.name
    if isinstance(operation, CreateView):
        if catalog.view(name) is None and context.before.view(name) is not None:
            yield from too_narrow(operation, context)
        return
    if catalog.is_new(name) or context.outline.makes_later(CreateView, name, context.statement.number):
        return
    if operation.if_exists and catalog.complete and catalog.view(name) is None:
        return
    kind = "MATERIALIZED VIEW" if operation.materialized else "VIEW"
    view = context.display(name)
    yield Hit(
        object=view,
        message=f"DROP {kind} removes {view}: queries of the running application that read it fail",
        help=HELP.format(kind=kind, view=sql_table(name, context.dialect)),
    )


RULE = Rule(
    code="MR105",
    name="drop-view",
    severity=Severity.ERROR,
    category=Category.COMPATIBILITY,
    dialects=("postgres", "sqlite", "mysql", "mariadb"),
    on=(DropView, CreateView),
    check_operation=_check,
)
