"""CREATE and ALTER of everything that has no reader of its own: schemas, extensions, roles, publications, ...

What these statements say beyond the name of the object matters to nobody who reads operations, so their options are
passed over; only parentheses have to match.
"""

from __future__ import annotations

from collections.abc import Callable

from migrail.model.operations import (
    AlterObject,
    CreateExtension,
    CreateObject,
    MoveObject,
    Operation,
    RenameObject,
)
from migrail.model.structure import Name
from migrail.sql.cursor import Cursor
from migrail.sql.read import tails
from migrail.sql.read.signed import access_method, operand_types, operator_name
from migrail.sql.read.tails import Tail, anything, rest, take_form


def read_create_extension(cursor: Cursor, modifiers: frozenset[str]) -> list[Operation]:
    """Takes what follows CREATE EXTENSION."""
    if_not_exists = cursor.if_not_exists()
    name, schema = cursor.identifier(), None
    cursor.take("WITH")
    while True:
        if cursor.take("SCHEMA"):
            schema = cursor.identifier()
        elif cursor.take_one(("VERSION", "FROM")):
            cursor.value()
        elif not cursor.take("CASCADE"):
            return [CreateExtension(name=Name(None, name), schema=schema, if_not_exists=if_not_exists)]


def create_named(
    object_type: str, *follow: str, needs: str = ""
) -> Callable[[Cursor, frozenset[str]], list[Operation]]:
    """A reader of CREATE <object> <name> ... One of ``follow`` has to come behind the name, if any are given.

    ``needs`` is a word that has to stand somewhere behind it, and something behind that.
    """

    def read(cursor: Cursor, modifiers: frozenset[str]) -> list[Operation]:
        if_not_exists = cursor.if_not_exists()
        name = cursor.name(function=True)
        if follow and cursor.word not in follow:
            cursor.unexpected()
        _anything_with(cursor, needs)
        return [CreateObject(object_type=object_type, name=name, if_not_exists=if_not_exists)]

    return read


def _anything_with(cursor: Cursor, needs: str) -> None:
    first = cursor.index
    anything(cursor)
    found = cursor.between(first, cursor.index)
    if needs and all(token.word != needs for token in found[:-1]):
        cursor.unexpected(f"where {needs} and a name should have stood")


def read_create_role(cursor: Cursor, modifiers: frozenset[str]) -> list[Operation]:
    """Takes what follows CREATE ROLE, USER and GROUP."""
    name = cursor.identifier()
    anything(cursor)
    return [CreateObject(object_type="ROLE", name=Name(None, name))]


def read_create_statistics(cursor: Cursor, modifiers: frozenset[str]) -> list[Operation]:
    """Takes what follows CREATE STATISTICS; joins are refused by the server."""
    cursor.if_not_exists()
    name = None if cursor.word in ("ON", "(") else cursor.name()
    if cursor.at("("):
        cursor.group()
    cursor.expect("ON")
    while not cursor.at("FROM"):
        if cursor.at("("):
            cursor.group()
        else:
            cursor.next()
    cursor.next()
    return [CreateObject(object_type="STATISTICS", name=name, table=cursor.name())]


def read_create_unnamed(object_type: str, *, needs: str) -> Callable[[Cursor, frozenset[str]], list[Operation]]:
    """A reader of CREATE USER MAPPING and CREATE TRANSFORM, which have no name."""

    def read(cursor: Cursor, modifiers: frozenset[str]) -> list[Operation]:
        cursor.if_not_exists()
        cursor.expect("FOR")
        cursor.next()
        _anything_with(cursor, needs)
        return [CreateObject(object_type=object_type, name=None)]

    return read


# ALTER


def alter_named(object_type: str, forms: dict[str, Tail]) -> Callable[[Cursor], list[Operation]]:
    """A reader of ALTER <object> <name> with RENAME TO and one or more of these forms."""

    def read(cursor: Cursor) -> list[Operation]:
        cursor.if_exists()
        name = cursor.name()
        if cursor.take("RENAME", "TO"):
            return [RenameObject(object_type=object_type, name=name, new_name=cursor.identifier())]
        if "SET SCHEMA" in forms and cursor.take("SET", "SCHEMA"):
            return [MoveObject(object_type=object_type, name=name, new_schema=cursor.identifier())]
        form = take_form(cursor, forms) or cursor.unexpected()
        return [AlterObject(object_type=object_type, name=name, option=form.option, argument=form.argument)]

    return read


def read_alter_role(cursor: Cursor) -> list[Operation]:
    """Takes what follows ALTER ROLE, USER and GROUP."""
    name = Name(None, cursor.label())
    if cursor.take("RENAME", "TO"):
        return [RenameObject(object_type="ROLE", name=name, new_name=cursor.identifier())]
    if cursor.take("IN", "DATABASE"):
        cursor.identifier()
    option = cursor.take_phrase(("SET", "RESET", "ADD USER", "DROP USER")) or "OPTIONS"
    if cursor.done:
        cursor.unexpected()
    return [AlterObject(object_type="ROLE", name=name, option=option, argument=rest(cursor))]


