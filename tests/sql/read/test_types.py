"""Types, domains and sequences."""

from __future__ import annotations

from dataclasses import replace

import pytest

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
    DropObject,
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
from migrail.model.structure import Column, ColumnName, Constraint, ConstraintKind
from tests.sql.support import INT, TEXT, A, ex, n, opaque, ops, ty

E = n("e")


def altered(object_type: str, *options: str) -> list[Operation]:
    """The words of each form, and what stands behind them behind a colon."""
    found = [option.partition(": ") for option in options]
    return [AlterObject(object_type=object_type, name=E, option=words, argument=rest) for words, _, rest in found]


def check(name: str | None, text: str, functions: str = "") -> Constraint:
    return Constraint(kind=ConstraintKind.CHECK, name=name, expression=ex(text, functions, "value"))


CASES: list[tuple[str, list[Operation]]] = [
    ("CREATE TYPE s.e AS ENUM ('a', 'b''c', E'\\x41')", [CreateType(name=n("s.e"), labels=("a", "b'c", "A"))]),
    ("CREATE TYPE e AS ENUM ()", [CreateType(name=E)]),
    ('CREATE TYPE e AS (a int, "B" text COLLATE "C")', [CreateType(name=E, form="composite", columns=(
        Column(name="a", type=INT), Column(name="B", type=TEXT, collation="C")))]),
    ("CREATE TYPE e AS ()", [CreateType(name=E, form="composite")]),
    ("CREATE TYPE e AS RANGE (subtype = float8)", [CreateType(name=E, form="range")]),
    ("CREATE TYPE e (INPUT = f, OUTPUT = g)", [CreateType(name=E, form="base")]),
    ("CREATE TYPE e", [CreateType(name=E, form="shell")]),
    ("ALTER TYPE e ADD VALUE 'x'", [AddEnumValue(name=E, label="x")]),
    ("ALTER TYPE e ADD VALUE IF NOT EXISTS 'x' BEFORE 'y'", [
        AddEnumValue(name=E, label="x", before="y", if_not_exists=True)]),
    ("ALTER TYPE e ADD VALUE 'x' AFTER 'y'", [AddEnumValue(name=E, label="x", after="y")]),
    ("ALTER TYPE e RENAME VALUE 'x' TO 'y'", [RenameEnumValue(name=E, label="x", new_label="y")]),
    ("ALTER TYPE e RENAME TO f", [RenameObject(object_type="TYPE", name=E, new_name="f")]),
    ("ALTER TYPE e ADD ATTRIBUTE a int CASCADE, DROP ATTRIBUTE IF EXISTS b, ALTER ATTRIBUTE c SET DATA TYPE text", (
        [AddAttribute(name=E, attribute=A), DropAttribute(name=E, attribute="b", if_exists=True),
         AlterAttribute(name=E, attribute=Column(name="c", type=TEXT))])),
    ("ALTER TYPE e RENAME ATTRIBUTE a TO b CASCADE", [RenameAttribute(name=E, attribute="a", new_name="b")]),
    ("ALTER TYPE e SET SCHEMA s", [MoveObject(object_type="TYPE", name=E, new_schema="s")]),
    ("ALTER TYPE e OWNER TO x", altered("TYPE", "OWNER TO: x")),
    ("DROP TYPE IF EXISTS e, s.f CASCADE", [
        DropObject(object_type="TYPE", name=E, if_exists=True, cascade=True),
        DropObject(object_type="TYPE", name=n("s.f"), if_exists=True, cascade=True)]),
    ("CREATE DOMAIN e int", [CreateDomain(name=E, base=INT)]),
    ("CREATE DOMAIN e AS varchar(9) COLLATE \"C\" DEFAULT 'a' NOT NULL CHECK (VALUE > 0) CONSTRAINT c "
     "CHECK (f(VALUE))", [
        CreateDomain(name=E, collation="C", base=ty("varchar", "9"), not_null=True, default=ex("'a'"), constraints=(
            check(None, "VALUE > 0"), check("c", "f(VALUE)", "f")))]),
    ("ALTER DOMAIN e ADD CONSTRAINT c CHECK (VALUE > 0)", [
        AddDomainConstraint(name=E, constraint=check("c", "VALUE > 0"))]),
    ("ALTER DOMAIN e ADD CHECK (VALUE > 0) NOT VALID", [
        AddDomainConstraint(name=E, constraint=replace(check(None, "VALUE > 0"), valid=False))]),
    ("ALTER DOMAIN e ADD CONSTRAINT c NOT NULL", [
        AddDomainConstraint(name=E, constraint=Constraint(kind=ConstraintKind.NOT_NULL, name="c"))]),
    ("ALTER DOMAIN e VALIDATE CONSTRAINT c", [ValidateDomainConstraint(name=E, constraint="c")]),
    ("ALTER DOMAIN e DROP CONSTRAINT IF EXISTS c CASCADE", [
        DropDomainConstraint(name=E, constraint="c", if_exists=True)]),
    ("ALTER DOMAIN e RENAME CONSTRAINT a TO b", [
        RenameDomainConstraint(name=E, constraint="a", new_name="b")]),
    ("ALTER DOMAIN e SET NOT NULL", [SetDomainNotNull(name=E, not_null=True)]),
    ("ALTER DOMAIN e DROP NOT NULL", [SetDomainNotNull(name=E, not_null=False)]),
    ("ALTER DOMAIN e SET DEFAULT 1 + 1", [SetDomainDefault(name=E, default=ex("1 + 1"))]),
    ("ALTER DOMAIN e DROP DEFAULT", [SetDomainDefault(name=E, default=None)]),
    ("ALTER DOMAIN e SET SCHEMA s", [MoveObject(object_type="DOMAIN", name=E, new_schema="s")]),
    ("ALTER DOMAIN e OWNER TO x", altered("DOMAIN", "OWNER TO: x")),
    ("ALTER DOMAIN e RENAME TO f", [RenameObject(object_type="DOMAIN", name=E, new_name="f")]),
    ("CREATE SEQUENCE e", [CreateSequence(name=E)]),
    ("CREATE TEMP SEQUENCE IF NOT EXISTS s.e AS bigint INCREMENT BY 2 MINVALUE -1 NO MAXVALUE START 5 CACHE 1 "
     "NO CYCLE OWNED BY s.T.a", [CreateSequence(
        name=n("s.e"), if_not_exists=True, temporary=True, owned_by=ColumnName(n("s.t"), "a"), options=(
            ("AS", "bigint"), ("INCREMENT BY", "2"), ("MINVALUE", "-1"), ("NO MAXVALUE", ""), ("START", "5"),
            ("CACHE", "1"), ("NO CYCLE", "")))]),
    ("CREATE UNLOGGED SEQUENCE e", [CreateSequence(name=E, unlogged=True)]),
    ("CREATE SEQUENCE e OWNED BY db.s.t.a", [CreateSequence(name=E, owned_by=ColumnName(n("s.t"), "a"))]),
    ("CREATE SEQUENCE e OWNED BY NONE", [CreateSequence(name=E)]),
    ("ALTER SEQUENCE e RESTART WITH 5 INCREMENT -1 OWNED BY t.a", [
        *altered("SEQUENCE", "RESTART: 5", "INCREMENT: -1"),
        OwnSequence(name=E, owned_by=ColumnName(n("t"), "a"))]),
    ("ALTER SEQUENCE e OWNED BY NONE", [OwnSequence(name=E, owned_by=None)]),
    ("ALTER SEQUENCE e OWNED BY none.a", [OwnSequence(name=E, owned_by=ColumnName(n("none"), "a"))]),
    ("ALTER SEQUENCE e RESTART CYCLE AS int", altered("SEQUENCE", "RESTART", "CYCLE", "AS: int")),
    ("ALTER SEQUENCE e OWNER TO x", altered("SEQUENCE", "OWNER TO: x")),
    ("ALTER SEQUENCE e RENAME TO f", [RenameObject(object_type="SEQUENCE", name=E, new_name="f")]),
    ("ALTER SEQUENCE e SET SCHEMA s", [MoveTable(table=E, new_schema="s")]),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "expected"), CASES)
def test_statements(sql: str, expected: list[Operation]) -> None:
    assert ops(sql) == expected


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("CREATE TYPE e AS ENUM ('a' 'b')", "unexpected 'b' where ) should stand (line 1)"),
        ("CREATE TYPE e AS ENUM ('a',)", "unexpected ) where a string should stand (line 1)"),
        ("CREATE TYPE e AS ENUM (a)", "unexpected a where a string should stand (line 1)"),
        ("ALTER TYPE e ADD VALUE", "the statement ends where a string should stand (line 1)"),
        ("ALTER TYPE e ADD VALUE 'a' BEFORE", "the statement ends where a string should stand (line 1)"),
        ("CREATE DOMAIN e AS int PRIMARY KEY", "the statement ends behind what a domain cannot have (line 1)"),
        ("CREATE DOMAIN e", "the statement ends where a name should stand (line 1)"),
        ("CREATE SEQUENCE e FROB", "unexpected FROB (line 1)"),
        ("ALTER SEQUENCE e", "the statement ends (line 1)"),
    ],
)
def test_opaque(sql: str, reason: str) -> None:
    assert opaque(sql).reason == reason
