"""Types, domains and sequences."""

from __future__ import annotations

import pytest

from migrail.model.operations import (
    AddEnumValue,
    AlterObject,
    CreateDomain,
    CreateSequence,
    CreateType,
    DropObject,
    MoveTable,
    Operation,
    RenameEnumValue,
    RenameObject,
)
from migrail.model.structure import Column, Constraint, ConstraintKind
from tests.sql.support import INT, TEXT, ex, n, opaque, ops, ty

E = n("e")


def altered(object_type: str, *options: str) -> list[Operation]:
    return [AlterObject(object_type=object_type, name=E, option=option) for option in options]


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
        altered("TYPE", "ADD ATTRIBUTE", "DROP ATTRIBUTE", "ALTER ATTRIBUTE"))),
    ("ALTER TYPE e RENAME ATTRIBUTE a TO b CASCADE", altered("TYPE", "RENAME ATTRIBUTE")),
    ("ALTER TYPE e SET SCHEMA s", altered("TYPE", "SET SCHEMA")),
    ("ALTER TYPE e OWNER TO x", altered("TYPE", "OWNER TO")),
    ("DROP TYPE IF EXISTS e, s.f CASCADE", [
        DropObject(object_type="TYPE", name=E, if_exists=True, cascade=True),
        DropObject(object_type="TYPE", name=n("s.f"), if_exists=True, cascade=True)]),
    ("CREATE DOMAIN e int", [CreateDomain(name=E, base=INT)]),
    ("CREATE DOMAIN e AS varchar(9) COLLATE \"C\" DEFAULT 'a' NOT NULL CHECK (VALUE > 0) CONSTRAINT c "
     "CHECK (f(VALUE))", [
        CreateDomain(name=E, base=ty("varchar", "9"), not_null=True, default=ex("'a'"), constraints=(
            check(None, "VALUE > 0"), check("c", "f(VALUE)", "f")))]),
    ("ALTER DOMAIN e ADD CONSTRAINT c CHECK (VALUE > 0)", altered("DOMAIN", "ADD CONSTRAINT")),
    ("ALTER DOMAIN e ADD CHECK (VALUE > 0) NOT VALID", altered("DOMAIN", "ADD CONSTRAINT NOT VALID")),
    ("ALTER DOMAIN e VALIDATE CONSTRAINT c", altered("DOMAIN", "VALIDATE CONSTRAINT")),
    ("ALTER DOMAIN e DROP CONSTRAINT IF EXISTS c CASCADE", altered("DOMAIN", "DROP CONSTRAINT")),
    ("ALTER DOMAIN e RENAME CONSTRAINT a TO b", altered("DOMAIN", "RENAME CONSTRAINT")),
    ("ALTER DOMAIN e SET NOT NULL", altered("DOMAIN", "SET NOT NULL")),
    ("ALTER DOMAIN e SET DEFAULT 1 + 1", altered("DOMAIN", "SET DEFAULT")),
    ("ALTER DOMAIN e RENAME TO f", [RenameObject(object_type="DOMAIN", name=E, new_name="f")]),
    ("CREATE SEQUENCE e", [CreateSequence(name=E)]),
    ("CREATE TEMP SEQUENCE IF NOT EXISTS s.e AS bigint INCREMENT BY 2 MINVALUE -1 NO MAXVALUE START 5 CACHE 1 "
     "NO CYCLE OWNED BY s.T.a", [CreateSequence(name=n("s.e"), if_not_exists=True, owned_by="s.T.a")]),
    ("CREATE SEQUENCE e OWNED BY db.s.t.a", [CreateSequence(name=E, owned_by="db.s.t.a")]),
    ("CREATE SEQUENCE e OWNED BY NONE", [CreateSequence(name=E)]),
    ("ALTER SEQUENCE IF EXISTS e RESTART WITH 5 INCREMENT -1 OWNED BY t.a", altered(
        "SEQUENCE", "RESTART", "INCREMENT", "OWNED BY")),
    ("ALTER SEQUENCE e RESTART CYCLE AS int", altered("SEQUENCE", "RESTART", "CYCLE", "AS")),
    ("ALTER SEQUENCE e OWNER TO x", altered("SEQUENCE", "OWNER TO")),
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
