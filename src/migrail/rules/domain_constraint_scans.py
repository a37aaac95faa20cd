"""A constraint on a domain reads every table that uses it while their writes wait

## What

ALTER DOMAIN ... ADD CONSTRAINT without NOT VALID, VALIDATE CONSTRAINT and SET NOT NULL, where a table that exists
before this change has a column of the domain.

## Why

Every such table gets SHARE, none of which the SQL names, and is read to the end: writes wait, reads go on. With
NOT VALID new values are tested from then on and no table is locked; but validating a domain's constraint later
locks and reads the tables as well. There is no way around that for a domain: only a CHECK of the table itself is
validated while writes go on.

## Refused

```sql
-- history:
CREATE DOMAIN positive AS integer;
CREATE TABLE orders (id bigint PRIMARY KEY, amount positive);
-- migration:
ALTER DOMAIN positive ADD CONSTRAINT above_zero CHECK (VALUE > 0);
```

```sql
-- history:
CREATE DOMAIN positive AS integer;
CREATE TABLE orders (id bigint PRIMARY KEY, amount positive);
-- migration:
ALTER DOMAIN positive SET NOT NULL;
```

## Accepted

```sql
-- history:
CREATE DOMAIN positive AS integer;
CREATE TABLE orders (id bigint PRIMARY KEY, amount positive);
-- migration:
ALTER DOMAIN positive ADD CONSTRAINT above_zero CHECK (VALUE > 0) NOT VALID;
```

```sql
-- history:
CREATE DOMAIN unused AS integer;
-- migration:
ALTER DOMAIN unused ADD CONSTRAINT above_zero CHECK (VALUE > 0);
```

## No rewrite

ADD CONSTRAINT is rewritten. VALIDATE and SET NOT NULL of a domain read every table that uses it under a lock,
and the server has no other way.

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: SHARE on every table with a column of the domain, all rows read; nothing
  with NOT VALID.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AddDomainConstraint, SetDomainNotNull, ValidateDomainConstraint
from migrail.model.rewrites import Applicability, Rewrite, Stage
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._rewrites import instead, step
from migrail.rules._words import held, keeps_waiting, listed

ADD = """\
Add it NOT VALID, which tests new values from now on and locks no table; validate it when few write to {tables}"""
VALIDATE = """\
A domain's constraint has no validation beside which writes go on. Do it when few write to {tables}, in a \
transaction of its own; or leave it NOT VALID, which tests new values all the same"""
NOT_NULL = "Make the columns of that domain NOT NULL in their tables instead ({tables}): migrail rule MR202"


def _check(
    operation: AddDomainConstraint | ValidateDomainConstraint | SetDomainNotNull, context: Context
) -> Iterable[Hit]:
    if not context.effects.scans or not keeps_waiting(context.effects):
        return
    what, help_, rewrite = _said(operation, context)
    tables = listed(context.effects.scans)
    yield Hit(
        object=context.catalog.display(operation.name),
        message=f"{what} holds {held(context.effects, f'every row of {tables} is tested')}",
        help=help_.format(tables=tables),
        rewrite=rewrite,
    )


def _said(
    operation: AddDomainConstraint | ValidateDomainConstraint | SetDomainNotNull, context: Context
) -> tuple[str, str, Rewrite | None]:
    match operation:
        case AddDomainConstraint():
            name = operation.constraint.name or f"{operation.name.name}_check"
            added = step(f"add_{name}", Stage.EXPAND, f"{context.statement.text} NOT VALID")
            rewrite = instead(operation, context, added, applicability=Applicability.MANUAL)
            return "ALTER DOMAIN ... ADD CONSTRAINT", ADD, rewrite
        case ValidateDomainConstraint():
            return "ALTER DOMAIN ... VALIDATE CONSTRAINT", VALIDATE, None
        case _:
            return "ALTER DOMAIN ... SET NOT NULL", NOT_NULL, None


RULE = Rule(
    code="MR214",
    name="domain-constraint-scans",
    severity=Severity.ERROR,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(AddDomainConstraint, ValidateDomainConstraint, SetDomainNotNull),
    check_operation=_check,
)
