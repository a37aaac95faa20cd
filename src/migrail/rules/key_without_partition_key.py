"""A unique key of a partitioned table has to hold the partition key

## What

PRIMARY KEY, UNIQUE and CREATE UNIQUE INDEX on a partitioned table that leave out a column of its partition key,
or where the partition key is an expression.

## Why

Each partition has an index of its own, and none sees the rows of the others, so that PostgreSQL refuses the key
(0A000) in every environment.

## Refused

```sql
CREATE TABLE events (id bigint PRIMARY KEY, at timestamptz NOT NULL) PARTITION BY RANGE (at);
```

```sql
-- history:
CREATE TABLE events (id bigint, at timestamptz NOT NULL) PARTITION BY RANGE (at);
-- migration:
CREATE UNIQUE INDEX events_id_key ON ONLY events (id);
```

## Accepted

```sql
CREATE TABLE events (id bigint, at timestamptz, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
```

## Since

0.2.0

## Sources

- PostgreSQL manual, 5.12.2.3 "Limitations". Measured on 15 and 18: 0A000.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrail.model.findings import Category, Severity
from migrail.model.operations import AddColumn, AddConstraint, CreateIndex, CreateTable
from migrail.model.structure import ConstraintKind
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._keys import constraints_made, partition_columns
from migrail.rules._names import sql_columns

ADD = """\
Put the columns of the partition key into the key:
{key} {columns}"""
EXPRESSION = "Partition by columns instead of an expression, or do without the key on the parent."

_KEYS = {ConstraintKind.PRIMARY_KEY: "PRIMARY KEY", ConstraintKind.UNIQUE: "UNIQUE"}


def _check(operation: CreateTable | AddColumn | AddConstraint | CreateIndex, context: Context) -> Iterable[Hit]:
    if isinstance(operation, CreateTable):
        text = operation.partitioned_by
    else:
        known = context.catalog.table(operation.table)
        text = known.partitioned_by if known is not None else None
    if text is None or not context.certain:
        return
    needed = partition_columns(text, context)
    for words, columns in _keys(operation, context):
        missing = [column for column in needed or () if column not in columns]
        if needed is not None and not missing:
            continue
        table = context.display(operation.table)
        why = (
            f"it leaves out {', '.join(missing)} of the partition key"
            if needed is not None
            else f"the partition key {text} is an expression"
        )
        yield Hit(
            object=table,
            message=f"PostgreSQL refuses {words} ({', '.join(columns)}) on the partitioned table {table} (0A000): "
            f"{why}",
            help=ADD.format(key=words, columns=sql_columns((*columns, *missing), context.dialect))
            if needed is not None
            else EXPRESSION,
        )


def _keys(
    operation: CreateTable | AddColumn | AddConstraint | CreateIndex, context: Context
) -> Iterator[tuple[str, tuple[str, ...]]]:
    if isinstance(operation, CreateIndex):
        if operation.unique:
            yield "UNIQUE INDEX", operation.columns
        return
    for constraint in constraints_made(operation, context):
        if constraint.kind in _KEYS and constraint.using_index is None:
            yield _KEYS[constraint.kind], constraint.columns


RULE = Rule(
    code="MR410",
    name="key-without-partition-key",
    severity=Severity.ERROR,
    category=Category.WILL_FAIL,
    dialects=("postgres",),
    on=(CreateTable, AddColumn, AddConstraint, CreateIndex),
    check_operation=_check,
)
