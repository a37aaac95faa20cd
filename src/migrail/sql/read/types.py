"""CREATE and ALTER of types, domains and sequences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from migrail.model.operations import (
    AddAttribute,
    AddDomainConstraint,
    AddEnumValue,
    AlterAttribute,
    AlterObject,
    CreateDomain,
    CreateSequence,
    CreateType,
    DropAttribute,
    DropDomainConstraint,
    MoveObject,
    MoveTable,
    Operation,
    OwnSequence,
    RenameAttribute,
    RenameDomainConstraint,
    RenameEnumValue,
    RenameObject,
    SetDomainDefault,
    SetDomainNotNull,
    ValidateDomainConstraint,
)
from migrail.model.structure import Column, ColumnName, Constraint, ConstraintKind, Name
from migrail.sql.cursor import Cursor
from migrail.sql.expressions import value_expression
from migrail.sql.read import tails
from migrail.sql.read.alter_column import restart, sequence_option
from migrail.sql.read.columns import column_clauses, table_constraint
from migrail.sql.read.tails import Form, Tail, take_form
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
    if cursor.take("RENAME", "ATTRIBUTE"):
        return [_rename_attribute(cursor, name)]
    if cursor.take("SET", "SCHEMA"):
        return [MoveObject(object_type="TYPE", name=name, new_schema=cursor.identifier())]
    found: list[Operation] = []
    while not found or cursor.take(","):
        if change := cursor.take_phrase(_ATTRIBUTE_CHANGES):
            found.append(_ATTRIBUTE_CHANGES[change](cursor, name))
            cursor.cascade()
            continue
        form = take_form(cursor, _TYPE_FORMS) or cursor.unexpected()
        found.append(AlterObject(object_type="TYPE", name=name, option=form.option, argument=form.argument))
    return found


def _add_attribute(cursor: Cursor, name: Name) -> Operation:
    return AddAttribute(name=name, attribute=_attribute(cursor))


def _drop_attribute(cursor: Cursor, name: Name) -> Operation:
    if_exists = cursor.if_exists()
    return DropAttribute(name=name, attribute=cursor.identifier(), if_exists=if_exists)


def _alter_attribute(cursor: Cursor, name: Name) -> Operation:
    attribute = cursor.identifier()
    cursor.take("SET", "DATA")
    cursor.expect("TYPE")
    new = read_type(cursor)
    return AlterAttribute(name=name, attribute=Column(name=attribute, type=new, collation=_collation(cursor)))


def _rename_attribute(cursor: Cursor, name: Name) -> Operation:
    attribute = cursor.identifier()
    cursor.expect("TO")
    new = cursor.identifier()
    cursor.cascade()
    return RenameAttribute(name=name, attribute=attribute, new_name=new)


_ATTRIBUTE_CHANGES: dict[str, Callable[[Cursor, Name], Operation]] = {
    "ADD ATTRIBUTE": _add_attribute,
    "DROP ATTRIBUTE": _drop_attribute,
    "ALTER ATTRIBUTE": _alter_attribute,
}

_TYPE_FORMS: dict[str, Tail] = {"OWNER TO": tails.role, "SET (": tails.nothing}


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
            collation=column.collation,
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
    if cursor.take("SET", "SCHEMA"):
        return [MoveObject(object_type="DOMAIN", name=name, new_schema=cursor.identifier())]
    if change := cursor.take_phrase(_DOMAIN_CHANGES):
        return [_DOMAIN_CHANGES[change](cursor, name)]
    cursor.expect("OWNER", "TO")
    start = cursor.offset
    cursor.label()
    return [AlterObject(object_type="DOMAIN", name=name, option="OWNER TO", argument=cursor.since(start))]


def _add_constraint(cursor: Cursor, name: Name) -> Operation:
    return AddDomainConstraint(name=name, constraint=_domain_constraint(cursor))


def _domain_constraint(cursor: Cursor) -> Constraint:
    """Takes a constraint; NOT NULL has no column here (PostgreSQL 17)."""
    named = cursor.identifier() if cursor.take("CONSTRAINT") else None
    if cursor.take("NOT", "NULL"):
        return Constraint(kind=ConstraintKind.NOT_NULL, name=named)
    if not cursor.at("CHECK"):
        cursor.unexpected("where CHECK should stand")
    return replace(table_constraint(cursor), name=named)


def _drop_constraint(cursor: Cursor, name: Name) -> Operation:
    if_exists = cursor.if_exists()
    constraint = cursor.identifier()
    cursor.cascade()
    return DropDomainConstraint(name=name, constraint=constraint, if_exists=if_exists)


def _rename_constraint(cursor: Cursor, name: Name) -> Operation:
    constraint = cursor.identifier()
    cursor.expect("TO")
    return RenameDomainConstraint(name=name, constraint=constraint, new_name=cursor.identifier())


_DOMAIN_CHANGES: dict[str, Callable[[Cursor, Name], Operation]] = {
    "SET DEFAULT": lambda cursor, name: SetDomainDefault(name=name, default=value_expression(cursor)),
    "DROP DEFAULT": lambda cursor, name: SetDomainDefault(name=name, default=None),
    "SET NOT NULL": lambda cursor, name: SetDomainNotNull(name=name, not_null=True),
    "DROP NOT NULL": lambda cursor, name: SetDomainNotNull(name=name, not_null=False),
    "ADD": _add_constraint,
    "DROP CONSTRAINT": _drop_constraint,
    "RENAME CONSTRAINT": _rename_constraint,
    "VALIDATE CONSTRAINT": lambda cursor, name: ValidateDomainConstraint(name=name, constraint=cursor.identifier()),
}


# Sequences


def read_create_sequence(cursor: Cursor, modifiers: frozenset[str]) -> list[Operation]:
    """Takes what follows CREATE ... SEQUENCE."""
    if_not_exists = cursor.if_not_exists()
    name = cursor.name()
    owned_by = None
    options: list[tuple[str, str]] = []
    while not cursor.done:
        if cursor.take("OWNED", "BY"):
            owned_by = _owner(cursor)
        else:
            options.append(_sequence_option(cursor))
    return [
        CreateSequence(
            name=name,
            if_not_exists=if_not_exists,
            temporary="TEMPORARY" in modifiers,
            unlogged="UNLOGGED" in modifiers,
            owned_by=owned_by,
            options=tuple(options),
        )
    ]


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
        if cursor.take("OWNED", "BY"):
            found.append(OwnSequence(name=name, owned_by=_owner(cursor)))
            continue
        form = take_form(cursor, _SEQUENCE_FORMS) or _sequence_option(cursor)
        found.append(AlterObject(object_type="SEQUENCE", name=name, option=form.option, argument=form.argument))
    return found


_SEQUENCE_FORMS: dict[str, Tail] = {
    "OWNER TO": tails.role,
    "SET LOGGED": tails.nothing,
    "SET UNLOGGED": tails.nothing,
}


def _sequence_option(cursor: Cursor) -> Form:
    if cursor.take("AS"):
        start = cursor.offset
        read_type(cursor)
        return Form("AS", cursor.since(start))
    if cursor.take("SEQUENCE", "NAME"):
        return Form("SEQUENCE NAME", str(cursor.name()))
    return restart(cursor) if cursor.take("RESTART") else sequence_option(cursor)


def _owner(cursor: Cursor) -> ColumnName | None:
    """Takes what follows OWNED BY: the column, or NONE."""
    if cursor.at("NONE") and cursor.peek(1).word != ".":
        cursor.next()
        return None
    parts = [cursor.identifier()]
    while cursor.take("."):
        parts.append(cursor.label())
    if len(parts) == 1:
        cursor.unexpected("where a column should stand")
    return ColumnName(Name(parts[-3] if len(parts) > 2 else None, parts[-2]), parts[-1])
