"""Dropping a function, type, sequence or extension breaks the code that uses it

## What

DROP FUNCTION, PROCEDURE, AGGREGATE, TYPE, DOMAIN, SEQUENCE and EXTENSION of what exists before this change. What
the same migration makes again is left alone as long as it is the same to its users: a function that the calls of
the old one find and that returns the same type, an enum with all values, a composite type with all attributes, a
domain over the same type. So are trigger functions, which nobody can call, and IF EXISTS of what no migration made.

## Why

The running application calls the function, casts to the type or takes numbers from the sequence until the
version that does not is everywhere. A function that is made again with other arguments is found by those calls
only that fit them; another type of its result is a warning, because every call still finds it.

## Refused

```sql
DROP FUNCTION order_total(bigint);
```

```sql
DROP TYPE mood;
```

```sql
-- history:
CREATE TYPE mood AS ENUM ('good', 'bad');
-- migration:
DROP TYPE mood;
CREATE TYPE mood AS ENUM ('good');
```

## Accepted

```sql
-- history:
CREATE FUNCTION order_total(id bigint) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
-- migration:
DROP FUNCTION order_total(bigint);
CREATE FUNCTION order_total(id bigint, tax boolean DEFAULT true) RETURNS bigint LANGUAGE sql AS 'SELECT 2::bigint';
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

from collections.abc import Iterable, Sequence

from migrail.model.findings import Category, Severity
from migrail.model.operations import CreateDomain, CreateFunction, CreateSequence, CreateType, DropObject, Operation
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_table
from migrail.rules._remade import losses
from migrail.rules._routines import only_triggers_call

HELP = """\
First deploy a version that does not use it, everywhere; drop it in a later change. When that has happened, say so
in the file:
-- migrail: ignore MR106 reason="..."
DROP {kind} {name};"""

AGAIN = (
    "Make the new one under another name, and drop the old one in a later change, when no deployed version uses it"
)

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
    made, number = _MADE_BY.get(kind), context.statement.number
    if made is not None and context.outline.makes_later(made, name, number):
        yield from _made_again(operation, context.outline.made_later(made, name, number), context)
        return
    shown = str(name) if kind == "EXTENSION" else context.display(name)
    yield Hit(
        object=shown,
        message=f"DROP {kind} removes {shown}: queries of the running application that use it fail",
        help=HELP.format(kind=kind, name=sql_table(name, context.dialect) + (_signature(operation))),
    )


def _made_again(operation: DropObject, made: Sequence[Operation], context: Context) -> Iterable[Hit]:
    shown = context.display(operation.name)
    for loss in losses(operation, made, context) if made else ():
        what = "that use it fail" if loss.refused else "were written for the old one"
        yield Hit(
            object=shown,
            severity=None if loss.refused else Severity.WARNING,
            message=f"{shown} is dropped and made again, and the new one {loss.what}: "
            f"queries of the running application {what}",
            help=AGAIN,
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
