"""Aggregates, operators, operator classes and families, and casts: what one name alone does not tell apart."""

from __future__ import annotations

from itertools import pairwise

from migrail.model.operations import CreateObject, Operation
from migrail.model.structure import Name
from migrail.sql.cursor import Cursor
from migrail.sql.lexer import Kind
from migrail.sql.read.tails import anything
from migrail.sql.types import read_type

_OPERATOR = frozenset("+-*/<>=~!@#%^&|`?")


def aggregate_arguments(cursor: Cursor) -> str:
    """Takes the arguments of an aggregate, as one list: ``(*)`` has none, and ORDER BY divides those of others."""
    start = cursor.index
    inside = cursor.group()
    if inside.strip() == "*":
        return ""
    parts = cursor.between(start + 1, cursor.index - 1)
    for token, following in pairwise(parts):
        if token.word == "ORDER" and following.word == "BY":
            offset = parts[0].start
            before = inside[: token.start - offset].strip()
            behind = inside[following.end - offset :].strip()
            return f"{before}, {behind}" if before else behind
    return inside


def operator_name(cursor: Cursor) -> Name:
    """Takes an operator, with or without a schema."""
    schema = None
    if cursor.at_name():
        schema = cursor.identifier()
        cursor.expect(".")
    start = cursor.offset
    while cursor.word in _OPERATOR:
        cursor.next()
    return Name(schema, cursor.since(start) if cursor.offset > start else cursor.unexpected())


def operand_types(cursor: Cursor) -> str:
    """Takes ``(left, right)`` behind an operator; NONE stands for an operand that is not there."""
    cursor.expect("(")
    left = _type_or_none(cursor)
    cursor.expect(",")
    right = _type_or_none(cursor)
    cursor.expect(")")
    return f"{left}, {right}"


def _type_or_none(cursor: Cursor) -> str:
    start = cursor.offset
    if not cursor.take("NONE"):
        read_type(cursor)
    return cursor.since(start)


def cast_types(cursor: Cursor) -> tuple[Name, str]:
    """Takes ``(source AS target)``: the text, and the two types as a list."""
    start = cursor.index
    name = Name(None, cursor.group())
    cursor.index = start
    cursor.expect("(")
    source = _type_or_none(cursor)
    cursor.expect("AS")
    target = _type_or_none(cursor)
    cursor.expect(")")
    return name, f"{source}, {target}"


def access_method(cursor: Cursor) -> str:
    """Takes USING and the access method of an operator class or family."""
    cursor.expect("USING")
    return cursor.identifier()


def read_create_aggregate(cursor: Cursor, modifiers: frozenset[str]) -> list[Operation]:
    """Takes what follows CREATE [OR REPLACE] AGGREGATE; in the old form BASETYPE says what it takes."""
    name = cursor.name(function=True)
    first = cursor.index
    signature = aggregate_arguments(cursor)
    if not cursor.at("("):
        cursor.index = first
        said = _definition(cursor)
        base = said.get("BASETYPE", "")
        signature = "" if base.strip('"').upper() in ("ANY", "") else base
    else:
        said = _definition(cursor)
    if "STYPE" not in said and "STYPE1" not in said:
        cursor.unexpected("where STYPE should stand")
    returns = None if "FINALFUNC" in said else said.get("STYPE", said.get("STYPE1"))
    return [
        CreateObject(
            object_type="AGGREGATE",
            name=name,
            signature=signature,
            returns=returns,
            replace="REPLACE" in modifiers,
        )
    ]


def _definition(cursor: Cursor) -> dict[str, str]:
    """Takes ``(NAME = value, FLAG, ...)``; the values as written, or as :func:`_unquoted` says."""
    return dict(cursor.listed(_said))


def _said(cursor: Cursor) -> tuple[str, str]:
    label = cursor.label().upper()
    if not cursor.take("="):
        return label, ""
    if cursor.peek().kind is Kind.STRING:
        return label, _unquoted(cursor.string())
    start = cursor.offset
    while not (cursor.done or cursor.at(",") or cursor.at(")")):
        if cursor.at("("):
            cursor.group()
        else:
            cursor.next()
    return label, cursor.since(start) if cursor.offset > start else ""


def _unquoted(value: str) -> str:
    """What a string says: an operator as it is, or else a name without a schema (defGetQualifiedName)."""
    return value if value and set(value) <= _OPERATOR else '"{}"'.format(value.replace('"', '""'))


def read_create_operator(cursor: Cursor, modifiers: frozenset[str]) -> list[Operation]:
    """Takes what follows CREATE OPERATOR."""
    name = operator_name(cursor)
    said = _definition(cursor)
    written = said.get("FUNCTION") or said.get("PROCEDURE")
    if written is None:
        cursor.unexpected("where FUNCTION should stand")
    left, right = (said.get(side, "NONE").removeprefix("SETOF ") for side in ("LEFTARG", "RIGHTARG"))
    named = (("COMMUTATOR", f"{right}, {left}"), ("NEGATOR", f"{left}, {right}"))
    return [
        CreateObject(
            object_type="OPERATOR",
            name=name,
            signature=f"{left}, {right}",
            function=Cursor(written, cursor.dialect).name(function=True),
            shells=tuple(
                (_named_operator(said[word], cursor), operands) for word, operands in named if word in said
            ),
        )
    ]


def _named_operator(written: str, cursor: Cursor) -> Name:
    """``=`` or ``OPERATOR(s.=)``."""
    inner = Cursor(written, cursor.dialect)
    if inner.take("OPERATOR"):
        inner.expect("(")
    return operator_name(inner)


def read_create_cast(cursor: Cursor, modifiers: frozenset[str]) -> list[Operation]:
    """Takes what follows CREATE CAST."""
    name, signature = cast_types(cursor)
    cursor.expect_phrase(("WITH FUNCTION", "WITH INOUT", "WITHOUT FUNCTION"))
    anything(cursor)
    return [CreateObject(object_type="CAST", name=name, signature=signature)]


def read_create_operator_class(cursor: Cursor, modifiers: frozenset[str]) -> list[Operation]:
    """Takes what follows CREATE OPERATOR CLASS."""
    name = cursor.name()
    cursor.take("DEFAULT")
    cursor.expect("FOR", "TYPE")
    read_type(cursor)
    method = access_method(cursor)
    family = cursor.name() if cursor.take("FAMILY") else None
    cursor.expect("AS")
    anything(cursor)
    return [CreateObject(object_type="OPERATOR CLASS", name=name, signature=method, family=family)]


def read_create_operator_family(cursor: Cursor, modifiers: frozenset[str]) -> list[Operation]:
    """Takes what follows CREATE OPERATOR FAMILY."""
    name = cursor.name()
    return [CreateObject(object_type="OPERATOR FAMILY", name=name, signature=access_method(cursor))]
