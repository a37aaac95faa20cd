"""The server refuses the statement, whatever the data

## What

A statement that this server, or this version of it, does not have or does not allow on such a table: most
ALTER forms on SQLite, CREATE INDEX CONCURRENTLY on a partitioned table of PostgreSQL, virtual columns
before PostgreSQL 18, a change of type that PostgreSQL does not convert by itself, ...

## Why

It fails in every environment of that version. Environments may run different versions: `check` speaks for
each version that the configuration names.

## Refused

```sql
-- history:
CREATE TABLE events (id bigint, at timestamptz) PARTITION BY RANGE (at);
-- migration:
-- migrail: transaction=off
CREATE INDEX CONCURRENTLY events_at_idx ON events (at);
```

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, number text);
-- migration:
ALTER TABLE orders ALTER COLUMN number TYPE integer;
```

```sql sqlite
ALTER TABLE orders ADD COLUMN number text UNIQUE;
```

```sql sqlite
ALTER TABLE orders ADD CONSTRAINT orders_total_positive CHECK (total > 0);
```

## Accepted

```sql
-- history:
CREATE TABLE events (id bigint, at timestamptz) PARTITION BY RANGE (at);
-- migration:
CREATE INDEX events_at_idx ON ONLY events (at);
```

```sql sqlite
ALTER TABLE orders ADD COLUMN number text;
CREATE UNIQUE INDEX orders_number_key ON orders (number);
```

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18 and on SQLite 3.40; SQLite, ``lang_altertable.html`` and
  ``omitted.html``.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AddColumn, AlterColumnType, DropDefault, Operation
from migrail.rules._columns import is_required
from migrail.rules._interface import Context, Hit, Rule

REBUILD = """\
SQLite changes most things by a new table. In one migration, with views and triggers on the table dropped first
and made again afterwards:
CREATE TABLE new_table (...);
INSERT INTO new_table (...) SELECT ... FROM old_table;
DROP TABLE old_table;
ALTER TABLE new_table RENAME TO old_table;
Foreign keys with ON DELETE CASCADE fire at the DROP unless PRAGMA foreign_keys is off before the transaction."""

OTHER = "Write it in a form that {server} {version} accepts, or raise the server's version in the configuration."


def _check(operation: Operation, context: Context) -> Iterable[Hit]:
    reason = context.dialect.refuses(operation, context.catalog, context.version)
    if reason is None or (isinstance(operation, AddColumn) and is_required(operation)):
        return
    if isinstance(operation, AlterColumnType) and "default" in reason and _drops_default(operation, context):
        return
    target = operation.target
    version = ".".join(str(part) for part in context.version)
    rebuild = context.dialect.name == "sqlite" and "make a new table" in reason
    yield Hit(
        object=context.display(target) if target is not None else None,
        message=reason,
        help=REBUILD if rebuild else OTHER.format(server=context.dialect.title, version=version),
    )


def _drops_default(operation: AlterColumnType, context: Context) -> bool:
    """Whether the same ALTER TABLE drops the default, which PostgreSQL does first wherever it is written."""
    return any(isinstance(other, DropDefault) and other.column == operation.column for other in context.operations)


RULE = Rule(
    code="MR403",
    name="refused-by-server",
    severity=Severity.ERROR,
    category=Category.WILL_FAIL,
    dialects=("postgres", "sqlite"),
    on=(Operation,),
    check_operation=_check,
)
