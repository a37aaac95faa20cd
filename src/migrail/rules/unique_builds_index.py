"""Adding UNIQUE, PRIMARY KEY or EXCLUDE builds an index while everybody waits

## What

ADD CONSTRAINT ... UNIQUE, PRIMARY KEY or EXCLUDE that builds its own index on a table that exists before
this change; UNIQUE or PRIMARY KEY inside ADD COLUMN; PRIMARY KEY USING INDEX over a column that may be
NULL, which is read to the end.

## Why

The index is built under ACCESS EXCLUSIVE: nobody reads or writes the table, not only writers wait as with
CREATE INDEX. A unique index can be built CONCURRENTLY and be made the constraint afterwards, which takes a
moment.

## Refused

```sql
ALTER TABLE orders ADD CONSTRAINT orders_number_key UNIQUE (number);
```

```sql
ALTER TABLE orders ADD COLUMN number text UNIQUE;
```

## Accepted

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, number text);
CREATE UNIQUE INDEX orders_number_key ON orders (number);
-- migration:
ALTER TABLE orders ADD CONSTRAINT orders_number_key UNIQUE USING INDEX orders_number_key;
```

```sql
CREATE TABLE invoices (id bigint, number text);
ALTER TABLE invoices ADD PRIMARY KEY (id), ADD UNIQUE (number);
```

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: ACCESS EXCLUSIVE during the build, also for UNIQUE inside ADD
  COLUMN; USING INDEX is instant but for a primary key over a nullable column.
- PostgreSQL manual, ALTER TABLE, "ADD table_constraint_using_index".
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AddColumn, AddConstraint
from migrail.model.structure import Constraint, ConstraintKind, Name
from migrail.rules._columns import adds_nothing, inline
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import made_name, sql_columns, sql_name, sql_table
from migrail.rules._words import held, keeps_waiting

HELP = """\
Build the index while reads and writes go on, alone in a file:
-- migrail: transaction=off
CREATE UNIQUE INDEX CONCURRENTLY {name} ON {table} {columns};
Then, in another migration{first}:
ALTER TABLE {table} ADD CONSTRAINT {name} {kind} USING INDEX {name};"""

PARTITIONED = """\
A partitioned table takes neither CONCURRENTLY nor USING INDEX. Build a unique index CONCURRENTLY on each
partition, add the constraint to the parent alone with ALTER TABLE ONLY {table} ADD ..., and attach the indexes:
ALTER INDEX {name} ATTACH PARTITION ...;"""

EXCLUDE = """\
There is no way to add an exclusion constraint while the table is in use. Add it when few wait for the table,
or to a new table into which the rows are copied."""

NULLABLE = """\
Make the columns NOT NULL first, without a scan under the lock (migrail rule MR202); then the index becomes the
primary key in a moment."""

_KINDS = {
    ConstraintKind.UNIQUE: ("UNIQUE", "key"),
    ConstraintKind.PRIMARY_KEY: ("PRIMARY KEY", "pkey"),
    ConstraintKind.EXCLUDE: ("EXCLUDE", "excl"),
}


def _check(operation: AddConstraint | AddColumn, context: Context) -> Iterable[Hit]:
    if context.catalog.is_new(operation.table) or not keeps_waiting(context.effects):
        return
    if isinstance(operation, AddConstraint):
        if operation.constraint.kind in _KINDS:
            yield from _check_constraint(operation, context)
    elif not adds_nothing(operation, context):
        for constraint in inline(operation, ConstraintKind.UNIQUE, ConstraintKind.PRIMARY_KEY):
            yield Hit(
                object=context.display(operation.table),
                message=f"ADD COLUMN with {_KINDS[constraint.kind][0]} holds "
                f"{held(context.effects, 'its index is built')}",
                help=_without_constraint(operation, context)
                + _help(operation.table, constraint, (operation.column.name,), context),
            )


def _without_constraint(operation: AddColumn, context: Context) -> str:
    dialect, column = context.dialect, operation.column
    definition = f"{sql_name(column.name, dialect)} {column.type or ''}".strip()
    table = sql_table(operation.table, dialect)
    return f"Add the column without the constraint first:\nALTER TABLE {table} ADD COLUMN {definition};\n"


def _check_constraint(operation: AddConstraint, context: Context) -> Iterable[Hit]:
    constraint = operation.constraint
    word = _KINDS[constraint.kind][0]
    table = context.display(operation.table)
    if constraint.using_index is None:
        yield Hit(
            object=table,
            message=f"ADD {word} holds {held(context.effects, 'its index is built')}",
            help=_help(operation.table, constraint, constraint.columns, context),
        )
    elif context.effects.scans:
        yield Hit(
            object=table,
            message=f"ADD {word} USING INDEX over columns that may be NULL holds "
            f"{held(context.effects, f'every row of {table} is read')}",
            help=NULLABLE,
        )


def _help(table: Name, constraint: Constraint, columns: tuple[str, ...], context: Context) -> str:
    if constraint.kind is ConstraintKind.EXCLUDE:
        return EXCLUDE
    dialect = context.dialect
    word, suffix = _KINDS[constraint.kind]
    parts = (*columns, suffix) if constraint.kind is ConstraintKind.UNIQUE else (suffix,)
    name = sql_name(constraint.name, dialect) if constraint.name else made_name(table, *parts, dialect=dialect)
    template = PARTITIONED if context.catalog.is_partitioned(table) else HELP
    return template.format(
        name=name,
        table=sql_table(table, dialect),
        columns=sql_columns(columns, dialect),
        kind=word,
        first=" (columns NOT NULL first: migrail rule MR202)" if suffix == "pkey" else "",
    )


RULE = Rule(
    code="MR207",
    name="unique-builds-index",
    severity=Severity.ERROR,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(AddConstraint, AddColumn),
    check_operation=_check,
)