def read_alter_system(cursor: Cursor) -> list[Operation]:
    """Takes what follows ALTER SYSTEM."""
    option = cursor.expect_phrase(("SET", "RESET"))
    if cursor.done:
        cursor.unexpected()
    return [AlterObject(object_type="SYSTEM", name=None, option=option, argument=rest(cursor))]


def read_alter_large_object(cursor: Cursor) -> list[Operation]:
    """Takes what follows ALTER LARGE OBJECT."""
    name = Name(None, cursor.number())
    cursor.expect("OWNER", "TO")
    cursor.label()
    return [AlterObject(object_type="LARGE OBJECT", name=name, option="OWNER TO")]


def read_alter_user_mapping(cursor: Cursor) -> list[Operation]:
    """Takes what follows ALTER USER MAPPING."""
    cursor.expect("FOR")
    cursor.label()
    cursor.expect("SERVER")
    cursor.identifier()
    cursor.expect("OPTIONS")
    cursor.group()
    return [AlterObject(object_type="USER MAPPING", name=None, option="OPTIONS (...)")]


def alter_other(object_type: str) -> Callable[[Cursor], list[Operation]]:
    """A reader of ALTER of operators and their sets, whose names come with more than a name."""

    def read(cursor: Cursor) -> list[Operation]:
        if object_type == "OPERATOR":
            name, said = operator_name(cursor), operand_types(cursor)
        else:
            name, said = cursor.name(), access_method(cursor)
        if cursor.take("RENAME", "TO"):
            new = cursor.identifier()
            return [RenameObject(object_type=object_type, name=name, new_name=new, signature=said)]
        if cursor.take("SET", "SCHEMA"):
            schema = cursor.identifier()
            return [MoveObject(object_type=object_type, name=name, new_schema=schema, signature=said)]
        option = cursor.expect_phrase(("OWNER TO", "SET", "ADD", "DROP"))
        argument = rest(cursor)
        return [AlterObject(object_type=object_type, name=name, option=option, argument=argument, signature=said)]

    return read


_OWNED: dict[str, Tail] = {"OWNER TO": tails.role}
_MOVED: dict[str, Tail] = {**_OWNED, "SET SCHEMA": tails.name}

FORMS: dict[str, dict[str, Tail]] = {
    "SCHEMA": _OWNED,
    "LANGUAGE": _OWNED,
    "PROCEDURAL LANGUAGE": _OWNED,
    "CONVERSION": _MOVED,
    "STATISTICS": {**_MOVED, "SET STATISTICS": tails.number_or_default},
    "COLLATION": {**_MOVED, "REFRESH VERSION": tails.nothing},
    "EVENT TRIGGER": {
        **_OWNED,
        "ENABLE REPLICA": tails.nothing,
        "ENABLE ALWAYS": tails.nothing,
        "ENABLE": tails.nothing,
        "DISABLE": tails.nothing,
    },
    "EXTENSION": {
        "UPDATE": anything,
        "SET SCHEMA": tails.name,
        "ADD": anything,
        "DROP": anything,
    },
    "TABLESPACE": {**_OWNED, "SET (": tails.nothing, "RESET (": tails.nothing},
    "DATABASE": {
        **_OWNED,
        "SET TABLESPACE": tails.name,
        "REFRESH COLLATION VERSION": tails.nothing,
        "SET": anything,
        "RESET": anything,
        "WITH": anything,
        "ALLOW_CONNECTIONS": anything,
        "CONNECTION LIMIT": anything,
        "IS_TEMPLATE": anything,
    },
    "SUBSCRIPTION": {
        **_OWNED,
        "CONNECTION": anything,
        "SET PUBLICATION": anything,
        "ADD PUBLICATION": anything,
        "DROP PUBLICATION": anything,
        "REFRESH PUBLICATION": anything,
        "ENABLE": tails.nothing,
        "DISABLE": tails.nothing,
        "SET (": tails.nothing,
        "SKIP (": tails.nothing,
    },
    "SERVER": {**_OWNED, "VERSION": anything, "OPTIONS (": tails.nothing},
    "FOREIGN DATA WRAPPER": {
        **_OWNED,
        "HANDLER": anything,
        "NO HANDLER": anything,
        "VALIDATOR": anything,
        "NO VALIDATOR": anything,
        "OPTIONS (": tails.nothing,
    },
    "TEXT SEARCH CONFIGURATION": {**_MOVED, "ADD": anything, "ALTER": anything, "DROP": anything},
    "TEXT SEARCH DICTIONARY": {**_MOVED, "(": tails.nothing},
    "TEXT SEARCH PARSER": _MOVED,
    "TEXT SEARCH TEMPLATE": _MOVED,
}
"""By object: the forms of ALTER beside RENAME TO, and what follows their words."""
