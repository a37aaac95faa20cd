"""A foreign key has another type than what it points to

## What

A foreign key whose columns have another type, or another length, than the key that they point to, where
PostgreSQL can compare both.

## Why

Every check converts one side. A narrower column cannot hold every key of the parent: an integer that points to
a bigint fails when the parent's numbers grow past it (22003), years later, on INSERT. Joins may not use the
index.

## Refused

```sql
-- history:
CREATE TABLE customers (id bigint PRIMARY KEY);
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id integer REFERENCES customers);
```

## Accepted

```sql
-- history:
CREATE TABLE customers (id bigint PRIMARY KEY);
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers);
```

```sql
-- history:
CREATE TABLE customers (id bigserial PRIMARY KEY, email varchar(200) UNIQUE);
-- migration:
CREATE TABLE orders (customer_id bigint REFERENCES customers, email text REFERENCES customers (email));
```

## Since

0.2.0

## Sources

- Measured on PostgreSQL 15 and 18, every pair of common types, in `tests/dialects/postgres/test_casts.py`.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.dialects.postgres.casts import base_type, compares
from migrail.model.findings import Category, Severity
from migrail.model.operations import AddColumn, AddConstraint, CreateTable
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._keys import MakesKeys, foreign_keys

HELP = "Give {column} the type {type}."

_TEXTS = frozenset({"text", "varchar"})


def _check(operation: MakesKeys, context: Context) -> Iterable[Hit]:
    for key in foreign_keys(operation, context):
        for name, own, there in zip(key.columns, key.types, key.target_types, strict=False):
            if own is None or there is None or not compares(there, own, context.catalog):
                continue
            names = {base_type(own, context.catalog).name, base_type(there, context.catalog).name}
            if len(names) == 1 or names <= _TEXTS:
                continue
            shown = context.display_column(context.catalog.place(operation.table), name)
            yield Hit(
                object=shown,
                message=f"{shown} is {own} and points to a key of type {there} of "
                f"{context.display(key.reference.table)}: every check converts, and values that one type does not "
                "hold fail",
                help=HELP.format(column=name, type=there),
            )


RULE = Rule(
    code="MR508",
    name="foreign-key-type-differs",
    severity=Severity.WARNING,
    category=Category.RELIABILITY,
    dialects=("postgres",),
    on=(CreateTable, AddColumn, AddConstraint),
    check_operation=_check,
)
