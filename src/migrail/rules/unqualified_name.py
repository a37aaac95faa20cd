"""Names say their schema

House style: off unless the configuration sets a severity for MR809.

## What

CREATE, ALTER and DROP TABLE of a name without a schema.

## Why

Which table it is depends on the search path of the session.

## Refused

```sql
CREATE TABLE invoices (id bigint PRIMARY KEY);
```

## Accepted

```sql
CREATE TABLE public.invoices (id bigint PRIMARY KEY);
```

## Since

0.2.0

## Sources

- A matter of taste, which teams settle once and tools keep.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import TableOperation
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_name


def _check(operation: TableOperation, context: Context) -> Iterable[Hit]:
    name = operation.table
    if name.schema is not None or context.catalog.resolve(name).schema == context.catalog.temporary_schema:
        return
    if getattr(operation, "temporary", False):
        return
    schema = context.catalog.resolve(name).schema or context.dialect.default_schema or "schema"
    shown = f"{sql_name(schema, context.dialect)}.{sql_name(name.name, context.dialect)}"
    yield Hit(object=name.name, message=f"{name.name} is written without its schema", help=f"Write {shown}.")


RULE = Rule(
    code="MR809",
    name="unqualified-name",
    severity=Severity.WARNING,
    category=Category.CONVENTION,
    dialects=("postgres",),
    enabled=False,
    on=(TableOperation,),
    check_operation=_check,
)
