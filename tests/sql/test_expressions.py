"""Where expressions end and what they mention."""

from __future__ import annotations

import pytest

from migrail.dialects import get
from migrail.sql.cursor import Cursor, NotUnderstood
from migrail.sql.expressions import column_default, remaining_expression, value_expression
from tests.sql.support import ex

MENTIONS = [
    ("postgres", "nextval('s'::regclass)", "nextval", ""),
    ("postgres", "NOW() at time zone 'utc' + interval '1 day'", "now", ""),
    ("postgres", "a::numeric(10,2) || coalesce(b, lower(\"C\")) || s.F(x.y)", "lower s.f", "a b C y"),
    ("postgres", "CAST(z AS double precision) > x::timestamp with time zone", "", "z x"),
    ("postgres", "CURRENT_TIMESTAMP(3) || current_user || user", "current_timestamp current_user user", ""),
    ("postgres", "extract(epoch from a)", "extract", "epoch a"),
    ("postgres", "a = ANY(ARRAY['x'::text, 'y'::character varying]) AND b IN (1) OR NOT c IS NULL", "", "a b c"),
    ("postgres", "left(a, 1) LIKE 'x%' AND a LIKE ('y')", "left", "a"),
    ("postgres", "CASE WHEN a THEN f() ELSE \"g\"(1) END", "f g", "a"),
    ("postgres", "'now()', $$ f() $$, \"f()\"", "", "f()"),
    ("postgres", "f(a) + f(a)", "f", "a"),
    ("sqlite", "user || current_timestamp || datetime('now')", "current_timestamp datetime", "user"),
    ("sqlite", "[a b] > `c`", "", "a_b c"),
]  # fmt: skip


@pytest.mark.parametrize(("dialect", "text", "functions", "columns"), MENTIONS)
def test_functions_and_columns(dialect: str, text: str, functions: str, columns: str) -> None:
    found = remaining_expression(Cursor(text, get(dialect)))
    expected = ex(text, functions, columns)
    assert found.text == text
    assert found.functions == expected.functions
    assert tuple(name.replace(" ", "_") for name in found.columns) == expected.columns


DEFAULTS = [
    # the expression, what follows it in a column definition
    *((value, "NOT NULL") for value in (
        "0", "-1.5", "'x'", "'x'::text", "NULL", "NULL::character varying(10)", "true", "now()", "(1 + (2))",
        "1 + 2 * 3", "'a' || b.c('d')", "current_timestamp", "CURRENT_TIMESTAMP(3)", "localtimestamp",
        "ARRAY[]::text[]", "ARRAY['a', 'b']", "'{}'::jsonb[]", "CASE WHEN NOT a THEN CASE 1 WHEN 2 THEN 3 END END",
        "interval '1 day'", "interval '1' day to second (3)", "timestamp with time zone 'epoch'",
        "date '2020-01-01'", "now() + '1 day'::interval", "now() AT TIME ZONE 'utc'",
        "E'\\n'", "$$x$$", "s.f(a => 1)", "1 > 2",
        "1 IS DISTINCT FROM 2", "a IS NOT DISTINCT FROM b", "(a).b", "ROW(1, 2)", "1 OPERATOR(pg_catalog.+) 2",
        "extract(year from now())", "user", "f(1)[2]", "numeric '1'", "double precision '1'",
    )),
    ("1", "CHECK (a > 0)"),
    ("'x'", 'COLLATE "C"'),
    ("1", "CONSTRAINT c UNIQUE"),
    ("1", "REFERENCES t"),
    ("now()", "GENERATED ALWAYS AS IDENTITY"),
    ("1", ", b int"),
    ("1", ")"),
    ("NULL", "NULL"),
    ("f()", "PRIMARY KEY"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "follows"), DEFAULTS)
def test_where_a_column_default_ends(value: str, follows: str) -> None:
    cursor = Cursor(f"{value} {follows}", get("postgres"))
    assert column_default(cursor).text == value
    assert cursor.text[cursor.offset :] == follows


VALUES = [
    *("a::bigint", "a IS NOT NULL AND b <> '' OR NOT c", "trim(both from a) || 'x'", "a = ANY (b)"),
    *(
        "a BETWEEN 1 AND 2",
        "a NOT LIKE 'b' ESCAPE 'c'",
        'a COLLATE "C" < b',
        "(a)::int",
        "a IN (1, 2)",
        "NOT NOT a",
    ),
    *("CASE WHEN a THEN (1) END", "a IS NULL", "ARRAY[a]", "a::jsonb->>'x'", "EXISTS (SELECT 1)", "NULL", "- a"),
    *("time + 1", "char(1) || a", "a.b.c.d", "timestamp", "char"),
    *("a AT TIME ZONE 'UTC'", "sum(a) OVER (b)", "a[1]", "left(a, 1)", "('x' || a)::public.\"E\""),
]


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("follows", ["", ", ALTER b DROP NOT NULL"])
def test_where_a_value_ends(value: str, follows: str) -> None:
    cursor = Cursor(value + follows, get("postgres"))
    assert value_expression(cursor).text == value
    assert cursor.text[cursor.offset :] == follows


@pytest.mark.parametrize(
    "text", ["", ")", "1 +", "NOT", "f(", "a[1", "(1]", "CASE WHEN a", "a::", "1 = , 2", "COLLATE"]
)
def test_what_is_no_value(text: str) -> None:
    with pytest.raises(NotUnderstood):
        value_expression(Cursor(text, get("postgres")))
