"""A strong lock is waited for without end, and everybody waits behind it

## What

A statement that takes a lock that reads or writes wait for, while ``lock_timeout`` is 0 or above 30 seconds: set
in the file, by its ``-- migrail: lock_timeout=`` or in the configuration. The first such statement of a
transaction.
``promote`` sets the timeout itself, so the files of a project need not. Of a file that is checked outside a
project nothing is known but that somebody runs it, and a note says so.

## Why

The lock is not there until the longest running query is through, and whoever comes later queues up behind it: a
statement of a millisecond stops the application for as long as it waits. With a short timeout it gives up, and
``promote`` can be run again.

## Refused

```sql
SET lock_timeout = 0;
ALTER TABLE orders ADD COLUMN region text;
```

```sql
-- migrail: lock_timeout=10min
ALTER TABLE orders ADD COLUMN region text;
```

## Accepted

```sql
ALTER TABLE orders ADD COLUMN region text;
```

```sql
SET lock_timeout = '5s';
ALTER TABLE orders ADD COLUMN region text;
```

## Since

0.1.0

## Sources

- PostgreSQL manual, 20.11 "Client Connection Defaults", lock_timeout: 0 is the default and waits for ever.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.locks import Blocked
from migrail.model.operations import Operation, SetVariable
from migrail.model.rewrites import Applicability, Rewrite, Stage
from migrail.rules._brief import fresh
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._rewrites import step
from migrail.rules._words import listed

LONGEST = 30.0
"""Seconds that a queue behind a waiting lock may grow."""

HELP = "Let it give up soon and try again, here or with `-- migrail: lock_timeout=2s` at the top"
SOON = "SET lock_timeout = '2s'"


def _check(operation: Operation, context: Context) -> Iterable[Hit]:
    timeout = context.lock_timeout
    if timeout is None or 0 < timeout <= LONGEST or getattr(operation, "concurrently", False):
        return
    locks = fresh(context)
    if not locks or any(Blocked.WRITES in known.lock.blocks for known in context.held.values()):
        return
    relations, who = listed(lock.relation for lock in locks), locks[0].waiting
    until = "without end" if timeout == 0 else f"for up to {timeout:g} s"
    given_up = step(operation.kind, Stage.EXPAND, SOON, context.statement.text)
    yield Hit(
        object=locks[0].relation,
        message=f"the lock on {relations} is waited for {until}, and behind it {who}",
        help=HELP,
        rewrite=Rewrite(steps=(given_up,), applicability=Applicability.MANUAL),
        severity=None if _is_said(context) else Severity.NOTE,
    )


def _is_said(context: Context) -> bool:
    """Whether the file itself says how long to wait."""
    return context.script.directives.lock_timeout is not None or any(
        isinstance(operation, SetVariable) and operation.variable in {"lock_timeout", "all"}
        for operation in context.script.operations
    )


RULE = Rule(
    code="MR222",
    name="lock-timeout-off",
    severity=Severity.WARNING,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(Operation,),
    check_operation=_check,
)
