"""Some statements cannot run inside a transaction

## What

A statement that the server refuses inside a transaction block, in a migration that runs in one: CREATE,
DROP and REINDEX INDEX CONCURRENTLY, DETACH PARTITION CONCURRENTLY, VACUUM, CREATE DATABASE, some PRAGMAs of
SQLite, ... A DO block runs in a transaction wherever it stands.

## Why

A migration runs in one transaction unless its first comment says otherwise. The server answers with an
error (25001 on PostgreSQL) in every environment.

## Refused

```sql
CREATE INDEX CONCURRENTLY orders_note_idx ON orders (note);
```

```sql sqlite
VACUUM;
```

## Accepted

```sql
-- migrail: transaction=off
CREATE INDEX CONCURRENTLY orders_note_idx ON orders (note);
```

```sql sqlite
-- migrail: transaction=off
VACUUM;
```

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: error 25001. REFRESH MATERIALIZED VIEW CONCURRENTLY and ALTER TYPE
  ... ADD VALUE are allowed. SQLite 3.40: "cannot VACUUM from within a transaction".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.locks import InTransaction
from migrail.model.operations import Operation
from migrail.model.rewrites import Applicability, Rewrite, Stage
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._rewrites import step

HELP = """\
Put it alone into a migration that runs without a transaction; if it fails there, nothing before it is half done"""

_FILE_WORDS = re.compile(r"[^\w]+")
_WORDS = re.compile(r"[A-Za-z]+(?:\s+[A-Za-z]+)?")


def _check(operation: Operation, context: Context) -> Iterable[Hit]:
    if not context.in_transaction or context.effects.in_transaction is not InTransaction.FORBIDDEN:
        return
    target = operation.target
    around = "this migration" if context.inside is None else "a DO block always"
    yield Hit(
        object=context.display(target) if target is not None else None,
        message=f"{_form(operation, context)} cannot run inside a transaction, and {around} runs in one: "
        f"{context.dialect.title} refuses it",
        help=HELP,
        rewrite=_rewrite(operation, context),
    )


def _rewrite(operation: Operation, context: Context) -> Rewrite:
    """The whole statement moves, whatever else is in it, and only one of its operations says so."""
    words = _FILE_WORDS.sub("_", " ".join(context.statement.text.split()[:6])).strip("_").lower()
    alone = step(words or operation.kind, Stage.EXPAND, context.statement.text, off=True)
    safe = context.inside is None
    return Rewrite(steps=(alone,), applicability=Applicability.SAFE if safe else Applicability.MANUAL)


def _form(operation: Operation, context: Context) -> str:
    """``CREATE INDEX CONCURRENTLY``."""
    head = _WORDS.match(context.statement.text)
    words = " ".join(head[0].upper().split()) if head else operation.kind.replace("_", " ").upper()
    if not getattr(operation, "concurrently", False):
        return words.split()[0] if words.split()[0] in {"VACUUM", "PRAGMA"} else words
    return f"{'CREATE INDEX' if words.startswith('CREATE') else words} CONCURRENTLY"


RULE = Rule(
    code="MR402",
    name="concurrently-in-transaction",
    severity=Severity.ERROR,
    category=Category.WILL_FAIL,
    dialects=("postgres", "sqlite"),
    on=(Operation,),
    check_operation=_check,
)
