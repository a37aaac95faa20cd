"""GRANT, REVOKE, ALTER DEFAULT PRIVILEGES, COMMENT ON, SECURITY LABEL."""

from __future__ import annotations

import re
from dataclasses import replace

from migrail.model.operations import AlterObject, CommentOn, Grant, Operation
from migrail.model.structure import Name
from migrail.sql.cursor import Cursor
from migrail.sql.lexer import Kind, string_value
from migrail.sql.read.signed import operator_name
from migrail.sql.types import read_type

_GRANTED_ON = (
    *("TABLE", "SEQUENCE", "DATABASE", "DOMAIN", "FOREIGN DATA WRAPPER", "FOREIGN SERVER"),
    *("FUNCTION", "PROCEDURE", "ROUTINE", "LANGUAGE", "LARGE OBJECT", "PARAMETER", "SCHEMA", "TABLESPACE"),
    "TYPE",
)


def read_grant(cursor: Cursor) -> list[Operation]:
    """Takes what follows GRANT: privileges or roles."""
    return _grant(cursor, "GRANT", "TO")


def read_revoke(cursor: Cursor) -> list[Operation]:
    """Takes what follows REVOKE."""
    cursor.take_phrase(("GRANT OPTION FOR", "ADMIN OPTION FOR", "INHERIT OPTION FOR", "SET OPTION FOR"))
    return _grant(cursor, "REVOKE", "FROM")


def _grant(cursor: Cursor, verb: str, direction: str) -> list[Operation]:
    privileges = _privileges(cursor)
    names: list[Name] = []
    if cursor.take("ON"):
        privileges = tuple(word.upper() for word in privileges)
        names = _objects(cursor)
    cursor.expect(direction)
    grantees = tuple(cursor.commas(_grantee))
    cursor.take_phrase(("WITH GRANT OPTION", "WITH ADMIN OPTION"))
    if cursor.take("WITH"):
        cursor.commas(_grant_option)
    if cursor.take("GRANTED", "BY"):
        cursor.label()
    cursor.cascade()
    objects: list[Name | None] = [*names] or [None]
    return [Grant(verb=verb, name=name, privileges=privileges, grantees=grantees) for name in objects]


def _privileges(cursor: Cursor) -> tuple[str, ...]:
    return tuple(cursor.commas(_privilege))


def _privilege(cursor: Cursor) -> str:
    word = cursor.label()
    cursor.take_one(("PRIVILEGES", "SYSTEM"))
    if cursor.at("("):
        cursor.names()
    return word


def _grantee(cursor: Cursor) -> str:
    cursor.take("GROUP")
    return cursor.label()


def _grant_option(cursor: Cursor) -> None:
    cursor.expect_phrase(("ADMIN", "INHERIT", "SET"))
    cursor.expect_phrase(("OPTION", "TRUE", "FALSE"))


def _objects(cursor: Cursor) -> list[Name]:
    """The objects, or the schema of ALL ... IN SCHEMA."""
    if cursor.take("ALL"):
        cursor.expect_phrase(("TABLES", "SEQUENCES", "FUNCTIONS", "PROCEDURES", "ROUTINES"))
        cursor.expect("IN", "SCHEMA")
        cursor.commas(Cursor.identifier)
        return []
    kind = cursor.take_phrase(_GRANTED_ON)
    if kind == "LARGE OBJECT":
        cursor.commas(Cursor.number)
        return []
    return cursor.commas(_routine if kind in ("FUNCTION", "PROCEDURE", "ROUTINE") else Cursor.name)


def _routine(cursor: Cursor) -> Name:
    name = cursor.name(function=True)
    if cursor.at("("):
        cursor.group()
    return name


def read_default_privileges(cursor: Cursor) -> list[Operation]:
    """Takes what follows ALTER DEFAULT PRIVILEGES."""
    if cursor.take("FOR"):
        cursor.expect_phrase(("ROLE", "USER"))
        cursor.commas(Cursor.label)
    if cursor.take("IN", "SCHEMA"):
        cursor.commas(Cursor.identifier)
    verb = cursor.expect_phrase(("GRANT", "REVOKE"))
    cursor.take("GRANT", "OPTION", "FOR")
    privileges = tuple(word.upper() for word in _privileges(cursor))
    cursor.expect("ON")
    cursor.expect_phrase(("TABLES", "SEQUENCES", "FUNCTIONS", "ROUTINES", "TYPES", "SCHEMAS", "LARGE OBJECTS"))
    cursor.expect("TO" if verb == "GRANT" else "FROM")
    grantees = tuple(cursor.commas(_grantee))
    cursor.take("WITH", "GRANT", "OPTION")
    cursor.cascade()
    given = grantees if verb == "GRANT" else ()
    return [Grant(verb="ALTER DEFAULT PRIVILEGES", privileges=privileges, grantees=given)]


