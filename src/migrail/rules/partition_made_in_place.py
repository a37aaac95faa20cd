"""CREATE TABLE ... PARTITION OF locks the parent against reads, and reads the default partition

## What

CREATE TABLE ... PARTITION OF a table that exists before this change. A note while the lock is short; an error
where a DEFAULT partition has to be read.

## Why

The parent gets ACCESS EXCLUSIVE until the transaction ends: nobody reads or writes any partition through it.
That is worse than making a table first and attaching it, which leaves reads and writes alone. A DEFAULT
partition gets ACCESS EXCLUSIVE too and is read to the end, and so it is with ATTACH.

## Refused

```sql
-- history:
CREATE TABLE events (id integer NOT NULL, note text DEFAULT 'x' CHECK (note <> ''), PRIMARY KEY (id))
  PARTITION BY RANGE (id);
CREATE INDEX events_note_idx ON events (note);
-- migration:
CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM (10) TO (20);
```

```sql
-- history:
CREATE TABLE events (id integer NOT NULL) PARTITION BY RANGE (id);
CREATE TABLE events_rest PARTITION OF events DEFAULT;
-- migration:
CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM (10) TO (20);
```

## Accepted

```sql
-- history:
CREATE TABLE events (id integer NOT NULL) PARTITION BY RANGE (id);
-- migration:
CREATE TABLE events_2 (LIKE events INCLUDING ALL);
ALTER TABLE events ATTACH PARTITION events_2 FOR VALUES FROM (10) TO (20);
```

```sql
CREATE TABLE events (id integer NOT NULL) PARTITION BY RANGE (id);
CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM (10) TO (20);
```

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: ACCESS EXCLUSIVE on the parent and on the default partition, which is
  read.
- PostgreSQL manual, 5.12.2.2 "Partition Maintenance".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from migrail.model.findings import Category, Severity
from migrail.model.operations import CreateTable
from migrail.model.rewrites import Applicability, Rewrite, Stage
from migrail.model.structure import Name
from migrail.rules._bounds import bound_of, default_proof
from migrail.rules._brief import brief_hits
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_table
from migrail.rules._not_valid import validation
from migrail.rules._rewrites import instead, step
from migrail.rules._words import held, listed

LIKE = "Make the table first and attach it: then reads and writes of the parent go on"
PROVE = """\
Let a check prove that no row of the default partition belongs into the new one, validated while reads and writes \
go on; then make the table and attach it"""
DEFAULT = """\
Both ways read the default partition under ACCESS EXCLUSIVE, unless a valid CHECK of it excludes the new bound. \
Add partitions when few wait"""


def _check(operation: CreateTable, context: Context) -> Iterable[Hit]:
    parent = operation.partition_of
    if parent is None or context.catalog.is_new(parent):
        return
    if context.effects.scans:
        rewrite = _rewrite(operation, parent, context)
        read = listed(context.effects.scans)
        yield Hit(
            object=context.display(parent),
            message=f"CREATE TABLE ... PARTITION OF holds {held(context.effects, f'every row of {read} is read')}",
            help=PROVE if rewrite is not None else DEFAULT,
            rewrite=rewrite,
            severity=Severity.ERROR,
        )
        return
    rewrite = _rewrite(operation, parent, context)
    help_ = LIKE if rewrite is not None else None
    for hit in brief_hits(operation, context, "CREATE TABLE ... PARTITION OF", help=help_, rewrite=rewrite):
        yield replace(hit, object=context.display(parent))


def _rewrite(operation: CreateTable, parent: Name, context: Context) -> Rewrite | None:
    """``None`` where the statement says more than that the table is a partition, or nothing spares the scan."""
    text = operation.partition_bound
    plain = not (operation.columns or operation.constraints or operation.partitioned_by or operation.if_not_exists)
    if text is None or not plain:
        return None
    bound = bound_of(parent, text, context) if context.effects.scans else None
    proof = default_proof(parent, operation.table, bound, context) if bound is not None else None
    if context.effects.scans and proof is None:
        return None
    table, shown = sql_table(operation.table, context.dialect), sql_table(parent, context.dialect)
    made = [
        f"CREATE TABLE {table} (LIKE {shown} INCLUDING ALL EXCLUDING IDENTITY)",
        f"ALTER TABLE {shown} ATTACH PARTITION {table} {text}",
    ]
    name = operation.table.name
    if proof is None:
        steps = [step(name, Stage.EXPAND, *made)]
    else:
        steps = [
            step(f"prove_{name}", Stage.EXPAND, proof.add(context)),
            validation(proof.table, [proof.name], context),
            step(name, Stage.CONTRACT, *made, proof.drop(context)),
        ]
    return instead(operation, context, *steps, applicability=Applicability.MANUAL)


RULE = Rule(
    code="MR216",
    name="partition-made-in-place",
    severity=Severity.NOTE,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(CreateTable,),
    check_operation=_check,
)
