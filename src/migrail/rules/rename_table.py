"""Renaming a table breaks the code that uses the old name

## What

ALTER TABLE ... RENAME TO on a table that exists before this change, unless the same migration creates a
view with the old name and all its columns afterwards, or makes the table anew and takes its rows along. On SQLite,
views, triggers and foreign keys of other tables follow the name, and are left with a table that is dropped then.

## Why

There is no moment at which the old and the new version of the application both find their table. A view
with the old name, made in the same transaction, gives both of them one: simple views accept INSERT, UPDATE
and DELETE on PostgreSQL. On SQLite views are read-only, so writes of the old version still fail there.

## Refused

```sql
ALTER TABLE customers RENAME TO clients;
```

```sql sqlite
ALTER TABLE customers RENAME TO clients;
```

```sql sqlite
-- history:
CREATE TABLE customers (id integer PRIMARY KEY, note text);
CREATE TABLE orders (customer integer REFERENCES customers (id));
-- migration:
ALTER TABLE customers RENAME TO customers_old;
CREATE TABLE customers (id integer PRIMARY KEY, note text NOT NULL);
INSERT INTO customers SELECT id, note FROM customers_old;
DROP TABLE customers_old;
```

```sql
-- history:
CREATE TABLE customers (id bigint PRIMARY KEY, note text);
-- migration:
ALTER TABLE customers RENAME TO clients;
CREATE VIEW customers AS SELECT id FROM clients;
```

## Accepted

```sql
ALTER TABLE customers RENAME TO clients;
CREATE VIEW customers AS SELECT * FROM clients;
```

```sql sqlite
-- history:
CREATE TABLE customers (id integer PRIMARY KEY, note text);
CREATE TABLE orders (customer integer REFERENCES customers (id));
-- migration:
CREATE TABLE customers_new (id integer PRIMARY KEY, note text NOT NULL);
INSERT INTO customers_new SELECT id, note FROM customers;
DROP TABLE customers;
ALTER TABLE customers_new RENAME TO customers;
```

```sql
CREATE TABLE customers_new (id bigint PRIMARY KEY);
ALTER TABLE customers_new RENAME TO customers_2;
```

## No rewrite

For a view that lacks a column: which expression stands for it, only its author knows. The rename alone has one.

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: RENAME takes ACCESS EXCLUSIVE for a moment.
- PostgreSQL manual, CREATE VIEW, "Updatable Views".
- SQLite, ``lang_createview.html``: views are read-only.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.catalog.rebuilt import rebuilt
from migrail.model.findings import Category, Severity
from migrail.model.operations import CreateView, RenameTable
from migrail.model.rewrites import Rewrite
from migrail.model.structure import Name
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_name, sql_table
from migrail.rules._views import BY_VIEW, behind_view, too_narrow
from migrail.sql import Rebuild

NEW_FIRST = """\
Make the new table under another name, take the rows along, drop the old table, and rename the new one."""


def _check(operation: RenameTable | CreateView, context: Context) -> Iterable[Hit]:
    if isinstance(operation, CreateView):
        if context.outline.renamed_before(operation.name, context.statement.number):
            yield from too_narrow(operation, context)
        return
    if context.catalog.is_new(operation.table) or _leaves_view(operation, context):
        return
    if context.catalog.table_of_index(operation.table) is not None:
        return  # ALTER TABLE renames indexes too, which no query names
    rebuild = context.outline.rebuild(operation, context.statement.number)
    if rebuild is not None and rebuild.keeps_rows:
        yield from _left_behind(operation, rebuild, context)
        return
    table = context.display(operation.table)
    yield Hit(
        object=table,
        message=f"{table} is renamed to {operation.new_name}: "
        "queries of the running application that use the old name fail",
        help=BY_VIEW,
        rewrite=_rewrite(operation, context),
    )


def _left_behind(operation: RenameTable, rebuild: Rebuild, context: Context) -> Iterable[Hit]:
    """What goes with the old name, where the new table is made under the name that the old one had."""
    both, left = rebuilt(context.catalog, rebuild), rebuild.last_name.name
    if both is None:
        return
    table = context.display(operation.table)
    keys = (f"the foreign key of {context.display(name)} points to {left}" for name in both.stray)
    views = (problem for problem in both.broken if f" {left}, " in problem)
    for problem in (*keys, *views):
        yield Hit(
            object=table,
            message=f"{table} is renamed to {operation.new_name} before it is made anew, "
            f"and what refers to it follows to a table that is dropped: {problem.partition(',')[0]}",
            help=NEW_FIRST,
        )


def _rewrite(operation: RenameTable, context: Context) -> Rewrite:
    old, new = operation.table, Name(operation.table.schema, operation.new_name)
    shown = sql_table(old, context.dialect)
    statement = f"ALTER TABLE {shown} RENAME TO {sql_name(operation.new_name, context.dialect)}"
    return behind_view(f"rename_{old.name}", statement, old, new, operation, context)


def _leaves_view(operation: RenameTable, context: Context) -> bool:
    """Whether a later statement of the file makes a view with the old name, so that old queries find one."""
    return context.outline.makes_later(CreateView, operation.table, context.statement.number)


RULE = Rule(
    code="MR103",
    name="rename-table",
    severity=Severity.ERROR,
    category=Category.COMPATIBILITY,
    dialects=("postgres", "sqlite", "mysql", "mariadb"),
    on=(RenameTable, CreateView),
    check_operation=_check,
)
