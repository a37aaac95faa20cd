"""ALTER CONSTRAINT ... ENFORCED compares all rows while everybody waits

## What

ALTER CONSTRAINT ... ENFORCED of a foreign key that is NOT ENFORCED, on a table that exists before this change
(PostgreSQL 18).

## Why

The rows are compared under ACCESS EXCLUSIVE on the table and SHARE ROW EXCLUSIVE on the one that it points to.
That is harder than VALIDATE CONSTRAINT, beside which reads and writes go on.

## Refused

```sql postgres 18
-- history:
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint,
  CONSTRAINT k FOREIGN KEY (customer_id) REFERENCES customers (id) NOT ENFORCED);
-- migration:
ALTER TABLE orders ALTER CONSTRAINT k ENFORCED;
```

## Accepted

```sql postgres 18
-- history:
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint,
  CONSTRAINT k FOREIGN KEY (customer_id) REFERENCES customers (id) NOT ENFORCED);
-- migration:
ALTER TABLE orders DROP CONSTRAINT k,
  ADD CONSTRAINT k FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;
```

## Since

0.1.0

## Sources

- Measured on PostgreSQL 18: ACCESS EXCLUSIVE on the table, SHARE ROW EXCLUSIVE on the other one, both read.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AlterConstraint
from migrail.model.rewrites import Rewrite, Stage
from migrail.model.structure import Constraint, ConstraintKind
from migrail.rules._follow import foreign_key_text
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_name, sql_table
from migrail.rules._not_valid import validation
from migrail.rules._rewrites import instead, step
from migrail.rules._words import held, keeps_waiting

HELP = "Make the key anew NOT VALID, and validate it in another migration while reads and writes go on"


def _check(operation: AlterConstraint, context: Context) -> Iterable[Hit]:
    key = context.catalog.constraint(operation.table, operation.constraint)
    if not operation.enforced or context.catalog.is_new(operation.table) or not keeps_waiting(context.effects):
        return
    if key is not None and (key.kind is not ConstraintKind.FOREIGN_KEY or key.enforced):
        return
    until = "the rows of both tables are compared"
    yield Hit(
        object=context.display(operation.table),
        message=f"ALTER CONSTRAINT ... ENFORCED holds {held(context.effects, until)}",
        help=HELP,
        rewrite=None if key is None else _rewrite(operation, key, context),
    )


def _rewrite(operation: AlterConstraint, key: Constraint, context: Context) -> Rewrite | None:
    definition = foreign_key_text(key, context.dialect)
    if definition is None or len(context.operations) != 1:
        return None
    table, name = sql_table(operation.table, context.dialect), sql_name(operation.constraint, context.dialect)
    added = f"ALTER TABLE {table} DROP CONSTRAINT {name}, ADD CONSTRAINT {name} {definition} NOT VALID"
    first = step(f"enforce_{operation.constraint}", Stage.EXPAND, added)
    return instead(operation, context, first, validation(operation.table, [operation.constraint], context))


RULE = Rule(
    code="MR230",
    name="foreign-key-enforced",
    severity=Severity.ERROR,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(AlterConstraint,),
    check_operation=_check,
)
