"""A function with its owner's rights looks names up where its caller says

## What

CREATE FUNCTION or PROCEDURE ... SECURITY DEFINER without SET search_path.

## Why

It runs with the rights of its owner and the search path of whoever calls it. A caller who puts a schema of his
own in front makes it use his tables and functions, with the owner's rights.

## Refused

```sql
CREATE FUNCTION close_order(id bigint) RETURNS void LANGUAGE sql SECURITY DEFINER
AS 'UPDATE orders SET open = false';
```

## Accepted

```sql
CREATE FUNCTION close_order(id bigint) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS 'UPDATE shop.orders SET open = false';
```

```sql
CREATE FUNCTION close_order(id bigint) RETURNS void LANGUAGE sql
AS 'UPDATE orders SET open = false';
```

## Since

0.2.0

## Sources

- PostgreSQL manual, CREATE FUNCTION, "Writing SECURITY DEFINER Functions Safely".
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.catalog.signatures import as_named
from migrail.model.findings import Category, Severity
from migrail.model.operations import CreateFunction
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_table

HELP = """\
Fix the search path, write schemas in the body, and say who may call it:
ALTER {kind} {name}({arguments}) SET search_path = pg_catalog, pg_temp;
REVOKE ALL ON {kind} {name}({arguments}) FROM PUBLIC;"""


def _check(operation: CreateFunction, context: Context) -> Iterable[Hit]:
    if not operation.security_definer or "search_path" in operation.settings:
        return
    name = context.display(operation.name)
    yield Hit(
        object=name,
        message=f"{name} runs with its owner's rights and its caller's search_path: who calls it can make it use "
        "tables and functions of his own",
        help=HELP.format(
            kind="PROCEDURE" if operation.procedure else "FUNCTION",
            name=sql_table(operation.name, context.dialect),
            arguments=as_named(operation.arguments, context.dialect),
        ),
    )


RULE = Rule(
    code="MR702",
    name="security-definer-search-path",
    severity=Severity.WARNING,
    category=Category.SECURITY,
    dialects=("postgres",),
    on=(CreateFunction,),
    check_operation=_check,
)
