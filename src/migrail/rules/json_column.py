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

## Accepted

```sql
ALTER TABLE orders ADD COLUMN details jsonb;
```

```sql
CREATE TABLE imports (id bigint PRIMARY KEY, raw json);
```

## No rewrite

Another type is wanted, not other steps. The finding shows the statement with jsonb.

## Since

0.2.0

## Sources

- Measured on PostgreSQL 15: "could not identify an equality operator for type json" (42883).
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AddColumn, AlterColumnType
from migrail.rules._columns import adds_nothing
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_name, sql_table

ADD = "Take jsonb, which can be compared and indexed:\nALTER TABLE {table} ADD COLUMN {column} jsonb;"
CHANGE = "Take jsonb, which can be compared and indexed."


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
        help=(ADD if isinstance(operation, AddColumn) else CHANGE).format(
            table=sql_table(operation.table, context.dialect), column=sql_name(name, context.dialect)
        ),
    )


RULE = Rule(
    code="MR115",
    name="json-column",
    severity=Severity.WARNING,
    category=Category.COMPATIBILITY,
    dialects=("postgres",),
    on=(AddColumn, AlterColumnType),
    check_operation=_check,
)
