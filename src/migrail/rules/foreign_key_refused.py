"""A foreign key that no row can save: what it points to is no key, or of another kind of type

## What

A foreign key to columns over which the other table has no UNIQUE or PRIMARY KEY constraint and no unique index,
with another number of columns than it has, or between columns that PostgreSQL cannot compare, as far as
migrations tell.

## Why

It fails in every environment: 42830 (no matching unique constraint) or 42804 (types cannot be compared).

## Refused

```sql
-- history:
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer text);
-- migration:
ALTER TABLE orders ADD CONSTRAINT orders_customer FOREIGN KEY (customer) REFERENCES customers (email) NOT VALID;
```

```sql
-- history:
CREATE TABLE customers (id uuid PRIMARY KEY);
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers);
```

## Accepted

```sql
-- history:
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE UNIQUE INDEX customers_email_key ON customers (email);
CREATE TABLE orders (id bigint PRIMARY KEY, customer text);
-- migration:
ALTER TABLE orders ADD CONSTRAINT orders_customer FOREIGN KEY (customer) REFERENCES customers (email) NOT VALID;
```

## Since

0.2.0

## Sources

- Measured on PostgreSQL 15 and 18, every pair of common types, in `tests/dialects/postgres/test_casts.py`.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.dialects.postgres.casts import compares
from migrail.model.findings import Category, Severity
from migrail.model.operations import AddColumn, AddConstraint, CreateTable
from migrail.model.structure import ConstraintKind
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._keys import ForeignKey, MakesKeys, constraints_made, foreign_keys
from migrail.rules._names import made_name, sql_columns, sql_table

UNIQUE = """\
Make the columns a key first, alone in a file with `-- migrail: transaction=off`:
CREATE UNIQUE INDEX CONCURRENTLY {index} ON {table} {columns};"""

TYPES = "Give both columns the same type."

_KEYS = frozenset({ConstraintKind.PRIMARY_KEY, ConstraintKind.UNIQUE})


def _check(operation: MakesKeys, context: Context) -> Iterable[Hit]:
    if not context.certain or not context.catalog.complete:
        return
    for key in foreign_keys(operation, context):
        parent = context.display(key.reference.table)
        reason = _reason(key, operation, context)
        if reason is None:
            continue
        unique = reason.startswith("no")
        yield Hit(
            object=context.display(operation.table),
            message=f"PostgreSQL refuses the foreign key ({', '.join(key.columns)}) to {parent}: {reason}",
            help=UNIQUE.format(
                index=made_name(key.reference.table, *key.target, "key", dialect=context.dialect),
                table=sql_table(key.reference.table, context.dialect),
                columns=sql_columns(key.target, context.dialect),
            )
            if unique
            else TYPES,
        )


def _reason(key: ForeignKey, operation: MakesKeys, context: Context) -> str | None:
    if key.target and len(key.target) != len(key.columns):
        return f"it has {len(key.columns)} columns, and the key has {len(key.target)} (42830)"
    for name, own, there in zip(key.columns, key.types, key.target_types, strict=False):
        if own is not None and there is not None and compares(there, own, context.catalog) is False:
            return f"{name} is {own}, and it cannot be compared with {there} (42804)"
    if key.target and not _is_key(key, operation, context):
        return f"no unique constraint or index is on ({', '.join(key.target)}) (42830)"
    return None


def _is_key(key: ForeignKey, operation: MakesKeys, context: Context) -> bool:
    catalog, wanted = context.catalog, set(key.target)
    table = catalog.table(key.reference.table)
    own = [c for c in constraints_made(operation, context) if c.kind in _KEYS]
    if catalog.resolve(key.reference.table) == catalog.place(operation.table):
        if any(set(constraint.columns) == wanted for constraint in own):
            return True
        if isinstance(operation, CreateTable):
            return False
    if table is None or not table.columns_known:
        return True
    return any(
        index.unique and index.where is None and set(index.columns) == wanted for index in table.indexes.values()
    )


RULE = Rule(
    code="MR409",
    name="foreign-key-refused",
    severity=Severity.ERROR,
    category=Category.WILL_FAIL,
    dialects=("postgres",),
    on=(CreateTable, AddColumn, AddConstraint),
    check_operation=_check,
)
