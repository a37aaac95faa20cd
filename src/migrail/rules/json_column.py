"""A json column breaks DISTINCT, GROUP BY and UNION over the whole row

## What

ADD COLUMN ... json, or a change of type to json, on a table that exists before this change.

## Why

json has no equality operator. SELECT DISTINCT over all columns, GROUP BY and UNION, which ORMs write where
nobody expects them, fail with 42883 as soon as the column is there, also in code that does not know it.

## Refused

```sql
ALTER TABLE orders ADD COLUMN details json;
```

```sql
-- history:
CREATE TABLE imports (id bigint PRIMARY KEY, body text);
-- migration:
ALTER TABLE imports ALTER COLUMN body TYPE json USING body::json;
```

## Accepted

```sql
ALTER TABLE orders ADD COLUMN details jsonb;
```

```sql
CREATE TABLE imports (id bigint PRIMARY KEY, raw json);
```

## No rewrite

For a change of type: one from text or jsonb to json has none to put in its place. ADD COLUMN has one.

## Since

0.2.0

## Sources

- Measured on PostgreSQL 15: "could not identify an equality operator for type json" (42883).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AddColumn, AlterColumnType
from migrail.model.rewrites import Applicability, Rewrite, Stage
from migrail.rules._columns import adds_nothing
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._rewrites import instead, own_text, step
from migrail.sql import column_text

_JSON = re.compile(r"\bjson(?=(?:\s*\[[^]]*\])*\s*$)", re.IGNORECASE)
"""The type at the end of a column's head."""

_JSON_CAST = re.compile(r"::\s*json\b", re.IGNORECASE)

HELP = "Take jsonb, which can be compared and indexed"


def _check(operation: AddColumn | AlterColumnType, context: Context) -> Iterable[Hit]:
    if context.catalog.is_new(operation.table):
        return
    if isinstance(operation, AddColumn):
        name, type_ = operation.column.name, operation.column.type
        if adds_nothing(operation, context):
            return
    else:
        name, type_ = operation.column, operation.type
    if type_ is None or type_.name != "json":
        return
    shown = context.display_column(operation.table, name)
    yield Hit(
        object=shown,
        message=f"{shown} is of type json, which has no equality: DISTINCT, GROUP BY and UNION over all columns "
        f"of {context.display(operation.table)} fail, also in code that does not know the column",
        help=HELP,
        rewrite=_as_jsonb(operation, context) if isinstance(operation, AddColumn) else None,
    )


def _as_jsonb(operation: AddColumn, context: Context) -> Rewrite | None:
    """The author's statement with jsonb, which keeps neither blanks nor the order of keys: people decide."""
    text = own_text(operation, context)
    found = column_text(text, context.dialect) if text is not None else None
    if found is None:
        return None
    head = _JSON.sub("jsonb", found.head)
    clauses = [_JSON_CAST.sub("::jsonb", clause) for clause in found.clauses]
    added = step(f"add_{operation.column.name}", Stage.EXPAND, " ".join([head, *clauses]))
    return instead(operation, context, added, applicability=Applicability.MANUAL)


RULE = Rule(
    code="MR115",
    name="json-column",
    severity=Severity.WARNING,
    category=Category.COMPATIBILITY,
    dialects=("postgres",),
    on=(AddColumn, AlterColumnType),
    check_operation=_check,
)
