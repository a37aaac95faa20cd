"""CREATE and ALTER of types, domains and sequences."""

from __future__ import annotations

from dataclasses import replace

from migrail.model.operations import (
    AddEnumValue,
    AlterObject,
    CreateDomain,
    CreateSequence,
    CreateType,
    MoveTable,
    Operation,
    RenameEnumValue,
    RenameObject,
)
from migrail.model.structure import Column, ConstraintKind
from migrail.sql.cursor import Cursor
from migrail.sql.expressions import value_expression
from migrail.sql.lexer import Kind
from migrail.sql.read import tails
from migrail.sql.read.alter_column import sequence_option
from migrail.sql.read.columns import column_clauses, table_constraint
from migrail.sql.read.tails import Tail, take_form
from migrail.sql.types import read_type


def read_create_type(cursor: Cursor, modifiers: frozenset[str]) -> list[Operation]:
    """Takes what follows CREATE TYPE."""
    name = cursor.name()
    if cursor.done:
        return [CreateType(name=name, form="shell")]
    if cursor.at("("):
        cursor.group()
        return [CreateType(name=name, form="base")]
    cursor.expect("AS")
    if cursor.take("ENUM"):
        labels = () if cursor.take("(", ")") else tuple(cursor.listed(Cursor.string))
        return [CreateType(name=name, labels=labels)]
    if cursor.take("RANGE"):
        cursor.group()
        return [CreateType(name=name, form="range")]
    columns = () if cursor.take("(", ")") else tuple(cursor.listed(_attribute))
    return [CreateType(name=name, columns=columns, form="composite")]


def _attribute(cursor: Cursor) -> Column:
    name, kind = cursor.identifier(), read_type(cursor)
    return Column(name=name, type=kind, collation=_collation(cursor))


def _collation(cursor: Cursor) -> str | None:
    return str(cursor.name()) if cursor.take("COLLATE") else None


def read_alter_type(cursor: Cursor) -> list[Operation]:
    """Takes what follows ALTER TYPE."""
    name = cursor.name()
    if cursor.take("ADD", "VALUE"):
        if_not_exists = cursor.if_not_exists()
        label = cursor.string()
        place = cursor.take_one(("BEFORE", "AFTER"))
        neighbour = cursor.string() if place else None
        return [
            AddEnumValue(
                name=name,
                label=label,
                before=neighbour if place == "BEFORE" else None,
                after=neighbour if place == "AFTER" else None,
                if_not_exists=if_not_exists,
            )
        ]
    if cursor.take("RENAME", "VALUE"):
        label = cursor.string()
        cursor.expect("TO")
        return [RenameEnumValue(name=name, label=label, new_label=cursor.string())]
    if cursor.take("RENAME", "TO"):
        return [RenameObject(object_type="TYPE", name=name, new_name=cursor.identifier())]
    found: list[Operation] = []
    while not found or cursor.take(","):
        option = take_form(cursor, _TYPE_FORMS) or cursor.unexpected()
        found.append(AlterObject(object_type="TYPE", name=name, option=option))
    return found


def _add_attribute(cursor: Cursor) -> None:
    _attribute(cursor)
    cursor.cascade()


def _drop_attribute(cursor: Cursor) -> None:
    cursor.if_exists()
    cursor.identifier()
    cursor.cascade()


def _alter_attribute(cursor: Cursor) -> None:
    cursor.identifier()
    cursor.take("SET", "DATA")
    cursor.expect("TYPE")
    read_type(cursor)
    _collation(cursor)
    cursor.cascade()


def _rename_attribute(cursor: Cursor) -> None:
    cursor.identifier()
    cursor.expect("TO")
    cursor.identifier()
    cursor.cascade()


_TYPE_FORMS: dict[str, Tail] = {
    "ADD ATTRIBUTE": _add_attribute,
    "DROP ATTRIBUTE": _drop_attribute,
    "ALTER ATTRIBUTE": _alter_attribute,
    "RENAME ATTRIBUTE": _rename_attribute,
    "OWNER TO": tails.role,
    "SET SCHEMA": tails.name,
    "SET (": tails.nothing,
}


# Domains


