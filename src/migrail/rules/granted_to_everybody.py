"""A privilege goes to everybody who can connect

## What

GRANT ... TO PUBLIC, and ALTER DEFAULT PRIVILEGES ... GRANT ... TO PUBLIC. EXECUTE and USAGE on functions, types
and languages are left alone, since PUBLIC has them from the start.

## Why

PUBLIC is every role, also those that are made later, in every environment: the reporting tool, the intern,
whoever gets hold of the weakest password.

## Refused

```sql
GRANT SELECT ON customers TO PUBLIC;
```

## Accepted

```sql
GRANT SELECT ON customers TO reporting;
```

```sql
REVOKE ALL ON customers FROM PUBLIC;
```

## Since

0.2.0

## Sources

- PostgreSQL manual, 5.8 "Privileges": what PUBLIC has by default.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import Grant
from migrail.rules._interface import Context, Hit, Rule

HELP = "Name the roles that need it."

_HARMLESS = frozenset({"EXECUTE", "USAGE", "CONNECT", "TEMPORARY", "TEMP"})


def _check(operation: Grant, context: Context) -> Iterable[Hit]:
    if operation.verb == "REVOKE" or "public" not in operation.grantees:
        return
    given = [privilege for privilege in operation.privileges if privilege not in _HARMLESS]
    if not given:
        return
    what = context.display(operation.name) if operation.name is not None else "every object that it names"
    if operation.verb == "ALTER DEFAULT PRIVILEGES":
        what = "every object that is made from now on"
    yield Hit(
        object=context.display(operation.name) if operation.name is not None else None,
        message=f"{operation.verb} gives {', '.join(given)} on {what} to PUBLIC, which is every role",
        help=HELP,
    )


RULE = Rule(
    code="MR701",
    name="granted-to-everybody",
    severity=Severity.WARNING,
    category=Category.SECURITY,
    dialects=("postgres",),
    on=(Grant,),
    check_operation=_check,
)
