"""Dropping a constraint takes away what running code relies on

## What

DROP CONSTRAINT on a table that exists before this change. Left alone where the same migration adds it again,
under the same name or over the same columns, and for a CHECK that only says what NOT NULL says as well.

## Why

From now on rows can come in that the running version takes for impossible. A UNIQUE or PRIMARY KEY constraint
is worse, and so is its index: `INSERT ... ON CONFLICT (columns)` fails without one (42P10).

## Refused

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, number text CONSTRAINT orders_number_key UNIQUE);
-- migration:
ALTER TABLE orders DROP CONSTRAINT orders_number_key;
```

## Accepted

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, total integer CONSTRAINT orders_total CHECK (total > 0));
-- migration:
ALTER TABLE orders DROP CONSTRAINT orders_total;
ALTER TABLE orders ADD CONSTRAINT orders_total CHECK (total >= 0) NOT VALID;
```

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text NOT NULL);
ALTER TABLE orders ADD CONSTRAINT orders_note_check CHECK (note IS NOT NULL);
-- migration:
ALTER TABLE orders DROP CONSTRAINT orders_note_check;
```

## No rewrite

Code that relies on the constraint has to change first; no other SQL keeps it working.

## Since

0.2.0

## Sources

- Measured on PostgreSQL 15: ON CONFLICT without a fitting constraint or index is 42P10.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AddConstraint, CreateIndex, DropConstraint
from migrail.model.structure import Constraint, ConstraintKind
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._not_null import checked_column

HELP = "Deploy a version that does not rely on it, everywhere, before this change."

_KEYS = frozenset({ConstraintKind.UNIQUE, ConstraintKind.PRIMARY_KEY})


def _check(operation: DropConstraint, context: Context) -> Iterable[Hit]:
    catalog, table = context.catalog, operation.table
    known = catalog.constraint(table, operation.constraint)
    if catalog.is_new(table) or (known is None and (operation.if_exists or catalog.complete)):
        return
    if _comes_back(operation, known, context) or (known is not None and _is_said_twice(operation, known, context)):
        return
    shown = f"{context.display(table)}.{operation.constraint}"
    key = known is not None and known.kind in _KEYS
    what = "a constraint" if known is None else known.kind.value.upper()
    columns = f" ({', '.join(known.columns)})" if known is not None and key else ""
    yield Hit(
        object=shown,
        severity=Severity.WARNING if key else None,
        message=f"DROP CONSTRAINT takes away {operation.constraint} ({what}) of {context.display(table)}: "
        + (
            f"INSERT ... ON CONFLICT{columns} of the running application fails, and duplicates can come in"
            if key
            else "running code may meet rows that it takes for impossible"
        ),
        help=HELP,
    )


def _comes_back(operation: DropConstraint, known: Constraint | None, context: Context) -> bool:
    made, number = context.outline.makes_later, context.statement.number - 1
    if made(AddConstraint, operation.table, number, operation.constraint):
        return True
    if known is None:
        return False
    if known.kind in _KEYS and made(CreateIndex, operation.table, number, frozenset(known.columns)):
        return True
    return made(AddConstraint, operation.table, number, known.kind, known.columns)


def _is_said_twice(operation: DropConstraint, known: Constraint, context: Context) -> bool:
    """Whether NOT NULL says the same, or the constraint was never enforced."""
    if not known.enforced:
        return True
    checked = checked_column(known)
    column = context.catalog.column(operation.table, checked) if checked is not None else None
    return column is not None and column.not_null


RULE = Rule(
    code="MR116",
    name="constraint-dropped",
    severity=Severity.NOTE,
    category=Category.COMPATIBILITY,
    dialects=("postgres", "mysql", "mariadb"),
    on=(DropConstraint,),
    check_operation=_check,
)