# Comments and labels

_ON_TABLE = ("CONSTRAINT", "TRIGGER", "RULE", "POLICY")
_ROUTINES = ("FUNCTION", "PROCEDURE", "ROUTINE", "AGGREGATE")
_COMMENTED = (
    *("TABLE", "VIEW", "MATERIALIZED VIEW", "INDEX", "SEQUENCE", "TYPE", "DOMAIN", "SCHEMA", "EXTENSION"),
    *("DATABASE", "ROLE", "TABLESPACE", "SERVER", "STATISTICS", "COLLATION", "CONVERSION", "PUBLICATION"),
    *("SUBSCRIPTION", "EVENT TRIGGER", "FOREIGN TABLE", "FOREIGN DATA WRAPPER", "ACCESS METHOD"),
    *("LANGUAGE", "PROCEDURAL LANGUAGE", "TEXT SEARCH CONFIGURATION", "TEXT SEARCH DICTIONARY"),
    *("TEXT SEARCH PARSER", "TEXT SEARCH TEMPLATE"),
)


def read_comment(cursor: Cursor) -> list[Operation]:
    """Takes what follows COMMENT; the name is that of the table for what belongs to a table."""
    cursor.expect("ON")
    found = _described(cursor)
    cursor.expect("IS")
    return [found if cursor.take("NULL") else replace(found, text=_strings(cursor))]


def read_security_label(cursor: Cursor) -> list[Operation]:
    """Takes what follows SECURITY."""
    cursor.expect("LABEL")
    if cursor.take("FOR"):
        cursor.value()
    cursor.expect("ON")
    found = _described(cursor)
    cursor.expect("IS")
    if not cursor.take("NULL"):
        _strings(cursor)
    return [AlterObject(object_type=found.object_type, name=found.name, option="SECURITY LABEL")]


_BREAK = re.compile(r"(?<!\\)'\s*\n\s*'")
"""Where a string goes on behind a line break: one token where it has escapes, or else several."""


def _strings(cursor: Cursor) -> str:
    """Strings one after the other are one string (PostgreSQL asks for a line break between them)."""
    parts: list[str] = []
    while not parts or cursor.peek().kind is Kind.STRING:
        start = cursor.offset
        cursor.string()
        parts.append(string_value(_BREAK.sub("", cursor.since(start)), cursor.dialect.lexical))
    return "".join(parts)


def _described(cursor: Cursor) -> CommentOn:
    if cursor.take("COLUMN"):
        table, column = _column(cursor)
        return CommentOn(object_type="COLUMN", name=table, column=column)
    if kind := cursor.take_phrase(_ON_TABLE):
        cursor.identifier()
        cursor.expect("ON")
        domain = cursor.take("DOMAIN")
        return CommentOn(object_type="DOMAIN" if domain else kind, name=cursor.name())
    if kind := cursor.take_phrase(_ROUTINES):
        return CommentOn(object_type=kind, name=_routine(cursor))
    if kind := cursor.take_phrase(_COMMENTED):
        return CommentOn(object_type=kind, name=_type_name(cursor) if kind == "TYPE" else cursor.name())
    return _described_otherwise(cursor)


def _described_otherwise(cursor: Cursor) -> CommentOn:
    if cursor.take("CAST"):
        return CommentOn(object_type="CAST", name=Name(None, cursor.group()))
    if cursor.take("LARGE", "OBJECT"):
        return CommentOn(object_type="LARGE OBJECT", name=Name(None, cursor.number()))
    if kind := cursor.take_phrase(("OPERATOR CLASS", "OPERATOR FAMILY")):
        name = cursor.name()
        cursor.expect("USING")
        cursor.identifier()
        return CommentOn(object_type=kind, name=name)
    if cursor.take("OPERATOR"):
        name = operator_name(cursor)
        cursor.group()
        return CommentOn(object_type="OPERATOR", name=name)
    cursor.expect("TRANSFORM", "FOR")
    name = _type_name(cursor)
    cursor.expect("LANGUAGE")
    cursor.identifier()
    return CommentOn(object_type="TRANSFORM", name=name)


def _type_name(cursor: Cursor) -> Name:
    if cursor.peek(1).word == ".":
        return cursor.name()
    return Name(None, read_type(cursor).name)


def _column(cursor: Cursor) -> tuple[Name, str]:
    """Takes the name of a column behind that of its table."""
    parts = [cursor.identifier()]
    while cursor.take("."):
        parts.append(cursor.label())
    if len(parts) == 1:
        cursor.unexpected("where a column should stand")
    return Name(parts[-3] if len(parts) > 2 else None, parts[-2]), parts[-1]
