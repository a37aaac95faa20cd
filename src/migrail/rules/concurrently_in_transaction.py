"""What cannot run inside a transaction splits a migration

## What

A statement that the server refuses inside a transaction block, in a file with other statements: CREATE, DROP
and REINDEX INDEX CONCURRENTLY, DETACH PARTITION CONCURRENTLY, VACUUM, CREATE DATABASE, some PRAGMAs of SQLite,
... Inside a DO block, which runs in a transaction wherever it stands, it is an error, and so it is everywhere
where `promote.transaction` is `batch`; where it is `off`, nothing is said. Settings (SET) do not count as other
statements.

## Why

`promote` runs such a statement outside of the migration's transaction by itself, and what stands before and
behind it in transactions of their own. So the file is not all or nothing any more: if a statement fails, what
stands before stays done. Where one transaction is to hold the whole batch (`promote.transaction`), `promote`
refuses the file, and every other tool gets an error from the server (25001 on PostgreSQL).

## Refused

```sql
ALTER TABLE orders ADD COLUMN code text;
CREATE INDEX CONCURRENTLY orders_note_idx ON orders (note);
```

```sql sqlite
DELETE FROM orders WHERE id < 0;
VACUUM;
```

## Accepted

```sql
CREATE INDEX CONCURRENTLY orders_note_idx ON orders (note);
```

```sql sqlite
-- migrail: transaction=off
DELETE FROM orders WHERE id < 0;
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
from migrail.model.migration import TransactionMode
from migrail.model.operations import Operation, SetVariable
from migrail.model.rewrites import Applicability, Rewrite, Stage
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._rewrites import step
from migrail.sql import ReadStatement

HELP = """\
Put it alone into a migration; if it fails there, nothing before it is half done"""

HELP_BATCH = """\
Leave transaction = "batch" to environments that nobody uses meanwhile, and run this with transaction = "migration",
under [promote] or in the [[environment]]: then what cannot be undone together is done one by one"""

_FILE_WORDS = re.compile(r"[^\w]+")
_WORDS = re.compile(r"[A-Za-z]+(?:\s+[A-Za-z]+)?")


def _check(operation: Operation, context: Context) -> Iterable[Hit]:
    if context.effects.in_transaction is not InTransaction.FORBIDDEN:
        return
    if context.inside is None and _is_meant(context):
        return
    target = operation.target
    refused = context.inside is None and context.transaction is TransactionMode.BATCH
    yield Hit(
        object=context.display(target) if target is not None else None,
        message=f"{_form(operation, context)} cannot run inside a transaction, {_outcome(context)}",
        severity=Severity.ERROR if _fails(context) else Severity.WARNING,
        help=HELP_BATCH if refused else HELP,
        rewrite=None if refused else _rewrite(operation, context),
    )


def _fails(context: Context) -> bool:
    return context.inside is not None or context.transaction is TransactionMode.BATCH


def _is_meant(context: Context) -> bool:
    """Nothing that changes something else stands in the file, or no transaction is wanted."""
    if context.transaction is TransactionMode.BATCH:
        return False
    wanted = context.script.directives.transaction or context.transaction
    statements = context.script.statements
    working = [read for read in statements if read.statement is context.statement or not _is_setting(read)]
    return len(working) == 1 or wanted is TransactionMode.OFF


def _is_setting(read: ReadStatement) -> bool:
    return bool(read.operations) and all(isinstance(operation, SetVariable) for operation in read.operations)


def _outcome(context: Context) -> str:
    if context.inside is not None:
        return f"and a DO block always runs in one: {context.dialect.title} refuses it"
    if context.transaction is TransactionMode.BATCH:
        return "and promote is to run the whole batch in one: it refuses the file"
    return "so it runs outside of this migration's: if a statement fails, what stands before it stays done"


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
    severity=Severity.WARNING,
    category=Category.WILL_FAIL,
    dialects=("postgres", "sqlite"),
    on=(Operation,),
    check_operation=_check,
)
