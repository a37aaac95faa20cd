"""A migration must not begin or end transactions

## What

BEGIN, COMMIT, ROLLBACK and their like inside a migration, on MySQL and MariaDB also XA and SET autocommit.
Savepoints are left alone.

## Why

The change and the ledger row that says it happened are written in one transaction, which belongs to the
promoter. A COMMIT in the file ends that transaction: a failure afterwards leaves the database half changed
with nobody knowing. With `transaction=off` a BEGIN opens one that outlives its statement. COMMIT inside a DO
block is refused by the server (2D000) unless the block runs outside a transaction, as `transaction=off` has it.

## Refused

```sql
BEGIN;
ALTER TABLE orders ADD COLUMN note text;
COMMIT;
```

```sql sqlite
BEGIN;
ALTER TABLE orders ADD COLUMN note text;
COMMIT;
```

```sql mariadb
SET autocommit = 0;
INSERT INTO colours (name) VALUES ('red');
COMMIT;
```

## Accepted

```sql
ALTER TABLE orders ADD COLUMN note text;
ALTER TABLE orders ADD COLUMN noted_at timestamptz;
```

```sql
SAVEPOINT before_seed;
INSERT INTO colours (name) VALUES ('red');
RELEASE SAVEPOINT before_seed;
```

## Since

0.1.0

## Sources

- PostgreSQL manual, COMMIT: statements after it run outside the transaction that the file began in.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.migration import TransactionMode
from migrail.model.operations import SetVariable, TransactionControl
from migrail.rules._interface import Context, Hit, Rule

HELP = """\
Delete the statement: a migration runs in one transaction as it is. For one that must not, begin the file with
-- migrail: transaction=off"""

OFF = """\
Delete the statement and the directive below to run the whole file in one transaction, or split the file:
-- migrail: transaction=off"""


def _check(operation: TransactionControl | SetVariable, context: Context) -> Iterable[Hit]:
    verb = _verb(operation)
    if verb is None:
        return
    off = context.script.directives.transaction is TransactionMode.OFF
    if off and context.inside is not None:
        return
    what = (
        "this migration runs without one, statement by statement"
        if off
        else "the promoter writes the change and its ledger row in one, which this would end too early"
    )
    yield Hit(
        message=f"{verb} in a migration: {what}",
        help=OFF if off else HELP,
    )


def _verb(operation: TransactionControl | SetVariable) -> str | None:
    if isinstance(operation, SetVariable):
        return "SET autocommit" if operation.variable == "autocommit" else None
    return operation.verb if operation.ends_transaction else None


RULE = Rule(
    code="MR404",
    name="transaction-control-in-file",
    severity=Severity.ERROR,
    category=Category.WILL_FAIL,
    dialects=("postgres", "mysql", "mariadb", "sqlite"),
    on=(TransactionControl, SetVariable),
    check_operation=_check,
)
