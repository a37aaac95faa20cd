"""Signatures of functions, outlines of queries, and names inside kept texts."""

from __future__ import annotations

import pytest

from migrail.catalog.queries import QueryOutline, outline, output_columns
from migrail.catalog.rewrite import rename_column, sequence_of
from migrail.catalog.signatures import signature
from migrail.dialects import get
from migrail.model.structure import Expression, Name

POSTGRES = get("postgres")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("", ()),
        ("integer, text", ("integer", "text")),
        ("a int4, b character varying(10) DEFAULT 'x, y'", ("integer", "varchar")),
        (
            "IN a double precision, OUT b text, INOUT c timestamp(3) with time zone",
            ("double precision", "timestamptz"),
        ),
        ("a IN integer, VARIADIC rest text[]", ("integer", "text[]")),
        ("a app.mood = 'x'::mood, b integer = 1", ("mood", "integer")),
        ("date date, name text, int, time time", ("date", "text", "integer", "time")),
        ("a t.b%TYPE", ("b%type",)),
        ("SETOF text", ("text",)),
        ("a b c d", ("a b c d",)),
        ("'", ("'",)),
    ],
)
def test_signatures(arguments: str, expected: tuple[str, ...]) -> None:
    assert signature(arguments, POSTGRES) == expected


@pytest.mark.parametrize(
    ("query", "literals", "functions"),
    [
        ("SELECT 1", {"1"}, set()),
        ("SELECT a FROM t ORDER BY 1, 2 LIMIT 10", {"10"}, set()),
        ("SELECT count(*), pg_catalog.lower(a) FROM t GROUP BY 2 HAVING count(*) > 3", {"3"}, {"count", "lower"}),
        ("SELECT 'x'::numeric(8, 2), CAST(a AS varchar(5)), -1", {"x", "1"}, set()),
        ("SELECT coalesce(a, 'b') FROM t WHERE c IN ('d') AND e = true", {"b", "d"}, set()),
        ("SELECT round(a, 2) FROM t WHERE at > CURRENT_TIMESTAMP", {"2"}, {"round", "now"}),
        ("SELECT '', a FROM t", {"''"}, set()),
    ],
)
def test_outlines(query: str, literals: set[str], functions: set[str]) -> None:
    assert outline(query, POSTGRES) == QueryOutline(frozenset(literals), frozenset(functions))


def test_a_query_that_never_ends_has_no_outline() -> None:
    assert outline("SELECT 'x", POSTGRES) is None
    assert output_columns("SELECT 'x", POSTGRES) is None


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ('SELECT a, t.b, count(*) AS c, d + 1 AS "E" FROM t', ("a", "b", "c", "E")),
        ("SELECT 1 AS one", ("one",)),
        ("SELECT * FROM t", None),
        ("SELECT t.* FROM t", None),
        ("SELECT count(*) FROM t", None),
        ("SELECT a b FROM t", None),
        ("SELECT NULL FROM t", None),
        ("SELECT DISTINCT a FROM t", None),
        ("WITH x AS (SELECT 1) SELECT a FROM x", None),
        ("SELECT (SELECT b FROM u) AS a FROM t", ("a",)),
    ],
)
def test_output_columns(query: str, columns: tuple[str, ...] | None) -> None:
    assert output_columns(query, POSTGRES) == columns


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a > 0", "b > 0"),
        ('t.a > "a" AND A < 1', "t.b > b AND b < 1"),
        ("a(a) + x::a + CAST(x AS a)", "a(b) + x::a + CAST(x AS a)"),
        ("'a' || (y).a || aa", "'a' || (y).a || aa"),
        ("a = 'x", "a = 'x"),
    ],
)
def test_columns_are_renamed_in_expressions(text: str, expected: str) -> None:
    assert rename_column(text, "a", "b", POSTGRES) == expected


def test_a_new_name_is_quoted_where_it_must_be() -> None:
    assert rename_column("a > 0", "a", 'X "y"', POSTGRES) == '"X ""y""" > 0'
    assert rename_column("a > 0", "a", "order", POSTGRES) == '"order" > 0'


@pytest.mark.parametrize(
    ("default", "functions", "sequence"),
    [
        ("nextval('s')", ("nextval",), Name(None, "s")),
        ("nextval('app.\"S\"'::regclass)", ("nextval",), Name("app", "S")),
        ("pg_catalog.nextval('s'::text)", ("pg_catalog.nextval",), Name(None, "s")),
        ("nextval(x)", ("nextval",), None),
        ("now()", ("now",), None),
    ],
)
def test_the_sequence_of_a_default(default: str, functions: tuple[str, ...], sequence: Name | None) -> None:
    assert sequence_of(Expression(text=default, functions=functions), POSTGRES) == sequence
