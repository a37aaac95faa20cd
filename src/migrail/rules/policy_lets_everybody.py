"""A policy that is always true protects nothing

## What

A permissive CREATE POLICY whose USING or WITH CHECK is `true`, for another command than SELECT.

## Why

Permissive policies are joined by OR: one that is always true makes all others of that command meaningless, and
the table looks protected. For SELECT alone it is a common way to make rows public on purpose.

## Refused

```sql
CREATE POLICY all_orders ON orders USING (true);
```

## Accepted

```sql
CREATE POLICY own_orders ON orders USING (owner = current_user);
```

```sql
CREATE POLICY read_products ON products FOR SELECT USING (true);
```

## Since

0.2.0

## Sources

- PostgreSQL manual, CREATE POLICY, "Per-Command Policies".
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import CreatePolicy
from migrail.model.structure import Expression
from migrail.rules._interface import Context, Hit, Rule

HELP = "Say which rows in USING and WITH CHECK, or make it AS RESTRICTIVE beside another policy."

_TRUE = frozenset({"true", "(true)", "1=1", "1 = 1", "'t'"})


def _check(operation: CreatePolicy, context: Context) -> Iterable[Hit]:
    if not operation.permissive or operation.command == "SELECT":
        return
    if _is_true(operation.check) or (_is_true(operation.using) and operation.check is None):
        table = context.display(operation.table)
        yield Hit(
            object=table,
            message=f"the policy {operation.policy} lets every role with privileges write every row of {table}: "
            "other permissive policies of the table mean nothing beside it",
            help=HELP,
        )


def _is_true(condition: Expression | None) -> bool:
    return condition is not None and condition.text.strip().lower() in _TRUE


RULE = Rule(
    code="MR704",
    name="policy-lets-everybody",
    severity=Severity.WARNING,
    category=Category.SECURITY,
    dialects=("postgres",),
    on=(CreatePolicy,),
    check_operation=_check,
)
