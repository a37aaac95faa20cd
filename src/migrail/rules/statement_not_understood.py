"""A statement was not understood, so nothing is known about it

## What

A statement that migrail cannot read, also inside a DO block. It is an error when the statement begins with a
word that changes structure or data or takes locks, else a warning.

Code that cannot be followed is a warning: CALL, EXECUTE of a statement that the file has not prepared, DO in
another language than PL/pgSQL, and EXECUTE inside a DO block of a text that is put together at run time. A DO
block that is read as a whole is judged statement by statement, and so is a text that is written down, as in
`EXECUTE 'DROP TABLE t'` and `EXECUTE format('DROP TABLE %I', 't')`. What PREPARE is given is judged where
EXECUTE runs it, and so is what EXECUTE IMMEDIATE of MySQL and MariaDB is given.

## Why

Silence would look like approval. Locks, rewrites and compatibility of such a statement are unknown, and so
is the structure after it.

## Refused

```sql
DO $$
DECLARE name text;
BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'old' LOOP
    EXECUTE format('DROP TABLE old.%I', name);
  END LOOP;
END $$;
```

```sql
CALL clean_up();
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

```sql
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_type WHERE typname = 'mood') THEN
    CREATE TYPE mood AS ENUM ('good', 'bad');
  END IF;
END $$;
```

```sql
PREPARE closed (bigint) AS UPDATE orders SET note = 'closed' WHERE id = $1;
EXECUTE closed (1);
```

A statement that was read by a person says so:

```sql
-- migrail: ignore MR501 reason="deletes expired sessions, a thousand at a time"
CALL clean_up();
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
        yield from _check_code(operation, context)
        return
    yield Hit(
        severity=None if _is_grave(operation) else Severity.WARNING,
        message=f"{operation.keyword} was not understood ({operation.reason}): its locks and changes are unknown",
        help=HELP,
    )


def _check_code(operation: RunCode, context: Context) -> Iterable[Hit]:
    for part in operation.unread:
        yield Hit(
            span=part.span,
            severity=Severity.WARNING,
            message=f"{operation.verb} runs code that is not analysed: {part.reason}; "
            "its locks and changes are unknown",
            help=HELP,
        )
    if not operation.is_read and not operation.unread:
        name = f" {context.display(operation.name)}" if operation.name is not None else ""
        yield Hit(
            object=context.display(operation.name) if operation.name is not None else None,
            severity=Severity.WARNING,
            message=f"{operation.verb}{name} runs code that is not analysed: its locks and changes are unknown",
            help=HELP,
        )


RULE = Rule(
    code="MR501",
    name="statement-not-understood",
    severity=Severity.ERROR,
    category=Category.RELIABILITY,
    dialects=("postgres", "sqlite", "mysql", "mariadb"),
    on=(Opaque, RunCode),
    check_operation=_check,
)