def read_create_domain(cursor: Cursor, modifiers: frozenset[str]) -> list[Operation]:
    """Takes what follows CREATE DOMAIN. A domain's clauses are those of a column."""
    name = cursor.name()
    cursor.take("AS")
    base = read_type(cursor)
    column = column_clauses(cursor, name.name, base)
    kinds = {constraint.kind for constraint in column.constraints}
    if column.generated or kinds - {ConstraintKind.CHECK, ConstraintKind.NOT_NULL}:
        cursor.unexpected("behind what a domain cannot have")
    checks = (constraint for constraint in column.constraints if constraint.kind is ConstraintKind.CHECK)
    return [
        CreateDomain(
            name=name,
            base=base,
            not_null=column.not_null,
            default=column.default,
            constraints=tuple(replace(check, columns=()) for check in checks),
        )
    ]


def read_alter_domain(cursor: Cursor) -> list[Operation]:
    """Takes what follows ALTER DOMAIN."""
    name = cursor.name()
    if cursor.take("RENAME", "TO"):
        return [RenameObject(object_type="DOMAIN", name=name, new_name=cursor.identifier())]
    if cursor.take("ADD"):
        valid = table_constraint(cursor).valid
        option = "ADD CONSTRAINT" if valid else "ADD CONSTRAINT NOT VALID"
    else:
        option = take_form(cursor, _DOMAIN_FORMS) or cursor.unexpected()
    return [AlterObject(object_type="DOMAIN", name=name, option=option)]


def _drop_constraint(cursor: Cursor) -> None:
    cursor.if_exists()
    cursor.identifier()
    cursor.cascade()


def _rename_constraint(cursor: Cursor) -> None:
    cursor.identifier()
    cursor.expect("TO")
    cursor.identifier()


_DOMAIN_FORMS: dict[str, Tail] = {
    "SET DEFAULT": value_expression,
    "DROP DEFAULT": tails.nothing,
    "SET NOT NULL": tails.nothing,
    "DROP NOT NULL": tails.nothing,
    "DROP CONSTRAINT": _drop_constraint,
    "RENAME CONSTRAINT": _rename_constraint,
    "VALIDATE CONSTRAINT": tails.name,
    "OWNER TO": tails.role,
    "SET SCHEMA": tails.name,
}


# Sequences


def read_create_sequence(cursor: Cursor, modifiers: frozenset[str]) -> list[Operation]:
    """Takes what follows CREATE ... SEQUENCE."""
    if_not_exists = cursor.if_not_exists()
    name = cursor.name()
    owned_by = None
    while not cursor.done:
        owned_by = _sequence_option(cursor)[1] or owned_by
    return [CreateSequence(name=name, if_not_exists=if_not_exists, owned_by=owned_by)]


def read_alter_sequence(cursor: Cursor) -> list[Operation]:
    """Takes what follows ALTER SEQUENCE."""
    cursor.if_exists()
    name = cursor.name()
    if cursor.take("RENAME", "TO"):
        return [RenameObject(object_type="SEQUENCE", name=name, new_name=cursor.identifier())]
    if cursor.take("SET", "SCHEMA"):
        return [MoveTable(table=name, new_schema=cursor.identifier())]
    found: list[Operation] = []
    while not found or not cursor.done:
        option = take_form(cursor, _SEQUENCE_FORMS) or _sequence_option(cursor)[0]
        found.append(AlterObject(object_type="SEQUENCE", name=name, option=option))
    return found


_SEQUENCE_FORMS: dict[str, Tail] = {
    "OWNER TO": tails.role,
    "SET LOGGED": tails.nothing,
    "SET UNLOGGED": tails.nothing,
}


def _sequence_option(cursor: Cursor) -> tuple[str, str | None]:
    """Takes one option; its words, and ``table.column`` for OWNED BY."""
    if cursor.take("AS"):
        read_type(cursor)
        return "AS", None
    if cursor.take("OWNED", "BY"):
        if cursor.take("NONE"):
            return "OWNED BY", None
        start = cursor.offset
        cursor.name()
        if cursor.take("."):
            cursor.label()
        return "OWNED BY", cursor.since(start)
    if cursor.take("RESTART"):
        if cursor.take("WITH") or cursor.peek().kind is Kind.NUMBER or cursor.word in ("+", "-"):
            cursor.number()
        return "RESTART", None
    return sequence_option(cursor), None
