"""ATTACH PARTITION reads the partition, and the default partition, while everybody waits for them

## What

ATTACH PARTITION of a table that exists before this change and has no valid CHECK that proves the bound, lacks
an index of the parent, or gets a foreign key of the parent; and every ATTACH where a DEFAULT partition exists.

## Why

The parent gets SHARE UPDATE EXCLUSIVE only, and reads and writes go on. But the partition gets ACCESS EXCLUSIVE
and is read to see that its rows belong there, missing indexes are built under that lock, and the DEFAULT
partition gets ACCESS EXCLUSIVE and is read to see that none of its rows belong into the new one. A valid CHECK
that says the same as the bound spares the scan of the partition.

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
from migrail.rules._bounds import Proof, bound_of, default_proof
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_table
from migrail.rules._not_valid import validation
from migrail.rules._rewrites import instead, own_text, step
from migrail.rules._words import held, keeps_waiting, listed

PROVE = "Let checks prove the bound, validated while reads and writes go on: then no row is read under the lock"

ELSE = """\
Give {partition} beforehand what it lacks: a valid CHECK that says the same as the bound, the indexes of {table} \
(built CONCURRENTLY) and its foreign keys (NOT VALID, then validated); and the default partition, if there is one, \
a valid CHECK that excludes the bound"""


def _check(operation: AttachPartition, context: Context) -> Iterable[Hit]:
    if not context.effects.scans or not keeps_waiting(context.effects):
        return
    rewrite = _rewrite(operation, context)
    partition, table = (sql_table(name, context.dialect) for name in (operation.partition, operation.table))
    yield Hit(
        object=context.display(operation.partition),
        message="ATTACH PARTITION holds "
        f"{held(context.effects, f'every row of {listed(context.effects.scans)} is read')}",
        help=PROVE if rewrite is not None else ELSE.format(partition=partition, table=table),
        rewrite=rewrite,
    )


def _rewrite(operation: AttachPartition, context: Context) -> Rewrite | None:
    """``None`` where the bound cannot be said as a CHECK, or where that alone does not help."""
    parent, text = context.catalog.table(operation.table), own_text(operation, context)
    bound = bound_of(operation.table, operation.partition_bound, context)
    if parent is None or text is None or bound is None or parent.foreign_keys:
        return None
    proofs: list[Proof] = []
    if context.display(operation.partition) in context.effects.scans:
        if parent.indexes:
            return None
        name = f"{operation.partition.name}_bound"
        proofs.append(Proof(table=operation.partition, name=name, condition=bound.inside))
    beside = default_proof(operation.table, operation.partition, bound, context)
    if beside is not None and context.display(beside.table) in context.effects.scans:
        proofs.append(beside)
    name = operation.partition.name
    return instead(
        operation,
        context,
        step(f"prove_{name}", Stage.EXPAND, *(proof.add(context) for proof in proofs)),
        *(validation(proof.table, [proof.name], context) for proof in proofs),
        step(f"attach_{name}", Stage.CONTRACT, text, *(proof.drop(context) for proof in proofs)),
        applicability=Applicability.MANUAL,
    )


RULE = Rule(
    code="MR215",
    name="attach-partition-scans",
    severity=Severity.ERROR,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(AttachPartition,),
    check_operation=_check,
)
