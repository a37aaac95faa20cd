"""CASCADE drops more than the statement names

## What

DROP ... CASCADE and TRUNCATE ... CASCADE on what exists before this change: a warning. It is a note where all
migrations are known and nothing in them depends on it. Schemas are MR302.

## Why

What depends on the object differs from environment to environment: a view somebody made by hand, a foreign key
of another service. CASCADE takes it without a word, and TRUNCATE ... CASCADE empties every table that refers to
this one.

## Refused

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
CREATE VIEW noted AS SELECT id FROM orders WHERE note IS NOT NULL;
-- migration:
ALTER TABLE orders DROP COLUMN note CASCADE;
```

```sql
TRUNCATE orders CASCADE;
```

## Accepted

```sql
CREATE TABLE imports (id bigint PRIMARY KEY);
DROP TABLE imports CASCADE;
```

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text CONSTRAINT noted CHECK (note <> ''));
-- migration:
ALTER TABLE orders DROP CONSTRAINT noted;
```

## No rewrite

What depends on it is known only as far as migrations tell. Name what is to go, one by one.

## Since

0.2.0

## Sources

- PostgreSQL manual, 5.15 "Dependency Tracking", and TRUNCATE.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import (
    DropColumn,
    DropConstraint,
    DropIndex,
    DropObject,
    DropTable,
    DropView,
    Truncate,
)
from migrail.model.structure import Name
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._words import listed

HELP = """\
Name what is to go, each in a statement of its own, and leave CASCADE out: the server refuses what was forgotten."""

Cascading = DropTable | DropColumn | DropConstraint | DropView | DropObject | DropIndex | Truncate


def _check(operation: Cascading, context: Context) -> Iterable[Hit]:
    target = operation.target
    if not operation.cascade or target is None or context.catalog.is_new(target):
        return
    if isinstance(operation, DropObject) and operation.object_type in {"SCHEMA", "DATABASE"}:
        return
    if getattr(operation, "if_exists", False) and context.catalog.complete and not _is_known(operation, context):
        return
    dependents = _dependents(operation, target, context)
    verb = "TRUNCATE" if isinstance(operation, Truncate) else "DROP"
    effect = "empties" if isinstance(operation, Truncate) else "drops"
    shown = context.display(target)
    known = f": {listed(map(context.display, dependents))}, as far as migrations tell" if dependents else ""
    yield Hit(
        object=shown,
        severity=Severity.NOTE if context.catalog.complete and not dependents else None,
        message=f"{verb} ... CASCADE {effect} everything that depends on {shown}{known}",
        help=HELP,
    )


def _is_known(operation: Cascading, context: Context) -> bool:
    catalog = context.catalog
    match operation:
        case DropObject(object_type=kind, name=name) if kind in {"TYPE", "DOMAIN"}:
            return catalog.type_named(name) is not None
        case DropObject(object_type="SEQUENCE", name=name):
            return catalog.sequence(name) is not None
        case DropObject(object_type="EXTENSION", name=name):
            return name.name in catalog.extensions
        case DropObject(name=name):
            return bool(catalog.function(name))
        case DropView(name=name) | DropIndex(name=name):
            return catalog.has_relation(catalog.resolve(name))
        case _:
            return catalog.table(operation.table) is not None


def _dependents(operation: Cascading, target: Name, context: Context) -> tuple[Name, ...]:
    catalog = context.catalog
    match operation:
        case DropTable() | DropView():
            return (*catalog.views_reading(target), *catalog.referencing(target))
        case Truncate():
            return catalog.referencing(target)
        case DropColumn():
            return catalog.views_reading(target)
        case DropConstraint():
            return catalog.referencing(target)
        case DropObject(object_type=kind) if kind in {"TYPE", "DOMAIN"}:
            return catalog.tables_with_type(target)
        case _:
            return ()


RULE = Rule(
    code="MR303",
    name="cascade",
    severity=Severity.WARNING,
    category=Category.DATA_LOSS,
    dialects=("postgres",),
    on=(DropTable, DropColumn, DropConstraint, DropView, DropObject, DropIndex, Truncate),
    check_operation=_check,
)
