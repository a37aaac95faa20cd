"""Writes that were right so far are refused from now on

## What

SET NOT NULL, ADD CONSTRAINT (CHECK, UNIQUE, PRIMARY KEY, EXCLUDE, FOREIGN KEY) and CREATE UNIQUE INDEX over
columns that exist before this change. NOT VALID is left alone: who writes it knows about rows that do not fit.

## Why

Rows that break the rule already make the statement fail, in those environments that have such rows. And the
running version was written without the rule: where it writes a row that breaks it, its statement fails from now
on. Only the application can tell whether it ever does. CONCURRENTLY is no way around: when it meets a
duplicate, it fails and leaves an INVALID index that refuses new duplicates all the same.

## Refused

```sql
ALTER TABLE orders ADD CONSTRAINT orders_total_positive CHECK (total > 0);
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

## No rewrite

Whether running code writes such rows cannot be told from SQL. The finding shows the query that looks for rows
that break it.

## Since

0.2.0

## Sources

- PostgreSQL manual, ALTER TABLE and CREATE INDEX, "Building Indexes Concurrently". Errors 23502, 23503, 23505,
  23514 and 23P01.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AddConstraint, CreateIndex, SetNotNull
from migrail.model.structure import ConstraintKind, Name
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._violations import Tightens, violations

HELP = "Look for writes that break it in every version that is deployed, and change these first."

ROWS = "Rows that break it today make the statement fail; look for them in every environment first:"

_WORDS = {
    ConstraintKind.CHECK: "that fails the CHECK",
    ConstraintKind.UNIQUE: "that repeats a value of",
    ConstraintKind.PRIMARY_KEY: "that repeats a value or leaves out",
    ConstraintKind.EXCLUDE: "that another row excludes",
    ConstraintKind.FOREIGN_KEY: "whose parent does not exist:",
    ConstraintKind.NOT_NULL: "without a value for",
}


def _check(operation: Tightens, context: Context) -> Iterable[Hit]:
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
        help=_advice(operation, kind, columns, context),
    )


def _advice(operation: Tightens, kind: ConstraintKind, columns: tuple[str, ...], context: Context) -> str:
    query = violations(operation, kind, columns, context)
    return HELP if query is None else f"{HELP}\n{ROWS}\n{query};"


def _tightened(operation: Tightens, context: Context) -> tuple[ConstraintKind, tuple[str, ...]] | None:
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
        case AddConstraint(constraint=constraint) if constraint.using_index is None and constraint.valid:
            columns = constraint.columns or (constraint.expression.columns if constraint.expression else ())
            known_columns = context.catalog.column_names(operation.table)
            return constraint.kind, tuple(name for name in columns if name in known_columns or not known_columns)
        case _:
            return None


def _only_new_columns(columns: tuple[str, ...], table: Name, context: Context) -> bool:
    return bool(columns) and all(context.is_new_column(table, column) for column in columns)


RULE = Rule(
    code="MR113",
    name="constraint-tightened",
    severity=Severity.NOTE,
    category=Category.COMPATIBILITY,
    dialects=("postgres", "sqlite", "mysql", "mariadb"),
    on=(SetNotNull, AddConstraint, CreateIndex),
    check_operation=_check,
)
