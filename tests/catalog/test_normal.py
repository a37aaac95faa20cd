"""Normal forms: what a server rewrites is the same, what means something else is not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection
from sqlalchemy.engine import URL

from migrail.catalog.literals import canonical_literal
from migrail.catalog.normal import normal
from migrail.dialects import get
from tests.catalog.comparing import connected, run
from tests.support.servers import fresh_database

POSTGRES = get("postgres")

TABLE = """
CREATE TABLE t (
  a integer, b bigint, v varchar(20), x text, flag boolean, at timestamptz, ts timestamp, d date, j jsonb,
  arr text[], n numeric(8, 2), f float8, i interval, c char(3), u uuid, bin bytea
)
"""

CHECKS = [
    "a>0 AND b<>-1 AND (a = 1 OR b = 2)",
    "(a > 0 AND b > 0) AND (n > 0 AND n < 1.50)",
    "NOT (a > 0 AND b > 0) AND NOT flag",
    "v IN ('a','b') AND v NOT IN ('c', 'd') AND v IN ('a') AND v NOT IN ('z')",
    "a IN (1, 2) AND x = ANY (ARRAY['a', 'b']) AND v <> ALL (ARRAY['a', 'b']) AND a = ANY ('{1,2}')",
    "a BETWEEN 1 AND 10 AND b NOT BETWEEN 2 AND 3",
    "x LIKE 'a%' AND x NOT LIKE 'b%' ESCAPE '!' AND x ILIKE 'c' AND x NOT ILIKE 'd' AND x SIMILAR TO 'a|b'",
    r"x ~ '^[a-z]+\d$' AND x !~* 'a'",
    "x IS NOT NULL AND v ISNULL AND a NOTNULL AND flag IS NOT TRUE AND flag IS UNKNOWN",
    "a IS DISTINCT FROM 3 AND b IS NOT DISTINCT FROM 4",
    "j->>'a' = 'b' AND (j -> 'n')::int > 3 AND j ? 'k' AND (j #>> '{a,b}') IS NOT NULL AND j @> '{\"a\":1}'",
    "CASE WHEN a > 0 THEN true ELSE false END AND CASE v WHEN 'a' THEN 1 WHEN 'b' THEN 2 END = 1",
    "extract(year from at) > 2000 AND date_part('month', ts) = 1 AND at AT TIME ZONE 'UTC' > ts",
    "substring(x from 1 for 2) = 'ab' AND substring(v, 2) = 'b' AND position('a' in x) > 0",
    "trim(x) <> '' AND trim(leading 'a' from x) <> '' AND btrim(x, 'ab') <> ''",
    "overlay(x placing 'a' from 1) <> '' AND upper(left(x, 1)) = 'A' AND starts_with(x, 'b')",
    "a + b * 2 - 1 > 0 AND (a + b) * 2 > -a AND a % 2 = 0 AND a ^ 2 < 10 AND ~a < 0 AND -a < 3",
    "x || v || 'c' <> '' AND arr[1] = 'a' AND arr && ARRAY['a', 'b']::text[] AND ARRAY[[1, 2], [3, 4]] <> '{}'",
    "d > '2020-1-1' AND at > '2020-01-01 10:00' AND ts > timestamp '2020-01-01' AND d > date '2020-01-01'",
    "i > interval '24 hours' AND i > '1 week' AND i < interval '1' day AND at - at > '1 hour 30 minutes'",
    "coalesce(x, v) = nullif(v, 'a') AND greatest(a, b) > least(a, 3) AND cast(x as integer) > 1",
    "x COLLATE \"C\" > 'a' AND lower(x) = x AND (a, b) IS NOT NULL AND (a > 0) = (b > 0)",
    "n > 1e3 AND n >= 0.10 AND f > 1 AND f < .5 AND c = 'abc' AND u <> '00000000-0000-0000-0000-000000000000'",
    "at < now() AND at < CURRENT_TIMESTAMP AND ts < localtimestamp AND d <= current_date AND x <> current_user",
    "x = E'a\\nb' AND x <> 'it''s' AND num_nonnulls(a, b) = 1 AND make_date(2020, 1, 1) < d",
]

DEFAULTS = [
    ("a", ["1", "'1'", "-1", "(1)", "1 + 2"]),
    ("b", ["0", "'0'", "-5", "1::smallint"]),
    ("v", ["'a'", "''", "'a'::varchar", "'it''s'"]),
    ("x", ["'a' || 'b'", "current_user", "md5(random()::text)", "'1'", "'t'"]),
    ("flag", ["true", "'t'", "'f'", "FALSE", "'yes'", "NOT true", "'0'"]),
    ("at", ["now()", "CURRENT_TIMESTAMP", "'2020-01-01'", "now() + interval '1 day'", "current_timestamp(3)"]),
    ("at", ["transaction_timestamp()", "clock_timestamp()", "'epoch'", "'infinity'", "'2020-01-01 10:00+02'"]),
    ("ts", ["(now() at time zone 'utc')", "timezone('utc', now())", "'1970-01-01'", "LOCALTIMESTAMP"]),
    ("d", ["current_date", "'2020-1-5'", "now()::date", "CURRENT_DATE + 1"]),
    ("j", ["'{}'", "'{}'::jsonb", '\'{"b": 1.50, "a":[ 1,2 ]}\'', "'[]'", "'null'"]),
    ("arr", ["'{}'", "ARRAY[]::text[]", "ARRAY['a','b']", "'{a, b}'"]),
    ("n", ["0", "0.00", "1.5", "'1.50'", "1e2", ".5"]),
    ("bin", ["''", "'abc'", r"'\x00ff'", r"'a\\b\000'", r"'\x'::bytea"]),
    ("i", ["'1 day'", "interval '24 hours'", "'1 year 2 months'", "'00:05'", "'-1 day'", "'90 seconds'"]),
]


@pytest.fixture(scope="module", params=["postgres", "postgres_18"])
def server(request: pytest.FixtureRequest) -> Iterator[Connection]:
    url: URL = request.getfixturevalue(request.param)
    with fresh_database(url) as database, connected(database) as connection:
        run(connection, f"SET TimeZone = 'UTC'; {TABLE}")
        yield connection


@pytest.mark.parametrize("check", CHECKS)
def test_a_check_equals_what_the_server_prints(server: Connection, check: str) -> None:
    run(server, f"ALTER TABLE t ADD CONSTRAINT k CHECK ({check})")
    printed = server.exec_driver_sql(
        "SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE conname = 'k'"
    ).scalar_one()
    run(server, "ALTER TABLE t DROP CONSTRAINT k")
    written, found = normal(check, POSTGRES), normal(printed, POSTGRES)
    assert written.tree == found.tree is not None, printed


@pytest.mark.parametrize(("column", "default"), [(column, item) for column, items in DEFAULTS for item in items])
def test_a_default_equals_what_the_server_prints(server: Connection, column: str, default: str) -> None:
    run(server, f"ALTER TABLE t ALTER {column} SET DEFAULT {default}")
    printed = server.exec_driver_sql(
        "SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef JOIN pg_attribute "
        f"ON attrelid = adrelid AND attnum = adnum WHERE attname = '{column}'"
    ).scalar_one()
    run(server, f"ALTER TABLE t ALTER {column} DROP DEFAULT")
    boolean = column == "flag"
    written, found = normal(default, POSTGRES, boolean=boolean), normal(printed, POSTGRES, boolean=boolean)
    assert written.tree == found.tree is not None, printed


DIFFERENT = [
    ("a > 0", "a >= 0"),
    ("a > 0", "b > 0"),
    ("a > 0", "0 > a"),
    ("a > 0 AND b > 0", "a > 0 OR b > 0"),
    ("a > 0 AND b > 0 OR c > 0", "a > 0 AND (b > 0 OR c > 0)"),
    ("a + b * c", "(a + b) * c"),
    ("a - (b - c)", "a - b - c"),
    ("NOT a AND b", "NOT (a AND b)"),
    ("a IN (1, 2)", "a IN (1, 2, 3)"),
    ("a IN (1, 2)", "a NOT IN (1, 2)"),
    ("a BETWEEN 1 AND 2", "a BETWEEN 1 AND 3"),
    ("x LIKE 'a'", "x ILIKE 'a'"),
    ("x = 'a'", "x = 'A'"),
    ("lower(x)", "upper(x)"),
    ("f(a, b)", "f(b, a)"),
    ("now()", "clock_timestamp()"),
    ("now()", "now() + '1 day'"),
    ("CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP(3)"),
    ("'1 day'::interval", "'2 days'::interval"),
    ("x IS NULL", "x IS NOT NULL"),
    ("x IS DISTINCT FROM 1", "x IS NOT DISTINCT FROM 1"),
    ("CASE WHEN a THEN 1 ELSE 2 END", "CASE WHEN a THEN 1 END"),
    ("x COLLATE \"C\" = 'a'", "x = 'a'"),
    ("1", "2"),
    ("''", "NULL"),
    ("nextval('a'::regclass)", "nextval('b'::regclass)"),
    ("EXISTS (SELECT 1 FROM t WHERE a = 1)", "EXISTS (SELECT 1 FROM t WHERE a = 2)"),
]


@pytest.mark.parametrize(("one", "two"), DIFFERENT)
def test_other_meanings_differ(one: str, two: str) -> None:
    assert not normal(one, POSTGRES).same(normal(two, POSTGRES))


SAME = [
    ("nextval('t_id_seq')", "nextval('public.t_id_seq'::regclass)"),
    ("EXISTS (SELECT 1 FROM t)", "EXISTS ( SELECT 1::integer FROM t )"),
    ("a /* why */ > 0", "a>0 -- so"),
    ('"a" > 0', "A > 0"),
    ("pg_catalog.lower(x)", "LOWER(x)"),
    ("a OPERATOR(pg_catalog.+) 1", "a + 1"),
]


@pytest.mark.parametrize(("one", "two"), SAME)
def test_other_spellings_do_not(one: str, two: str) -> None:
    assert normal(one, POSTGRES).same(normal(two, POSTGRES))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("007", "7"),
        ("1.50", "1.5"),
        ("-0", "0"),
        ("1e3", "1000"),
        ("24 hours", "24:00:00"),
        ("1 mon 2 days 03:00:00", "1 month 2 days 3 hours"),
        ("2020-1-1", "2020-01-01 00:00:00+00"),
        ("2020-01-01 12:00+02", "2020-01-01T10:00:00Z"),
        ('{"a":1,"b":[]}', '{ "b": [], "a": 1 }'),
        ("{a, b}", '{"a",b}'),
    ],
)
def test_literals_have_one_spelling(one: str, two: str) -> None:
    assert canonical_literal(one) == canonical_literal(two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("1", "10"),
        ("1 day", "24 hours"),
        ("2020-01-01", "2020-02-01"),
        ('{"a": 1}', '{"a": 2}'),
        ("abc", "ABC"),
        (r"\x00", r"\x"),
        (r"\x6", "6"),
        ("t", "true"),
        ("2020-99-99", "2020-99-98"),
        ("1 parsec", "2 parsecs"),
    ],
)
def test_other_values_have_another(one: str, two: str) -> None:
    assert canonical_literal(one) != canonical_literal(two)


HOSTILE = {
    "parentheses": "(" * 20_000 + "a" + ")" * 20_000,
    "open parentheses": "(" * 20_000,
    "calls": "f(" * 5_000 + ")" * 5_000,
    "arrays": "ARRAY[" + "[" * 5_000 + "]" * 5_001,
    "not": "NOT " * 20_000 + "a",
    "minus": "- " * 20_000 + "1",
    "sum": "a" + " + 1" * 10_000,
    "or": "a = 1" + " OR a = 1" * 5_000,
    "casts": "a" + "::text" * 20_000,
    "case": "CASE WHEN " * 5_000,
    "list": "a IN (" + "1, " * 10_000 + "1)",
    "open string": "a = 'x",
    "number": "1" * 100_000,
    "literal": "'" + "[" * 100_000 + "'",
    "interval": "'" + "1 " * 4_000 + "'",
    "nothing": "",
    "operators": "+-*/" * 5_000,
    "control characters": "a\x00\x1b\ud800",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_has_a_normal_form(text: str) -> None:
    for dialect in ("postgres", "sqlite"):
        assert normal(text, get(dialect)).same(normal(text, get(dialect)))
