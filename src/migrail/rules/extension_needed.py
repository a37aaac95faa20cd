"""An extension has to be installed, and allowed, in every environment

## What

CREATE EXTENSION: a warning where only a superuser may do it, a note where the owner of the database may
(trusted extensions, PostgreSQL 13 and newer).

## Why

The files of an extension belong to the server, not to the database: where they are missing, or where the
promoter's role is no superuser, the migration fails (0A000, 58P01, 42501). Environments differ in that more
than in anything else; managed services allow a list of their own.

## Refused

```sql
CREATE EXTENSION postgis;
```

```sql
CREATE EXTENSION IF NOT EXISTS pg_trgm;
```

## Accepted

```sql
CREATE SCHEMA shop;
```

## Since

0.2.0

## Sources

- PostgreSQL manual, CREATE EXTENSION, and the control files of the extensions that come with PostgreSQL 15.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import CreateExtension
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_name

HELP = """\
Look in every environment whether it is available, and let a superuser make it beforehand where the promoter's role
may not:
SELECT name, default_version FROM pg_available_extensions WHERE name = {literal};
CREATE EXTENSION IF NOT EXISTS {name};"""

_TRUSTED = frozenset(
    {
        "btree_gin", "btree_gist", "citext", "cube", "dict_int", "fuzzystrmatch", "hstore", "intarray", "isn", "lo",
        "ltree", "pg_trgm", "pgcrypto", "plpgsql", "seg", "tablefunc", "tcn", "tsm_system_rows", "tsm_system_time",
        "unaccent", "uuid-ossp",
    }
)  # fmt: skip
_TRUSTED_FROM = (13,)


def _check(operation: CreateExtension, context: Context) -> Iterable[Hit]:
    name = operation.name.name
    if name in context.catalog.extensions or name == "plpgsql":
        return
    trusted = name in _TRUSTED and context.version >= _TRUSTED_FROM
    yield Hit(
        object=name,
        severity=Severity.NOTE if trusted else None,
        message=f"the extension {name} has to be installed on the server of every environment"
        + (", and the role needs CREATE on the database" if trusted else ", and only a superuser may create it"),
        help=HELP.format(name=sql_name(name, context.dialect), literal=f"'{name}'"),
    )


RULE = Rule(
    code="MR605",
    name="extension-needed",
    severity=Severity.WARNING,
    category=Category.PARITY,
    dialects=("postgres",),
    on=(CreateExtension,),
    check_operation=_check,
)
