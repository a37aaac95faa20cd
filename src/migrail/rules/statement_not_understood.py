"""A statement was not understood, so nothing is known about it

## What

A statement that migrail cannot read, and code whose body it does not look into: DO, CALL, EXECUTE. It is an
error when the statement begins with a word that changes structure or data or takes locks, else a warning.

## Why

Silence would look like approval. Locks, rewrites and compatibility of such a statement are unknown, and so
is the structure after it.

## Refused

```sql
DO $$ BEGIN EXECUTE 'DROP TABLE orders'; END $$;
```

```sql
ALTER TABLE orders FROBNICATE note;
```

```sql sqlite
ALTER TABLE orders FROBNICATE note;
```

## Accepted

```sql
ALTER TABLE orders ADD COLUMN note text;
```

A statement that was read by a person says so:

```sql
-- migrail: ignore MR501 reason="only logs the number of rows"
DO $$ BEGIN RAISE NOTICE 'rows: %', (SELECT count(*) FROM orders); END $$;
```

## Since

0.1.0

## Sources

- The statements that are understood are listed in the reference of the dialect.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import Opaque, RunCode
from migrail.rules._interface import Context, Hit, Rule

HELP = """\
Write it as plain statements where that is possible. Otherwise have a person look at locks, rewrites and
compatibility, and say so before the statement:
-- migrail: ignore MR501 reason="..."\
"""

_GRAVE = frozenset(
    {
        "ALTER", "DROP", "CREATE", "RENAME", "TRUNCATE", "UPDATE", "DELETE", "INSERT", "REPLACE", "MERGE", "WITH",
        "COPY", "LOCK", "REINDEX", "CLUSTER", "REFRESH", "VACUUM", "IMPORT", "REASSIGN", "SECURITY",
    }
)  # fmt: skip
"""First words of statements that change structure or rows, or lock tables."""


def _is_grave(operation: Opaque) -> bool:
    return operation.keyword.upper().partition(" ")[0] in _GRAVE


def _check(operation: Opaque | RunCode, context: Context) -> Iterable[Hit]:
    if isinstance(operation, RunCode):
        name = f" {context.display(operation.name)}" if operation.name is not None else ""
        yield Hit(
            object=context.display(operation.name) if operation.name is not None else None,
            severity=Severity.WARNING,
            message=f"{operation.verb}{name} runs code that is not analysed: its locks and changes are unknown",
            help=HELP,
        )
        return
    yield Hit(
        severity=None if _is_grave(operation) else Severity.WARNING,
        message=f"{operation.keyword} was not understood ({operation.reason}): its locks and changes are unknown",
        help=HELP,
    )


RULE = Rule(
    code="MR501",
    name="statement-not-understood",
    severity=Severity.ERROR,
    category=Category.RELIABILITY,
    dialects=("postgres", "sqlite"),
    on=(Opaque, RunCode),
    check_operation=_check,
)
