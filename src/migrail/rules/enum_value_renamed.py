"""Renaming an enum value breaks the code that writes or reads the old one

## What

ALTER TYPE ... RENAME VALUE for an enum that exists before this change.

## Why

Every row changes its value at the same moment, and nothing in the rows says so. The running version writes the
old label and is refused (22P02), and compares with the old label and finds nothing. Logical replication does not
carry the rename to other databases.

## Refused

```sql
-- history:
CREATE TYPE mood AS ENUM ('good', 'bad');
-- migration:
ALTER TYPE mood RENAME VALUE 'bad' TO 'poor';
```

## Accepted

```sql
-- history:
CREATE TYPE mood AS ENUM ('good', 'bad');
-- migration:
ALTER TYPE mood ADD VALUE 'poor';
```

## Since

0.2.0

## Sources

- PostgreSQL manual, ALTER TYPE; error 22P02 (invalid_text_representation) for a label that is not there.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import RenameEnumValue
from migrail.model.rewrites import Applicability, Rewrite, Stage
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_literal, sql_name, sql_table
from migrail.rules._rewrites import step

HELP = "Add the new value beside the old one, and change the rows when all running code knows both"


def _check(operation: RenameEnumValue, context: Context) -> Iterable[Hit]:
    known = context.before.enum(operation.name)
    added = known is not None and operation.label not in known.labels
    if added or context.catalog.is_new_object("TYPE", operation.name):
        return
    enum = context.display(operation.name)
    yield Hit(
        object=enum,
        message=f"the value {operation.label} of {enum} is renamed to {operation.new_label}: "
        "queries of the running application that write or compare the old value fail or find nothing",
        help=HELP,
        rewrite=_rewrite(operation, context),
    )


def _rewrite(operation: RenameEnumValue, context: Context) -> Rewrite:
    dialect, catalog = context.dialect, context.catalog
    old, new = sql_literal(operation.label), sql_literal(operation.new_label)
    enum = sql_table(operation.name, dialect)
    added = f"ALTER TYPE {enum} ADD VALUE {new} AFTER {old}"
    steps = [step(f"add_{operation.new_label}", Stage.EXPAND, added)]
    resolved = catalog.resolve_type(operation.name)
    updates = [
        f"UPDATE {sql_table(table, dialect)} SET {sql_name(column, dialect)} = {new} "
        f"WHERE {sql_name(column, dialect)} = {old}"
        for table in catalog.tables_with_type(operation.name)
        if resolved is not None and (known := catalog.table(table)) is not None
        for column in catalog.columns_with(known, resolved)
    ]
    if updates:
        remark = "when every running version writes the new value; in batches where the table is big"
        steps.append(step(f"use_{operation.new_label}", Stage.BACKFILL, *updates, remark=remark))
    return Rewrite(steps=tuple(steps), applicability=Applicability.MANUAL)


RULE = Rule(
    code="MR109",
    name="enum-value-renamed",
    severity=Severity.ERROR,
    category=Category.COMPATIBILITY,
    dialects=("postgres",),
    on=(RenameEnumValue,),
    check_operation=_check,
)
