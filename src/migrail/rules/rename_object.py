"""Renaming a view, type, sequence, function or schema, or moving it, breaks the code that uses the old name

## What

ALTER ... RENAME TO of views, sequences, schemas, types, domains and functions, and ALTER ... SET SCHEMA of these
and of tables, where they exist before this change. Left alone where the same migration makes a view or function
with the old name afterwards.

## Why

The running version asks for the old name and the next one for the new name, and during a deployment both run at
the same time. SET SCHEMA is no better: an unqualified name finds the table only through the search path of the
session that asks.

## Refused

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, open boolean);
CREATE VIEW open_orders AS SELECT id FROM orders WHERE open;
-- migration:
ALTER VIEW open_orders RENAME TO pending_orders;
```

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE SCHEMA archive;
-- migration:
ALTER TABLE orders SET SCHEMA archive;
```

```sql
ALTER SCHEMA shop RENAME TO store;
```

## Accepted

```sql
ALTER TABLE orders SET SCHEMA archive;
CREATE VIEW orders AS SELECT * FROM archive.orders;
```

```sql
CREATE TABLE imports (id bigint PRIMARY KEY);
ALTER TABLE imports SET SCHEMA archive;
```

```sql
ALTER INDEX orders_note_idx RENAME TO orders_by_note;
```

## No rewrite

For schemas, types, sequences and functions, which cannot have two names. Views and tables have one.

## Since

0.2.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: SET SCHEMA takes ACCESS EXCLUSIVE for a moment, and so does RENAME.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import CreateFunction, CreateView, MoveObject, MoveTable, RenameObject
from migrail.model.structure import Name
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_name, sql_table
from migrail.rules._routines import only_triggers_call
from migrail.rules._views import BY_VIEW, behind_view

BY_COPY = """\
Make the new one beside the old one, deploy code that uses it, and drop the old one in a later change. When no
deployed version uses the old name, say so in the file:
-- migrail: ignore MR107 reason="..."
{statement};"""

_VIEWS = frozenset({"VIEW", "MATERIALIZED VIEW", "FOREIGN TABLE"})
_ROUTINES = frozenset({"FUNCTION", "PROCEDURE", "ROUTINE", "AGGREGATE"})
_KINDS = frozenset({*_VIEWS, *_ROUTINES, "SEQUENCE", "SCHEMA", "TYPE", "DOMAIN"})
"""What queries name."""


def _check(operation: RenameObject | MoveObject | MoveTable, context: Context) -> Iterable[Hit]:
    kind = "TABLE" if isinstance(operation, MoveTable) else operation.object_type
    name = operation.table if isinstance(operation, MoveTable) else operation.name
    if kind != "TABLE" and kind not in _KINDS:
        return
    if context.catalog.is_new_object(kind, name) or (kind != "SCHEMA" and _is_made_again(name, context)):
        return
    if kind in _ROUTINES and only_triggers_call(name, context):
        return
    shown = str(name) if kind == "SCHEMA" else context.display(name)
    if isinstance(operation, RenameObject):
        new, done = Name(name.schema, operation.new_name), f"renamed to {operation.new_name}"
    else:
        new, done = Name(operation.new_schema, name.name), f"moved to the schema {operation.new_schema}"
    relation = kind in _VIEWS or (kind == "TABLE" and context.catalog.table(name) is not None)
    statement = _statement(kind, operation, context)
    yield Hit(
        object=shown,
        message=f"{shown} is {done}: queries of the running application that use the old name fail",
        help=BY_VIEW if relation else BY_COPY.format(statement=statement),
        rewrite=behind_view(f"move_{name.name}", statement, name, new, operation, context) if relation else None,
    )


def _statement(kind: str, operation: RenameObject | MoveObject | MoveTable, context: Context) -> str:
    dialect = context.dialect
    name = operation.table if isinstance(operation, MoveTable) else operation.name
    head = f"ALTER {kind} {sql_table(name, dialect)}"
    if isinstance(operation, RenameObject):
        return f"{head} RENAME TO {sql_name(operation.new_name, dialect)}"
    return f"{head} SET SCHEMA {sql_name(operation.new_schema, dialect)}"


def _is_made_again(name: Name, context: Context) -> bool:
    made = context.outline.makes_later
    return any(made(kind, name, context.statement.number) for kind in (CreateView, CreateFunction))


RULE = Rule(
    code="MR107",
    name="rename-object",
    severity=Severity.ERROR,
    category=Category.COMPATIBILITY,
    dialects=("postgres", "mysql", "mariadb"),
    on=(RenameObject, MoveObject, MoveTable),
    check_operation=_check,
)
