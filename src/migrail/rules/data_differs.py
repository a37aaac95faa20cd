"""The migration writes other data in each environment

## What

INSERT or UPDATE of values that a server makes up: `random()`, `gen_random_uuid()`, `uuid_generate_v4()`, and
COPY from a file on the server, in a table that exists before this change.

## Why

Environments drift apart from the first row on: a row of qa cannot be found by its key in production, a test
that passed below says less about the environment above. COPY from a server's file needs the file on every
server, and a role that may read it.

## Refused

```sql
INSERT INTO plans (id, name) VALUES (gen_random_uuid(), 'basic');
```

```sql
COPY plans FROM '/srv/seed/plans.csv';
```

## Accepted

```sql
INSERT INTO plans (id, name) VALUES ('5f0c9a52-1f0e-4c1b-9a3e-6d1d2a7c9b10', 'basic');
```

```sql
UPDATE orders SET token = md5(id::text) WHERE token IS NULL;
```

## Since

0.2.0

## Sources

- PostgreSQL manual, COPY: files are read by the server, by superusers and pg_read_server_files only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import Insert, Update
from migrail.rules._interface import Context, Hit, Rule

VALUES = (
    "Write the values into the file, or take them from other columns; where they need not agree, ignore this note."
)
FILE = "Put the rows into the migration as INSERT."

_MADE_UP = re.compile(
    r"\b(random|gen_random_uuid|uuid_generate_v[14](?:mc)?|uuidv[47]|uuid|rand)\s*\(", re.IGNORECASE
)
_COPY = re.compile(r"\s*COPY\b.*\bFROM\s+(PROGRAM\s+)?'", re.IGNORECASE | re.DOTALL)
_LONGEST = 20_000
"""Characters of a statement that are looked at: long ones hold literal rows."""


def _check(operation: Insert | Update, context: Context) -> Iterable[Hit]:
    text = context.statement.text[:_LONGEST]
    table = context.display(operation.table)
    if isinstance(operation, Insert) and _COPY.match(text):
        yield Hit(
            object=table,
            severity=Severity.WARNING,
            message=f"COPY reads a file of the server into {table}: each environment needs the same one",
            help=FILE,
        )
        return
    found = _MADE_UP.search(text)
    if found is not None and not context.catalog.is_new(operation.table):
        yield Hit(
            object=table,
            message=f"{found[1].lower()}() gives the rows of {table} other values in each environment",
            help=VALUES,
        )


RULE = Rule(
    code="MR607",
    name="data-differs",
    severity=Severity.NOTE,
    category=Category.PARITY,
    dialects=("postgres", "sqlite", "mysql", "mariadb"),
    on=(Insert, Update),
    check_operation=_check,
)
