"""Input that is made to hurt: deep, long and broken. A parser that recurses or copies would not come back."""

from __future__ import annotations

import tracemalloc

import pytest

from migrail.model.operations import Delete, Insert, Opaque, Select
from tests.sql.support import ops, problems, script

DEEP = 10_000

STATEMENTS = [
    ("SELECT " + "(" * DEEP + "1" + ")" * DEEP, "select"),
    ("SELECT '" + "x" * 1_000_000 + "'", "select"),
    ("SELECT '" + "''" * 500_000 + "'", "select"),
    ("SELECT E'" + "\\'" * 500_000 + "'", "select"),
    ("SELECT " + "1" * 1_000_000, "select"),
    ("SELECT " + "e'x' " * 50_000, "select"),
    ("SELECT " + "$a" * 100_000, "select"),
    ("SELECT " + "(" * DEEP, "opaque"),
    ("CREATE TABLE t (a int DEFAULT " + "(" * DEEP + "1" + ")" * DEEP + ")", "create_table"),
    ("CREATE TABLE t (a int CHECK " + "(" * DEEP, "opaque"),
    ("CREATE TABLE t (a int DEFAULT " + "CASE WHEN a THEN " * DEEP + "1" + " END" * DEEP + ")", "create_table"),
    ("CREATE TABLE t (" + ",".join(f"a{i} int NOT NULL" for i in range(5000)) + ")", "create_table"),
    ("ALTER TABLE t ALTER a SET DEFAULT " + "NOT " * DEEP + "a", "set_default"),
    ("ALTER TABLE t ALTER a TYPE int USING " + "a::int[]" + "::text" * DEEP, "alter_column_type"),
    ("ALTER TABLE t ADD a int" + "[]" * DEEP, "add_column"),
    ("CREATE INDEX i ON t ((" + "[" * DEEP + "]" * DEEP + "))", "create_index"),
    ("CREATE INDEX i ON t ((" + "(]" * DEEP, "opaque"),
    ("CREATE VIEW v AS SELECT " + "(" * DEEP + "1" + ")" * DEEP, "create_view"),
    ("CREATE VIEW v AS SELECT 1" + " UNION SELECT 1" * 1000, "create_view"),
    ("EXPLAIN " * DEEP + "SELECT 1", "opaque"),
    ("/*" * DEEP + "*/" * DEEP + "SELECT 1", "select"),
    ("SELECT 1" + " " * 1_000_000 + "\n" * 100_000, "select"),
    ("\0" * 1000, "opaque"),
    ("\xa0", "opaque"),
    ("\x85 \u2028", "opaque"),
]


@pytest.mark.parametrize(("sql", "kind"), STATEMENTS, ids=range(len(STATEMENTS)))
def test_one_statement(sql: str, kind: str) -> None:
    [operation] = ops(sql)
    assert operation.kind == kind


def test_with_queries_inside_with_queries() -> None:
    found = ops("WITH a AS (" * DEEP + "DELETE FROM t" + ") DELETE FROM t" * DEEP)
    assert len(found) == DEEP + 1
    assert {type(operation) for operation in found} == {Delete}


def test_a_long_insert() -> None:
    text = "INSERT INTO t (a, b) VALUES " + ",\n".join(f"({i}, 'abc''{i}')" for i in range(250_000))
    assert len(text) > 5_000_000
    assert [type(operation) for operation in script(text).operations] == [Insert]


@pytest.mark.parametrize("unit", ["a", "a ", " ", "a(", "''", '"'])
def test_a_long_string_of_an_insert(unit: str) -> None:
    """Quadratic work would take hours."""
    text = f"INSERT INTO t (a) VALUES ('{unit * 1_000_000}')"
    assert [type(operation) for operation in script(text).operations] == [Insert]


@pytest.mark.parametrize("head", ["INSERT INTO t VALUES", "DELETE FROM t WHERE a IN", "SELECT", "UPDATE t SET a ="])
def test_rows_take_no_memory_for_their_tokens(head: str) -> None:
    text = f"{head} (" + ", ".join(map(str, range(20_000))) + ")"
    tracemalloc.start()
    try:
        found = script(text)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found.statements[0].opaque is None
    assert peak < 6 * len(text)


def test_many_statements_and_comments() -> None:
    assert len(script("SELECT 1; -- a\n" * 5000).statements) == 5000
    assert len(script("-- a\n" * 20_000 + "SELECT 1").statements[0].statement.comments) == 20_000


@pytest.mark.parametrize(
    "text",
    [
        "(" * 100_000 + "'a",
        "/*" * 100_000,
        "$a$" + "$b$" * 100_000,
        "\\x\n" * 1000,
        "E'" + "\\" * 99_999,
        '"' * 99_999,
    ],
)
def test_what_cannot_be_cut(text: str) -> None:
    assert problems(text)


@pytest.mark.parametrize("dialect", ["postgres", "sqlite"])
def test_nothing_of_a_statement_reaches_a_terminal_unescaped(dialect: str) -> None:
    [found] = ops("ALTER TABLE t \x1b]0\x07 \u202e", dialect)
    assert isinstance(found, Opaque)
    assert found.reason.isprintable()


def test_truncated_statements_are_never_more_than_opaque_or_a_shorter_statement() -> None:
    sql = "ALTER TABLE ONLY s.t ADD COLUMN a int NOT NULL DEFAULT 0, DROP b CASCADE"
    words = sql.split()
    for count in range(1, len(words)):
        [*found] = ops(" ".join(words[:count]))
        assert found
        assert not any(isinstance(operation, Select) for operation in found)
