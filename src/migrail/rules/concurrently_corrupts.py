"""PostgreSQL 14.0 to 14.3 builds broken indexes CONCURRENTLY

## What

CREATE INDEX CONCURRENTLY and REINDEX CONCURRENTLY for a server of version 14.0 to 14.3: an error. A warning
where the configuration says 14 and not which minor version.

## Why

Rows that are written while the index is built may be missing in it. Queries through the index do not find them,
a unique index lets duplicates in, and nothing says so.

## Refused

```sql postgres 14.2
-- migrail: transaction=off
CREATE INDEX CONCURRENTLY orders_note_idx ON orders (note);
```

## Accepted

```sql
-- migrail: transaction=off
CREATE INDEX CONCURRENTLY orders_note_idx ON orders (note);
```

## No rewrite

The server has to be updated; no SQL makes its build right.

## Since

0.2.0

## Sources

- PostgreSQL 14.4 release notes: "Prevent possible corruption of indexes created or rebuilt with the
  CONCURRENTLY option".
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.dialects import version_text
from migrail.model.findings import Category, Severity
from migrail.model.operations import CreateIndex, Reindex
from migrail.rules._interface import Context, Hit, Rule

HELP = "Update the server to 14.4 or later before this migration, and rebuild the indexes that were made this way."

_FIXED = (14, 4)


def _check(operation: CreateIndex | Reindex, context: Context) -> Iterable[Hit]:
    if not operation.concurrently or context.version[0] != _FIXED[0] or context.version >= _FIXED:
        return
    minor = len(context.version) > 1
    target = operation.target
    version = version_text(context.version)
    yield Hit(
        object=context.display(target) if target is not None else None,
        severity=None if minor else Severity.WARNING,
        message=f"PostgreSQL {version} builds indexes CONCURRENTLY that miss rows"
        + ("" if minor else ", unless it is 14.4 or later: the configuration does not say"),
        help=HELP,
    )


RULE = Rule(
    code="MR306",
    name="concurrently-corrupts",
    severity=Severity.ERROR,
    category=Category.DATA_LOSS,
    dialects=("postgres",),
    on=(CreateIndex, Reindex),
    check_operation=_check,
)
