"""ATTACH PARTITION reads the partition, and the default partition, while everybody waits for them

## What

ATTACH PARTITION of a table that exists before this change and has no valid CHECK that proves the bound, lacks an
index of the parent, or gets a foreign key of the parent; and every ATTACH where a DEFAULT partition exists.

## Why

The parent gets SHARE UPDATE EXCLUSIVE only, and reads and writes go on. But the partition gets ACCESS EXCLUSIVE
and is read to see that its rows belong there, missing indexes are built under that lock, and the DEFAULT partition
gets ACCESS EXCLUSIVE and is read to see that none of its rows belong into the new one. A valid CHECK that says the
same as the bound spares the scan of the partition.

## Refused

```sql
-- history:
CREATE TABLE events (id integer NOT NULL, note text) PARTITION BY RANGE (id);
CREATE TABLE events_2 (id integer NOT NULL, note text);
-- migration:
ALTER TABLE events ATTACH PARTITION events_2 FOR VALUES FROM (10) TO (20);
```

```sql
-- history:
CREATE TABLE events (id integer NOT NULL) PARTITION BY RANGE (id);
CREATE TABLE events_rest PARTITION OF events DEFAULT;
CREATE TABLE events_2 (id integer NOT NULL, CHECK (id >= 10 AND id < 20));
-- migration:
ALTER TABLE events ATTACH PARTITION events_2 FOR VALUES FROM (10) TO (20);
```

## Accepted

```sql
-- history:
CREATE TABLE events (id integer NOT NULL) PARTITION BY RANGE (id);
CREATE TABLE events_2 (id integer NOT NULL, CHECK (id >= 10 AND id < 20));
-- migration:
ALTER TABLE events ATTACH PARTITION events_2 FOR VALUES FROM (10) TO (20);
```

```sql
-- history:
CREATE TABLE events (id integer NOT NULL) PARTITION BY RANGE (id);
-- migration:
CREATE TABLE events_2 (id integer NOT NULL);
ALTER TABLE events ATTACH PARTITION events_2 FOR VALUES FROM (10) TO (20);
```

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18.
- PostgreSQL manual, 5.12.2.2 "Partition Maintenance", and ALTER TABLE, "ATTACH PARTITION".
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AttachPartition
from migrail.model.rewrites import Applicability, Rewrite, Stage
from migrail.rules._bounds import condition
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_name, sql_table
from migrail.rules._not_valid import validation
from migrail.rules._rewrites import instead, own_text, step
from migrail.rules._words import held, keeps_waiting, listed

PROVE = "Let a CHECK prove the bound, validated while reads and writes go on: then no row is read under the lock"

ELSE = """\
Give {partition} beforehand what it lacks: a valid CHECK that says the same as the bound, the indexes of {table} \
(built CONCURRENTLY) and its foreign keys (NOT VALID, then validated)"""

DEFAULT = """\
Give the default partition {default} a valid CHECK that excludes the new bound first, move the rows that are \
in the way, and attach when few wait for it"""


def _check(operation: AttachPartition, context: Context) -> Iterable[Hit]:
    if not context.effects.scans or not keeps_waiting(context.effects):
        return
    default = context.catalog.default_partition_of(operation.table)
    read = default is not None and context.display(default) in context.effects.scans
    rewrite = None if read else _rewrite(operation, context)
    else_ = DEFAULT if read else ELSE
    yield Hit(
        object=context.display(operation.partition),
        message="ATTACH PARTITION holds "
        f"{held(context.effects, f'every row of {listed(context.effects.scans)} is read')}",
        help=PROVE
        if rewrite is not None
        else else_.format(
            partition=sql_table(operation.partition, context.dialect),
            table=sql_table(operation.table, context.dialect),
            default=sql_table(default, context.dialect) if default is not None else "",
        ),
        rewrite=rewrite,
    )


def _rewrite(operation: AttachPartition, context: Context) -> Rewrite | None:
    """``None`` where the bound cannot be said as a CHECK, or where that alone does not help."""
    parent, text = context.catalog.table(operation.table), own_text(operation, context)
    if parent is None or text is None or parent.foreign_keys or parent.indexes:
        return None
    bound = condition(parent.partitioned_by or "", operation.partition_bound or "")
    if bound is None:
        return None
    name, table = f"{operation.partition.name}_bound", sql_table(operation.partition, context.dialect)
    shown = sql_name(name, context.dialect)
    add = f"ALTER TABLE {table} ADD CONSTRAINT {shown} CHECK ({bound}) NOT VALID"
    attach = step(
        f"attach_{operation.partition.name}",
        Stage.CONTRACT,
        text,
        f"ALTER TABLE {table} DROP CONSTRAINT {shown}",
    )
    steps = (step(f"add_{name}", Stage.EXPAND, add), validation(operation.partition, [name], context), attach)
    return instead(operation, context, *steps, applicability=Applicability.MANUAL)


RULE = Rule(
    code="MR215",
    name="attach-partition-scans",
    severity=Severity.ERROR,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(AttachPartition,),
    check_operation=_check,
)
