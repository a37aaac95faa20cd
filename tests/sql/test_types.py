"""Data types."""

from __future__ import annotations

import pytest

from migrail.dialects import get
from migrail.model.structure import SqlType
from migrail.sql.cursor import Cursor, NotUnderstood
from migrail.sql.types import read_type
from tests.sql.support import ty

TYPES = [
    ("int", ty("integer")),
    ("INT4", ty("integer")),
    ("pg_catalog.int8", ty("bigint")),
    ('"pg_catalog"."int2"', ty("smallint")),
    ("character varying(10)", ty("varchar", "10")),
    ("char varying", ty("varchar")),
    ("national character varying(3)", ty("varchar", "3")),
    ("national char (3)", ty("char", "3")),
    ("nchar varying(3)", ty("varchar", "3")),
    ("character(2)", ty("char", "2")),
    ('"char"', ty('"char"')),
    ("bit varying (5)", ty("varbit", "5")),
    ("numeric(10, -2)", ty("numeric", "10", "-2")),
    ("dec(5)", ty("numeric", "5")),
    ("double precision", ty("double precision")),
    ("float", ty("double precision")),
    ("float(24)", ty("real")),
    ("float(25)", ty("double precision")),
    ("timestamp", ty("timestamp")),
    ("timestamp(3) without time zone", ty("timestamp", "3")),
    ("timestamp (6) with time zone", ty("timestamptz", "6")),
    ("time with time zone", ty("timetz")),
    ("timestamptz(3)", ty("timestamptz", "3")),
    ("interval", ty("interval")),
    ("interval(2)", ty("interval", "2")),
    ("interval day to second(3)", ty("interval", "day to second", "3")),
    ("text[]", ty("text", dimensions=1)),
    ("int[3][]", ty("integer", dimensions=2)),
    ("int ARRAY", ty("integer", dimensions=1)),
    ("varchar(5) array[4]", ty("varchar", "5", dimensions=1)),
    ("_int4", ty("integer", dimensions=1)),
    ("pg_catalog._text", ty("text", dimensions=1)),
    ("_varchar(5)", ty("varchar", "5", dimensions=1)),
    ("_mood", ty("_mood")),
    ("app._int4", ty("app._int4")),
    ("bigserial", ty("bigint", serial=True)),
    ("SERIAL4", ty("integer", serial=True)),
    ("Public.Citext", ty("public.citext")),
    ('"public"."UserRole"[]', ty("public.UserRole", dimensions=1)),
    ("mood", ty("mood")),
    ("geometry(Point, 4326)", ty("geometry", "point", "4326")),
    ("bool", ty("boolean")),
    ("vector('x')", ty("vector", "'x'")),
]

SQLITE_TYPES = [
    ("INTEGER", ty("integer")),
    ("Unsigned Big Int", ty("unsigned big int")),
    ("VARCHAR(10)", ty("varchar", "10")),
    ("DECIMAL(10, -5)", ty("decimal", "10", "-5")),
    ("[My Type]", ty("my type")),
    ("timestamp with time zone", ty("timestamp with time zone")),
    ("int8", ty("int8")),
]


@pytest.mark.parametrize(
    ("dialect", "text", "expected"),
    [("postgres", *case) for case in TYPES] + [("sqlite", *case) for case in SQLITE_TYPES],
)
def test_types(dialect: str, text: str, expected: SqlType) -> None:
    cursor = Cursor(text, get(dialect))
    assert read_type(cursor) == expected
    assert cursor.done


@pytest.mark.parametrize(
    ("dialect", "text"),
    [
        *(("postgres", text) for text in ("", "(", "varchar(", "varchar()", "numeric(1,)", "check", "'x'", "s.")),
        *(("sqlite", text) for text in ("", "NOT NULL", "varchar(x y)")),
    ],
)
def test_what_is_no_type(dialect: str, text: str) -> None:
    with pytest.raises(NotUnderstood):
        read_type(Cursor(text, get(dialect)))
