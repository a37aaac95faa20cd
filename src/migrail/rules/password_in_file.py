"""A password stands in the file

## What

CREATE ROLE, CREATE USER and ALTER ROLE ... PASSWORD with a literal.

## Why

Whoever reads the repository, a copy of it, or the server's log has the password, for as long as it is not
changed, and it is the same in every environment.

## Refused

```sql
CREATE ROLE reporting LOGIN PASSWORD 'swordfish';
```

## Accepted

```sql
CREATE ROLE reporting LOGIN;
```

```sql
ALTER ROLE reporting PASSWORD NULL;
```

## Since

0.2.0

## Sources

- PostgreSQL manual, CREATE ROLE: the password is sent, and may be logged, as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AlterObject, CreateObject
from migrail.rules._interface import Context, Hit, Rule

HELP = "Set it outside of the migrations, in each environment by itself, and change the one that was written here."

_PASSWORD = re.compile(r"\bPASSWORD\s+(?:E|U&)?'[^']|\bIDENTIFIED\s+BY\s+(?:PASSWORD\s+)?'[^']", re.IGNORECASE)


def _check(operation: CreateObject | AlterObject, context: Context) -> Iterable[Hit]:
    if operation.object_type not in {"ROLE", "USER"} or not _PASSWORD.search(context.statement.text):
        return
    yield Hit(
        object=str(operation.name) if operation.name is not None else None,
        message="a password is written in the file: who can read the repository or the server's log has it",
        help=HELP,
    )


RULE = Rule(
    code="MR706",
    name="password-in-file",
    severity=Severity.ERROR,
    category=Category.SECURITY,
    dialects=("postgres", "mysql", "mariadb"),
    on=(CreateObject, AlterObject),
    check_operation=_check,
)
