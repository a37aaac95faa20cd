"""Dropping a constraint takes away what running code relies on

## What

DROP CONSTRAINT on a table that exists before this change. Left alone where the same migration adds it again,
under the same name or over the same columns, and for a CHECK that only says what NOT NULL says as well. A table
that is made anew, with its rows, but without one of its constraints or triggers: these go with the old table. Left
alone where the new one has a constraint over the same columns, or a trigger for the same event.

## Why

From now on rows can come in that the running version takes for impossible. A UNIQUE or PRIMARY KEY constraint
is worse, and so is its index: `INSERT ... ON CONFLICT (columns)` fails without one (42P10). What a trigger did is
not done any more, and nothing says so.

## Refused

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, number text CONSTRAINT orders_number_key UNIQUE);
-- migration:
ALTER TABLE orders DROP CONSTRAINT orders_number_key;
```

```sql sqlite
-- history:
CREATE TABLE orders (id integer PRIMARY KEY, number text UNIQUE);
-- migration:
CREATE TABLE orders_new (id integer PRIMARY KEY, number text NOT NULL);
INSERT INTO orders_new SELECT id, number FROM orders;
DROP TABLE orders;
ALTER TABLE orders_new RENAME TO orders;
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

```sql sqlite
-- history:
CREATE TABLE orders (id integer PRIMARY KEY, number text NOT NULL UNIQUE);
-- migration:
CREATE TABLE orders_new (id integer PRIMARY KEY, number text, CONSTRAINT orders_number_key UNIQUE (number));
INSERT INTO orders_new SELECT id, number FROM orders;
DROP TABLE orders;
ALTER TABLE orders_new RENAME TO orders;
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

from migrail.catalog.rebuilt import rebuilt
from migrail.model.findings import Category, Severity
from migrail.model.operations import AddConstraint, CreateIndex, DropConstraint, DropTable, RenameTable
from migrail.model.structure import Constraint, ConstraintKind
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._not_null import checked_column

HELP = "Deploy a version that does not rely on it, everywhere, before this change."

_KEYS = frozenset({ConstraintKind.UNIQUE, ConstraintKind.PRIMARY_KEY})


def _check(operation: DropConstraint | DropTable | RenameTable, context: Context) -> Iterable[Hit]:
    if not isinstance(operation, DropConstraint):
        yield from _check_rebuilt(operation, context)
        return
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
        + _outcome(columns, key=key),
        help=HELP,
    )


def _outcome(columns: str, *, key: bool) -> str:
    if key:
        return f"INSERT ... ON CONFLICT{columns} of the running application fails, and duplicates can come in"
    return "running code may meet rows that it takes for impossible"


def _check_rebuilt(operation: DropTable | RenameTable, context: Context) -> Iterable[Hit]:
    """Said once, where the old table leaves; without its rows it is dropped, which MR101 says."""
    rebuild = context.outline.rebuild_with_rows(operation, context.statement.number)
    both = None if context.catalog.is_new(operation.table) or not rebuild else rebuilt(context.catalog, rebuild)
    if both is None:
        return
    table = context.display(operation.table)
    for constraint in both.lost_constraints:
        checked = checked_column(constraint)
        if checked is not None and both.after.columns[checked].not_null:
            continue
        key, columns = constraint.kind in _KEYS, f" ({', '.join(constraint.columns)})"
        named = f" {constraint.name}" if constraint.name is not None else ""
        yield Hit(
            object=table,
            severity=Severity.WARNING if key else None,
            message=f"{table} is made anew without its {constraint.kind.value.upper()}{named}{columns}: "
            + _outcome(columns, key=key),
            help=HELP,
        )
    for trigger in both.lost_triggers:
        yield Hit(
            object=table,
            severity=Severity.WARNING,
            message=f"{table} is made anew without its trigger {trigger.name} ({trigger.timing}), "
            "which went with the old table: what it did is not done any more",
            help="Make the trigger again behind the new table, or drop it before in a statement of its own.",
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
    dialects=("postgres", "sqlite", "mysql", "mariadb"),
    on=(DropConstraint, DropTable, RenameTable),
    check_operation=_check,
)
