"""Dropping a function, type, sequence or extension breaks the code that uses it

## What

DROP FUNCTION, PROCEDURE, AGGREGATE, TYPE, DOMAIN, SEQUENCE and EXTENSION of what exists before this change. A
function whose name the same migration makes again is left alone, and so are trigger functions, which nobody can
call, and IF EXISTS of what no migration made.

## Why

The running application calls the function, casts to the type or takes numbers from the sequence until the
version that does not is everywhere. A function that is made again with other arguments is found by those calls
only that fit them.

## Refused

```sql
DROP FUNCTION order_total(bigint);
```

```sql
DROP TYPE mood;
```

## Accepted

```sql
-- history:
CREATE FUNCTION order_total(id bigint) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
-- migration:
DROP FUNCTION order_total(bigint);
CREATE FUNCTION order_total(id bigint) RETURNS numeric LANGUAGE sql AS 'SELECT 1::numeric';
```

```sql
-- history:
CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
-- migration:
DROP FUNCTION note_change();
```

## No rewrite

What is dropped is missed by code that a file does not show. The finding shows the statement with the line that
says that nobody uses it any more.

## Since

0.2.0

## Sources

- PostgreSQL manual, DROP FUNCTION, DROP TYPE; error 42883 (undefined_function), 42704 (undefined_object).
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import CreateDomain, CreateFunction, CreateSequence, CreateType, DropObject, Operation
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_table
from migrail.rules._routines import only_triggers_call

HELP = """\
First deploy a version that does not use it, everywhere; drop it in a later change. When that has happened, say so
in the file:
-- migrail: ignore MR106 reason="..."
DROP {kind} {name};"""

_ROUTINES = frozenset({"FUNCTION", "PROCEDURE", "ROUTINE", "AGGREGATE"})

_MADE_BY: dict[str, type[Operation]] = {
    **dict.fromkeys(_ROUTINES, CreateFunction),
    "TYPE": CreateType,
    "DOMAIN": CreateDomain,
    "SEQUENCE": CreateSequence,
}
_KINDS = frozenset({*_MADE_BY, "EXTENSION"})
"""What queries name. Schemas and databases are MR302; nobody's queries name an event trigger or a publication."""


def _check(operation: DropObject, context: Context) -> Iterable[Hit]:
    kind, name = operation.object_type, operation.name
    if kind not in _KINDS or _is_missed_by_nobody(operation, context):
        return
    made = _MADE_BY.get(kind)
    if made is not None and context.outline.makes_later(made, name, context.statement.number):
        return
    shown = str(name) if kind == "EXTENSION" else context.display(name)
    yield Hit(
        object=shown,
        message=f"DROP {kind} removes {shown}: queries of the running application that use it fail",
        help=HELP.format(kind=kind, name=sql_table(name, context.dialect) + (_signature(operation))),
    )


def _signature(operation: DropObject) -> str:
    return f"({operation.signature})" if operation.signature is not None else ""


def _is_missed_by_nobody(operation: DropObject, context: Context) -> bool:
    catalog, kind, name = context.catalog, operation.object_type, operation.name
    if catalog.is_new_object(kind, name):
        return True
    if kind in _ROUTINES:
        if only_triggers_call(name, context):
            return True
        known = bool(catalog.function(name))
    elif kind in {"TYPE", "DOMAIN"}:
        known = catalog.type_named(name) is not None
    elif kind == "SEQUENCE":
        known = catalog.sequence(name) is not None
    else:
        known = name.name in catalog.extensions
    return operation.if_exists and catalog.complete and not known


RULE = Rule(
    code="MR106",
    name="drop-object",
    severity=Severity.ERROR,
    category=Category.COMPATIBILITY,
    dialects=("postgres", "mysql", "mariadb"),
    on=(DropObject,),
    check_operation=_check,
)
