"""Writes that were right so far are refused from now on

## What

SET NOT NULL, ADD CONSTRAINT (CHECK, UNIQUE, PRIMARY KEY, EXCLUDE, FOREIGN KEY) and CREATE UNIQUE INDEX over columns
that exist before this change. NOT VALID and CONCURRENTLY are no way around: both hold new writes to the rule.

## Why

The running version was written without the rule. Where it writes a row that breaks it, the statement fails, and
what stood around it fails with it. Only the application can tell whether it ever does.

## Refused

```sql
ALTER TABLE orders ADD CONSTRAINT orders_total_positive CHECK (total > 0) NOT VALID;
```

```sql
-- migrail: transaction=off
CREATE UNIQUE INDEX CONCURRENTLY orders_number_key ON orders (number);
```

```sql sqlite
CREATE UNIQUE INDEX orders_number_key ON orders (number);
```

## Accepted

```sql
CREATE TABLE invoices (id bigint, number text UNIQUE);
ALTER TABLE invoices ADD PRIMARY KEY (id);
```

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, number text);
CREATE UNIQUE INDEX orders_number_key ON orders (number);
-- migration:
ALTER TABLE orders ADD CONSTRAINT orders_number_key UNIQUE USING INDEX orders_number_key;
```

```sql sqlite
CREATE INDEX orders_number_idx ON orders (number);
```

## Since

0.2.0

## Sources

- PostgreSQL manual, ALTER TABLE, NOT VALID: the constraint is enforced against later writes. Errors 23502, 23503,
  23505, 23514 and 23P01.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AddColumn, AddConstraint, CreateIndex, SetNotNull
from migrail.model.structure import ConstraintKind, Name
from migrail.rules._interface import Context, Hit, Rule

HELP = "Look for writes that break it in every version that is deployed, and change these first."

_WORDS = {
    ConstraintKind.CHECK: "that fails the CHECK",
    ConstraintKind.UNIQUE: "that repeats a value of",
    ConstraintKind.PRIMARY_KEY: "that repeats a value or leaves out",
    ConstraintKind.EXCLUDE: "that another row excludes",
    ConstraintKind.FOREIGN_KEY: "whose parent does not exist:",
    ConstraintKind.NOT_NULL: "without a value for",
}


def _check(operation: SetNotNull | AddConstraint | CreateIndex, context: Context) -> Iterable[Hit]:
    catalog, table = context.catalog, operation.table
    if catalog.is_new(table) or catalog.view(table) is not None:
        return
    found = _tightened(operation, context)
    if found is None or _only_new_columns(found[1], table, context):
        return
    kind, columns = found
    shown = context.display(table)
    yield Hit(
        object=".".join([shown, *columns]) if len(columns) == 1 else shown,
        message=f"writes of the running application are refused from now on where they make a row of {shown} "
        f"{_WORDS[kind]} {', '.join(columns)}".rstrip(" :"),
        help=HELP,
    )


def _tightened(
    operation: SetNotNull | AddConstraint | CreateIndex, context: Context
) -> tuple[ConstraintKind, tuple[str, ...]] | None:
    """The kind of rule and the columns that it is about; ``None`` where nothing gets stricter."""
    match operation:
        case SetNotNull(column=column):
            known = context.catalog.column(operation.table, column)
            strict = (known is not None and known.not_null) or not context.effects.scans
            checked = strict and context.dialect.default_schema is not None
            return None if checked else (ConstraintKind.NOT_NULL, (column,))
        case CreateIndex(unique=True):
            there = operation.index is not None and operation.if_not_exists
            if there and context.catalog.index(operation.table, operation.index or "") is not None:
                return None
            return ConstraintKind.UNIQUE, tuple(name for name in operation.columns if name.isidentifier())
        case AddConstraint(constraint=constraint) if constraint.using_index is None and constraint.enforced:
            columns = constraint.columns or (constraint.expression.columns if constraint.expression else ())
            known_columns = context.catalog.column_names(operation.table)
            return constraint.kind, tuple(name for name in columns if name in known_columns or not known_columns)
        case _:
            return None


def _only_new_columns(columns: tuple[str, ...], table: Name, context: Context) -> bool:
    return bool(columns) and all(context.outline.makes(AddColumn, table, column) for column in columns)


RULE = Rule(
    code="MR113",
    name="constraint-tightened",
    severity=Severity.NOTE,
    category=Category.COMPATIBILITY,
    dialects=("postgres", "sqlite", "mysql", "mariadb"),
    on=(SetNotNull, AddConstraint, CreateIndex),
    check_operation=_check,
)
