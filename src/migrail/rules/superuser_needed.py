"""The statement needs a superuser

## What

ALTER SYSTEM, CREATE and ALTER ROLE with SUPERUSER, REPLICATION or BYPASSRLS, CREATE EVENT TRIGGER, CREATE
LANGUAGE, CREATE TABLESPACE, COPY ... FROM PROGRAM and CREATE FUNCTION in C.

## Why

Promoting with a superuser gives every migration, and everybody who can get one reviewed, the whole server:
files, other databases, other roles. With an ordinary role the statement fails (42501). Such things belong to
the setup of the server.

## Refused

```sql
ALTER SYSTEM SET work_mem = '64MB';
```

```sql
CREATE ROLE admin SUPERUSER;
```

## Accepted

```sql
CREATE ROLE reporting NOLOGIN;
```

## Since

0.2.0

## Sources

- PostgreSQL manual, the pages of these statements, and 22.2 "Role Attributes".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AlterObject, CreateFunction, CreateObject, Insert
from migrail.rules._interface import Context, Hit, Rule

HELP = "Do it where the server is set up, by hand or by the tool that keeps it, and leave it out of the migrations."

_ATTRIBUTE = re.compile(r"(?<![\w\"'])(SUPERUSER|REPLICATION|BYPASSRLS)(?![\w\"'])", re.IGNORECASE)
_PROGRAM = re.compile(r"\s*COPY\b.*\bFROM\s+PROGRAM\b", re.IGNORECASE | re.DOTALL)
_KINDS = frozenset({"EVENT TRIGGER", "LANGUAGE", "TABLESPACE"})
_LONGEST = 20_000


def _check(operation: AlterObject | CreateObject | CreateFunction | Insert, context: Context) -> Iterable[Hit]:
    what = _what(operation, context.statement.text[:_LONGEST])
    if what is not None:
        target = operation.target
        yield Hit(
            object=str(target) if target is not None else None,
            message=f"{what} needs a superuser: the promoter's role would have the whole server",
            help=HELP,
        )


def _what(operation: AlterObject | CreateObject | CreateFunction | Insert, text: str) -> str | None:
    match operation:
        case AlterObject(object_type="SYSTEM"):
            return "ALTER SYSTEM"
        case AlterObject(object_type="ROLE") | CreateObject(object_type="ROLE"):
            found = _ATTRIBUTE.search(text)
            return f"a role with {found[1].upper()}" if found else None
        case CreateObject(object_type=kind) if kind in _KINDS:
            return f"CREATE {kind}"
        case CreateFunction(language="c"):
            return "a function in C"
        case Insert() if _PROGRAM.match(text):
            return "COPY ... FROM PROGRAM"
        case _:
            return None


RULE = Rule(
    code="MR705",
    name="superuser-needed",
    severity=Severity.WARNING,
    category=Category.SECURITY,
    dialects=("postgres",),
    on=(AlterObject, CreateObject, CreateFunction, Insert),
    check_operation=_check,
)
