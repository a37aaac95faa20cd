"""Names without a schema mean something else from here on

## What

SET search_path, and `set_config('search_path', ...)`, in a migration, where a later statement of it names a
table without a schema.

## Why

Where a name is looked up then depends on what is in the schemas of that environment: the statement changes the
table of the first schema that has one of that name, or makes one where nobody looks for it. With `SET`, and not
`SET LOCAL`, the setting outlives the transaction.

## Refused

```sql
SET search_path = shop, public;
ALTER TABLE orders ADD COLUMN note text;
```

## Accepted

```sql
ALTER TABLE shop.orders ADD COLUMN note text;
```

```sql
SET search_path = '';
ALTER TABLE shop.orders ADD COLUMN note text;
```

## Since

0.2.0

## Sources

- PostgreSQL manual, 5.10.3 "The Schema Search Path".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrail.model.findings import Category, Severity
from migrail.model.operations import Operation, SetVariable, TableOperation
from migrail.model.text import visible
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_name

HELP = "Write the schema in front of the name: {schema}.{table}, and leave SET search_path out."


def _check(operation: SetVariable, context: Context) -> Iterable[Hit]:
    value = (operation.value or "").strip()
    if operation.variable != "search_path" or operation.value is None or _is_usual(value, context):
        return
    named = next(_without_schema(context), None)
    if named is None or named.target is None:
        return
    schema = value.split(",")[0].strip().strip("'\"") or "schema"
    yield Hit(
        object=named.target.name,
        message=f"SET search_path decides which table {named.target.name} is, and that depends on what is in the "
        f"schemas {visible(value)} of each environment",
        help=HELP.format(schema=schema, table=sql_name(named.target.name, context.dialect)),
    )


def _is_usual(value: str, context: Context) -> bool:
    """Whether it says what holds anyway."""
    parts = [part.strip().strip("'\"") for part in value.split(",")]
    return [part for part in parts if part != "$user"] == [
        context.dialect.default_schema
    ] or value.upper() == "DEFAULT"


def _without_schema(context: Context) -> Iterator[Operation]:
    for read in context.script.statements:
        if read.statement.number <= context.statement.number:
            continue
        for operation in read.operations:
            if isinstance(operation, SetVariable) and operation.variable == "search_path":
                return
            if isinstance(operation, TableOperation) and operation.table.schema is None:
                yield operation


RULE = Rule(
    code="MR608",
    name="search-path-set",
    severity=Severity.WARNING,
    category=Category.PARITY,
    dialects=("postgres",),
    on=(SetVariable,),
    check_operation=_check,
)
