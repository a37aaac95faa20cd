"""Long work goes on while the transaction holds a strong lock on another table

## What

A statement that reads or writes all rows of a table, while its transaction holds a lock that reads or writes of
another table wait for, or a stronger one on the same table than the work needs. Changes of rows are told by
MR227, and VALIDATE of a constraint that was added by the same transaction by MR202, MR205 and MR206.

## Why

A lock lasts until the transaction ends, not until its statement does. ADD COLUMN holds ACCESS EXCLUSIVE for a
millisecond; with the build of an index behind it, for as long as that takes.

## Refused

```sql
ALTER TABLE orders ADD COLUMN region text;
CREATE MATERIALIZED VIEW totals AS SELECT count(*) AS n FROM customers;
```

## Accepted

```sql
CREATE MATERIALIZED VIEW totals AS SELECT count(*) AS n FROM customers;
ALTER TABLE orders ADD COLUMN region text;
```

```sql
-- migrail: transaction=off
ALTER TABLE orders ADD COLUMN region text;
ANALYZE customers;
```

## Since

0.1.0

## Sources

- PostgreSQL manual, 13.3: a lock is held until the end of the transaction.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.locks import Blocked, Held
from migrail.model.operations import Delete, Insert, Merge, Operation, Update, ValidateConstraint
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._rewrites import apart
from migrail.rules._words import listed

HELP = "Put it into a migration of its own, or in front of what takes the lock"


def _check(operation: Operation, context: Context) -> Iterable[Hit]:
    work = context.effects.scans or context.effects.rewrites
    if not work or isinstance(operation, Update | Delete | Insert | Merge) or _told_elsewhere(operation, context):
        return
    kept = _kept(context)
    if kept is None:
        return
    done = f"every row of {listed(work)} is {'written again' if context.effects.rewrites else 'read'}"
    yield Hit(
        object=kept.lock.relation,
        message=f"{kept.lock.mode} on {kept.lock.relation}, taken in line {kept.statement.span.line}, "
        f"is held while {done}: {kept.lock.waiting} until then",
        help=HELP,
        rewrite=apart(operation, context),
    )


def _told_elsewhere(operation: Operation, context: Context) -> bool:
    return (
        isinstance(operation, ValidateConstraint)
        and context.outline.added_before(operation, context.statement.number) is not None
    )


def _kept(context: Context) -> Held | None:
    """The strongest lock of earlier statements that makes others wait longer than the work itself does."""
    own = {lock.relation: lock for lock in context.effects.locks}
    found = [
        known
        for relation, known in context.held.items()
        if Blocked.WRITES in known.lock.blocks
        and known.statement.span != context.statement.span
        and (relation not in own or len(own[relation].blocks) < len(known.lock.blocks))
    ]
    return max(found, key=lambda known: (len(known.lock.blocks), known.lock.strength), default=None)


RULE = Rule(
    code="MR223",
    name="work-under-lock",
    severity=Severity.WARNING,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(Operation,),
    check_operation=_check,
)
