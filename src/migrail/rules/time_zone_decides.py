"""The time zone of the session decides about values

## What

A change of type between timestamp, timestamptz, date and time that goes through the session's time zone because
USING does not say one; and a default such as `'now'` or `'today'`, which is read once, when the migration runs.

## Why

The same file gives other values in an environment whose role, database or server has another TimeZone. Promote
sets the time zone of its sessions, but psql and other tools that run the file do not.

## Refused

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, placed timestamp);
-- migration:
ALTER TABLE orders ALTER COLUMN placed TYPE timestamptz;
```

```sql
CREATE TABLE visits (id bigint PRIMARY KEY, at timestamptz DEFAULT 'now');
```

## Accepted

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, placed timestamp);
-- migration:
ALTER TABLE orders ADD COLUMN placed_at timestamptz;
```

```sql
CREATE TABLE visits (id bigint PRIMARY KEY, at timestamptz DEFAULT now());
```

## Since

0.2.0

## Sources

- PostgreSQL manual, 8.5.1.4 "Special Values" and 8.5.3 "Time Zones". Measured on 15: under Europe/London other
  values than under UTC.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from migrail.model.findings import Category, Severity
from migrail.model.operations import AddColumn, AlterColumnType, CreateTable, SetDefault
from migrail.model.structure import Column, Expression
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_name, sql_table
from migrail.rules._type_change import change

USING = """\
Say in which time zone the old values were written:
ALTER TABLE {table} ALTER COLUMN {column} TYPE {type} USING {column} AT TIME ZONE 'UTC';"""
DEFAULT = "Write {function}, which is asked for each row."

_ZONED = frozenset({"timestamptz", "timetz"})
_BARE = frozenset({"timestamp", "date", "time"})
_FROZEN = re.compile(r"'\s*(now|today|tomorrow|yesterday)\s*'(\s*::\s*[\w ]+)?", re.IGNORECASE)
_FUNCTIONS = {"now": "now()", "today": "current_date"}


def _check(operation: AlterColumnType | CreateTable | AddColumn | SetDefault, context: Context) -> Iterable[Hit]:
    if isinstance(operation, AlterColumnType):
        yield from _check_type(operation, context)
        return
    for name, default in _defaults(operation):
        found = _FROZEN.fullmatch(default.text.strip())
        if found is not None:
            shown = context.display_column(context.catalog.place(operation.table), name)
            yield Hit(
                object=shown,
                message=f"the default {default.text} of {shown} is read once, when the migration runs: every row "
                "gets that moment, and each environment another one",
                help=DEFAULT.format(function=_FUNCTIONS.get(found[1].lower(), "an expression")),
            )


def _check_type(operation: AlterColumnType, context: Context) -> Iterator[Hit]:
    column = context.catalog.column(operation.table, operation.column)
    if column is None or column.type is None or context.catalog.is_new(operation.table):
        return
    kinds = {column.type.name, operation.type.name}
    crosses = bool(kinds & _ZONED) and bool(kinds & _BARE)
    if not crosses or (operation.using is not None and "ZONE" in operation.using.text.upper()):
        return
    yield Hit(
        object=context.display_column(operation.table, operation.column),
        message=f"the values of {change(operation, context)} depend on the TimeZone of the session that runs it",
        help=USING.format(
            table=sql_table(operation.table, context.dialect),
            column=sql_name(operation.column, context.dialect),
            type=operation.type,
        ),
    )


def _defaults(operation: CreateTable | AddColumn | SetDefault) -> Iterator[tuple[str, Expression]]:
    if isinstance(operation, SetDefault):
        yield operation.column, operation.default
        return
    columns: tuple[Column, ...] = operation.columns if isinstance(operation, CreateTable) else (operation.column,)
    for column in columns:
        if column.default is not None:
            yield column.name, column.default


RULE = Rule(
    code="MR606",
    name="time-zone-decides",
    severity=Severity.WARNING,
    category=Category.PARITY,
    dialects=("postgres",),
    on=(AlterColumnType, CreateTable, AddColumn, SetDefault),
    check_operation=_check,
)
