"""Deleting a parent row reads the whole child table

## What

A foreign key over columns that no index of the table begins with, where this change builds none either. A
partial index counts if its condition only leaves out NULLs.

## Why

DELETE of a parent row, and UPDATE of its key, look for rows that point to it: without an index they read the
child table from end to end, once for each row, while they hold locks. MySQL and MariaDB make the index
themselves.

## Refused

```sql
-- history:
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);
-- migration:
ALTER TABLE orders ADD CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;
```

```sql sqlite
-- history:
CREATE TABLE customers (id integer PRIMARY KEY);
-- migration:
CREATE TABLE orders (id integer PRIMARY KEY, customer_id integer REFERENCES customers);
```

## Accepted

```sql
-- history:
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);
CREATE INDEX orders_customer_id_idx ON orders (customer_id) WHERE customer_id IS NOT NULL;
-- migration:
ALTER TABLE orders ADD CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;
```

```sql sqlite
-- history:
CREATE TABLE customers (id integer PRIMARY KEY);
-- migration:
CREATE TABLE orders (id integer PRIMARY KEY, customer_id integer REFERENCES customers);
CREATE INDEX orders_customer_id_idx ON orders (customer_id);
```

## Since

0.2.0

## Sources

- PostgreSQL manual, 5.5.5 "Foreign Keys": an index on the referencing columns is not made by itself. SQLite,
  ``foreignkeys.html``, "Required and Suggested Database Indexes".
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AddColumn, AddConstraint, CreateIndex, CreateTable
from migrail.model.rewrites import Applicability, Rewrite, Stage
from migrail.model.structure import ConstraintKind
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._keys import ForeignKey, MakesKeys, constraints_made, foreign_keys
from migrail.rules._names import made_name, sql_columns, sql_table
from migrail.rules._rewrites import instead, own_text, step

HELP = "Build an index over the columns as well"

_KEYS = frozenset({ConstraintKind.PRIMARY_KEY, ConstraintKind.UNIQUE})


def _check(operation: MakesKeys, context: Context) -> Iterable[Hit]:
    if context.catalog.is_partitioned(operation.table):
        return  # its partitions have indexes of their own
    for key in foreign_keys(operation, context):
        if key.columns and not _has_index(key, operation, context):
            shown = context.display(context.catalog.place(operation.table))
            parent = context.display(key.reference.table)
            yield Hit(
                object=shown,
                message=f"no index of {shown} begins with ({', '.join(key.columns)}): each DELETE of a row of "
                f"{parent}, and each change of its key, reads all of {shown}",
                help=HELP,
                rewrite=_rewrite(operation, key, context),
            )


def _rewrite(operation: MakesKeys, key: ForeignKey, context: Context) -> Rewrite | None:
    """The author's statement and behind it the index, which may be wanted in another shape."""
    text = own_text(operation, context)
    if text is None:
        return None
    dialect, words = context.dialect, f"add_{'_'.join([key.table.name, *key.columns])}"
    place = f"{made_name(key.table, *key.columns, 'idx', dialect=dialect)} ON {sql_table(key.table, dialect)}"
    index = f"{place} {sql_columns(key.columns, dialect)}"
    if dialect.name != "postgres" or isinstance(operation, CreateTable) or context.catalog.is_new(key.table):
        steps = [step(words, Stage.EXPAND, text, f"CREATE INDEX {index}")]
    else:
        build = step(f"index_{words}", Stage.EXPAND, f"CREATE INDEX CONCURRENTLY {index}", off=True)
        steps = [step(words, Stage.EXPAND, text), build]
    return instead(operation, context, *steps, applicability=Applicability.MANUAL)


def _has_index(key: ForeignKey, operation: MakesKeys, context: Context) -> bool:
    wanted = frozenset(key.columns)
    if context.outline.makes(CreateIndex, key.table, wanted):
        return True
    for constraint in constraints_made(operation, context):
        if constraint.kind in _KEYS and set(constraint.columns[: len(wanted)]) == wanted:
            return True
    found = (context.catalog.index(key.table, name) for name in context.catalog.indexes_on(key.table))
    return any(
        index is not None
        and set(index.columns[: len(wanted)]) == wanted
        and (index.where is None or "IS NOT NULL" in index.where.text.upper())
        for index in found
    )


RULE = Rule(
    code="MR507",
    name="foreign-key-without-index",
    severity=Severity.NOTE,
    category=Category.RELIABILITY,
    dialects=("postgres", "sqlite"),
    on=(CreateTable, AddColumn, AddConstraint),
    check_operation=_check,
)
