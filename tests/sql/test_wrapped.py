"""Statements that hold a query or stand for one."""

from __future__ import annotations

import pytest

from migrail import dialects
from migrail.sql.wrapped import asked

CASES = [
    ("EXPLAIN SELECT a FROM t", "SELECT a FROM t"),
    ("EXPLAIN (ANALYZE, FORMAT json)\nSELECT a\nFROM t", "\nSELECT a\nFROM t"),
    ("explain analyze verbose UPDATE t SET a = 1", "UPDATE t SET a = 1"),
    ("DECLARE c NO SCROLL CURSOR WITH HOLD FOR SELECT a FROM t FOR UPDATE", "SELECT a FROM t FOR UPDATE"),
    ("PREPARE p (int, text) AS SELECT a FROM t WHERE b = $1", "SELECT a FROM t WHERE b = $1"),
    ("CREATE TEMP TABLE x AS SELECT a FROM t", "SELECT a FROM t"),
    (
        "CREATE TABLE x (a, b) ON COMMIT DROP AS\n  WITH y AS (SELECT 1) SELECT * FROM y WITH NO DATA",
        "\nWITH y AS (SELECT 1) SELECT * FROM y",
    ),
    ("COPY (SELECT a FROM t WHERE (b)) TO STDOUT", "SELECT a FROM t WHERE (b)"),
    ("COPY t TO STDOUT WITH (FORMAT csv)", "SELECT * FROM t"),
    ('COPY s."T" (a, "b") TO STDOUT', 'SELECT a, "b" FROM s."T"'),
    ("COPY t (a, b) FROM STDIN", "INSERT INTO t (a, b) VALUES (:v1, :v2)"),
    ("COPY t FROM STDIN", "SELECT * FROM t"),
    ("TABLE t", "SELECT * FROM t"),
]

SAME = [
    "SELECT a FROM t",
    "CREATE TEMP TABLE x (a int)",
    "CREATE VIEW v AS SELECT 1",
    "CREATE FUNCTION f() RETURNS TABLE (a int) AS 'SELECT 1' LANGUAGE sql",
    "EXPLAIN",
    "COPY",
    "COPY (SELECT 1",
    "COPY t",
    "COPY t (a",
    "TRUNCATE t",
    "LOCK TABLE t",
    "COPY ) FROM",
    "TABLE .",
    "TABLE t ORDER BY 1",
    "EXECUTE p (1)",
    "EXPLAIN 'never ends",
    "",
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_what_is_asked(text: str, expected: str) -> None:
    found = asked(text, dialects.get("postgres"))
    assert found == expected
    assert found.count("\n") == text.count("\n")


@pytest.mark.parametrize("text", SAME)
def test_what_asks_nothing_else(text: str) -> None:
    assert asked(text, dialects.get("postgres")) == text


def test_lines_are_kept_where_a_query_is_made() -> None:
    assert asked("COPY\n  t (a,\n  b) TO STDOUT", dialects.get("postgres")) == "SELECT a, b FROM t\n\n"
