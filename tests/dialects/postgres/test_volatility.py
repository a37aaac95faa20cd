"""Volatility of defaults, and the function lists against a server."""

from __future__ import annotations

import psycopg
import pytest

from migrail.dialects import Volatility, get
from migrail.dialects.postgres.functions import (
    NOT_VOLATILE,
    NOT_VOLATILE_ELSEWHERE,
    VOLATILE,
    VOLATILE_ELSEWHERE,
)
from migrail.model.operations import AddColumn
from tests.dialects.reading import catalog_of, read

DIALECT = get("postgres")
SETUP = """
CREATE FUNCTION fixed() RETURNS integer LANGUAGE sql VOLATILE AS 'SELECT 1';
CREATE FUNCTION steady() RETURNS integer LANGUAGE sql STABLE AS 'SELECT 1';
CREATE FUNCTION constant() RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION silent() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE SCHEMA app;
CREATE FUNCTION app.now() RETURNS timestamptz LANGUAGE sql VOLATILE AS 'SELECT clock_timestamp()';
CREATE FUNCTION app.over(integer) RETURNS integer LANGUAGE sql STABLE AS 'SELECT 1';
CREATE FUNCTION app.over(text) RETURNS integer LANGUAGE sql VOLATILE AS 'SELECT 1';
"""


@pytest.mark.parametrize(
    ("default", "expected"),
    [
        ("1", Volatility.IMMUTABLE),
        ("'x'::text", Volatility.IMMUTABLE),
        ("now()", Volatility.STABLE),
        ("CURRENT_TIMESTAMP", Volatility.STABLE),
        ("current_user", Volatility.STABLE),
        ("statement_timestamp()", Volatility.STABLE),
        ("pg_catalog.now()", Volatility.STABLE),
        ("(now() AT TIME ZONE 'utc')", Volatility.STABLE),
        ("coalesce(lower('X'), 'y')", Volatility.STABLE),
        ("ARRAY[]::integer[]", Volatility.IMMUTABLE),
        ("jsonb_build_object('a', 1)", Volatility.STABLE),
        ("random()", Volatility.VOLATILE),
        ("floor(random() * 10)", Volatility.VOLATILE),
        ("gen_random_uuid()", Volatility.VOLATILE),
        ("uuid_generate_v4()", Volatility.VOLATILE),
        ("extensions.uuid_generate_v4()", Volatility.VOLATILE),
        ("uuidv7()", Volatility.VOLATILE),
        ("clock_timestamp()", Volatility.VOLATILE),
        ("timeofday()", Volatility.VOLATILE),
        ("encode(gen_random_bytes(8), 'hex')", Volatility.VOLATILE),
        ("nextval('s')", Volatility.VOLATILE),
        ("fixed()", Volatility.VOLATILE),
        ("silent()", Volatility.VOLATILE),
        ("public.steady()", Volatility.STABLE),
        ("constant()", Volatility.IMMUTABLE),
        ("app.now()", Volatility.VOLATILE),
        ("app.over(1)", Volatility.VOLATILE),
        ("who_knows()", Volatility.UNKNOWN),
        ("coalesce(who_knows(), now())", Volatility.UNKNOWN),
        ("coalesce(who_knows(), random())", Volatility.VOLATILE),
    ],
)
def test_volatility(default: str, expected: Volatility) -> None:
    (operation,) = read(f"ALTER TABLE t ADD COLUMN n text DEFAULT {default}")
    assert isinstance(operation, AddColumn)
    assert operation.column.default is not None
    assert DIALECT.volatility(operation.column.default, catalog_of([SETUP])) is expected


def test_lists_are_apart() -> None:
    assert not (VOLATILE | VOLATILE_ELSEWHERE) & (NOT_VOLATILE | NOT_VOLATILE_ELSEWHERE)


def test_lists_on_a_server(postgres_database: str) -> None:
    query = "SELECT proname, bool_or(provolatile = 'v') FROM pg_proc WHERE pronamespace = 11 GROUP BY proname"
    with psycopg.connect(postgres_database.replace("+psycopg", "")) as connection:
        volatile = dict(connection.execute(query).fetchall())
    assert {name: volatile.get(name) for name in VOLATILE} == dict.fromkeys(VOLATILE, True)
    assert {name: volatile.get(name) for name in NOT_VOLATILE} == dict.fromkeys(NOT_VOLATILE, False)
    assert [name for name in VOLATILE_ELSEWHERE if volatile.get(name, True) is False] == []
    assert [name for name in NOT_VOLATILE_ELSEWHERE if volatile.get(name, False)] == []
