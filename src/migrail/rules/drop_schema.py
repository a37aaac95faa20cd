"""Dropping a schema with CASCADE, or a database, takes everything in it

## What

DROP SCHEMA ... CASCADE and DROP DATABASE. Without CASCADE, PostgreSQL drops a schema only when it is empty. On
MySQL and MariaDB a schema is a database.

## Why

The file does not say what is lost: whatever is in it in that environment goes, tables of other projects and of
other versions included.

## Refused

```sql
DROP SCHEMA legacy CASCADE;
```

## Accepted

```sql
DROP SCHEMA legacy;
```

## No rewrite

What else is in the schema no migration tells. Name what is to go, one by one.

## Since

0.2.0

## Sources

- PostgreSQL manual, DROP SCHEMA; MySQL manual, DROP DATABASE.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import DropObject
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_name, sql_table
from migrail.rules._words import listed

LIST = """\
Drop what is in it one by one, so that the file says what is lost, and then the schema without CASCADE:
{drops}DROP SCHEMA {schema};"""

BY_HAND = "Drop a database by hand, when everybody knows about it, not by a migration."


def _check(operation: DropObject, context: Context) -> Iterable[Hit]:
    kind, name = operation.object_type, operation.name.name
    in_schema = context.dialect.default_schema is not None
    if kind == "DATABASE" or (kind == "SCHEMA" and not in_schema):
        yield Hit(object=name, message=f"DROP {kind} removes {name} with everything in it", help=BY_HAND)
        return
    if kind != "SCHEMA" or not operation.cascade:
        return
    catalog = context.catalog
    absent = operation.if_exists and catalog.complete and name not in catalog.schemas
    if absent or catalog.is_new_object(kind, operation.name):
        return
    tables = [table for table in catalog.tables if table.schema == name]
    views = [view for view in catalog.views if view.schema == name]
    known = [context.display(item) for item in (*tables, *views)]
    drops = [f"DROP VIEW {sql_table(view, context.dialect)};\n" for view in views]
    drops += [f"DROP TABLE {sql_table(table, context.dialect)};\n" for table in tables]
    yield Hit(
        object=name,
        message=f"DROP SCHEMA ... CASCADE removes {name} with everything in it"
        + (f": {listed(known)}, as far as migrations tell" if known else ", which no migration tells"),
        help=LIST.format(drops="".join(drops), schema=sql_name(name, context.dialect)),
    )


RULE = Rule(
    code="MR302",
    name="drop-schema",
    severity=Severity.ERROR,
    category=Category.DATA_LOSS,
    dialects=("postgres", "mysql", "mariadb"),
    on=(DropObject,),
    check_operation=_check,
)
