"""A new column whose values differ from row to row rewrites the table

## What

ADD COLUMN on a table that exists before this change with a volatile default, ``serial``, an identity, a
stored generated expression, or the type of a domain with a constraint. A constant default, and also
``now()`` and ``current_date``, are free and left alone.

## Why

The server writes every row and every index again, under ACCESS EXCLUSIVE: nobody reads or writes the table.
A function that migrail does not know is taken for volatile, as the server does unless it was declared
otherwise.

## Refused

```sql
ALTER TABLE orders ADD COLUMN token uuid DEFAULT gen_random_uuid();
```

```sql
ALTER TABLE orders ADD COLUMN number bigserial;
```

```sql
ALTER TABLE orders ADD COLUMN gross numeric GENERATED ALWAYS AS (net * 1.2) STORED;
```

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
-- migration:
ALTER TABLE orders ADD COLUMN amount positive;
```

## Accepted

```sql
ALTER TABLE orders ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
```

```sql
ALTER TABLE orders ADD COLUMN token uuid;
ALTER TABLE orders ALTER COLUMN token SET DEFAULT gen_random_uuid();
```

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: new files for the table in every form named above, none for stable
  defaults.
- PostgreSQL 11 release notes: ADD COLUMN with a default that is not volatile does not write rows.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.dialects import Volatility
from migrail.model.findings import Category, Severity
from migrail.model.operations import AddColumn
from migrail.model.structure import Column, Generated
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import made_name, sql_name, sql_table
from migrail.rules._words import brief, held, listed

BY_DEFAULT = """\
Add the column empty, let new rows have the default, and fill the old ones in batches:
ALTER TABLE {table} ADD COLUMN {column} {type};
ALTER TABLE {table} ALTER COLUMN {column} SET DEFAULT {default};
UPDATE {table} SET {column} = {default} WHERE {column} IS NULL;  -- in batches, in a later migration"""

BY_SEQUENCE = """\
Add the column empty, give it a sequence, and fill the old rows in batches:
ALTER TABLE {table} ADD COLUMN {column} {type};
CREATE SEQUENCE {sequence} OWNED BY {table}.{column};
ALTER TABLE {table} ALTER COLUMN {column} SET DEFAULT nextval({literal});
UPDATE {table} SET {column} = nextval({literal}) WHERE {column} IS NULL;  -- in batches, in a later migration"""

BY_TRIGGER = """\
Add a plain column, let a trigger or the application write it, and fill the old rows in batches:
ALTER TABLE {table} ADD COLUMN {column} {type};"""

VIRTUAL = """\
Compute it when it is read, which writes no row:
ALTER TABLE {table} ADD COLUMN {column} {type} GENERATED ALWAYS AS ({generation}) VIRTUAL;"""

BY_DOMAIN = """\
Take the type below the domain and check it by a constraint that is validated while reads and writes go on:
ALTER TABLE {table} ADD COLUMN {column} {base};
ALTER TABLE {table} ADD CONSTRAINT {check} CHECK (...) NOT VALID;
ALTER TABLE {table} VALIDATE CONSTRAINT {check};  -- in a later migration"""

VIRTUAL_FROM = (18,)
"""The first PostgreSQL with virtual generated columns (release notes 18)."""


def _check(operation: AddColumn, context: Context) -> Iterable[Hit]:
    if not context.effects.rewrites or context.catalog.is_new(operation.table):
        return
    column = operation.column
    cause, template = _cause(column, context)
    yield Hit(
        object=context.display(operation.table),
        message=f"ADD COLUMN {column.name} writes every row of {listed(context.effects.rewrites)} again: {cause}; "
        f"it holds {held(context.effects, 'that is done')}",
        help=_help(template, operation, context),
    )


def _cause(column: Column, context: Context) -> tuple[str, str]:
    """Why rows are written, and the help text for that."""
    if column.generated is Generated.STORED:
        template = VIRTUAL if context.version >= VIRTUAL_FROM else BY_TRIGGER
        return "a stored generated column is computed for each of them", template
    if column.generated is not None:
        return "an identity column gives each of them a number", BY_SEQUENCE
    if column.type is not None and column.type.serial:
        return "serial gives each of them a number", BY_SEQUENCE
    if column.type is not None and context.catalog.domain_has_constraint(column.type):
        return f"the domain {column.type} has a constraint", BY_DOMAIN
    if column.default is None:
        return "the server fills the column", BY_TRIGGER
    default = brief(column.default.text)
    kind = context.dialect.volatility(column.default, context.catalog)
    if kind is Volatility.VOLATILE:
        return f"the default {default} is volatile, so each of them gets a value of its own", BY_DEFAULT
    if kind is Volatility.UNKNOWN:
        return f"the default {default} calls a function that is not known not to be volatile", BY_DEFAULT
    return "before version 11 the server stores every default in each of them", BY_DEFAULT


def _help(template: str, operation: AddColumn, context: Context) -> str:
    dialect, column = context.dialect, operation.column
    base = context.catalog.domain_base(column.type) if column.type is not None else None
    sequence = made_name(operation.table, column.name, "seq", dialect=dialect)
    return template.format(
        table=sql_table(operation.table, dialect),
        column=sql_name(column.name, dialect),
        type=column.type or "...",
        base=base or "...",
        default=column.default.text if column.default is not None else "...",
        generation=column.generation.text if column.generation is not None else "...",
        sequence=sequence,
        literal="'" + sequence.replace("'", "''") + "'",
        check=made_name(operation.table, column.name, "check", dialect=dialect),
    )


RULE = Rule(
    code="MR208",
    name="volatile-default-rewrites",
    severity=Severity.ERROR,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(AddColumn,),
    check_operation=_check,
)
