"""Twice the text costs about twice the work, whatever its shape. Work is counted in calls, not in seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from migrail import dialects
from migrail.sql.read import read
from migrail.sql.split import split

SHAPES: list[tuple[str, str, Callable[[int], str]]] = [
    ("statements", "postgres", lambda n: "SELECT a FROM t;\n" * n),
    ("a delimiter that never comes", "mysql", lambda n: "DELIMITER //\n" + "SELECT 1;\n" * n),
    (
        "keys of a table",
        "mysql",
        lambda n: f"CREATE TABLE t (a int, {', '.join(f'KEY k{i} (a)' for i in range(n))})",
    ),
    ("columns of a table", "postgres", lambda n: f"CREATE TABLE t ({', '.join(f'c{i} int' for i in range(n))})"),
    ("actions of an ALTER", "postgres", lambda n: f"ALTER TABLE t {', '.join(f'ADD c{i} int' for i in range(n))}"),
    (
        "rows of an INSERT",
        "postgres",
        lambda n: f"INSERT INTO t VALUES {', '.join('(1, now())' for _ in range(n))}",
    ),
    ("rows with calls in calls", "sqlite", lambda n: f"INSERT INTO t VALUES {', '.join(['(1, a(b(2)))'] * n)}"),
    ("lines of a comment", "mariadb", lambda n: f"/* {'word ' * n} */ SELECT 1 /* {'* ' * n} */"),
    ("assignments", "postgres", lambda n: f"UPDATE t SET {', '.join(f'c{i} = ARRAY[a, b]' for i in range(n))}"),
    ("calls of types in each other", "postgres", lambda n: f"CREATE VIEW v AS SELECT {'date(' * n}a{')' * n}"),
    ("arrays in each other", "postgres", lambda n: f"CREATE VIEW v AS SELECT {'array[' * n}1{']' * n}"),
    ("binary in each other", "mysql", lambda n: f"CREATE VIEW v AS SELECT {'binary(' * n}a{')' * n}"),
    ("calls of types beside each other", "sqlite", lambda n: f"CREATE VIEW v AS SELECT {'date(date(a)), ' * n}1"),
    ("comments", "postgres", lambda n: "/* a */ -- b\n" * n + "SELECT 1"),
    ("conditions of code", "postgres", lambda n: f"DO $$ BEGIN {'IF a THEN ' * n}NULL;{' END IF;' * n} END $$"),
    (
        "blocks of code",
        "mysql",
        lambda n: f"CREATE PROCEDURE p() BEGIN {'IF a THEN ' * n}DO 0;{' END IF;' * n} END",
    ),
    ("texts that run", "mysql", lambda n: "SET @x = 'DO 0'; PREPARE s FROM @x; EXECUTE s;\n" * n),
    ("WITH queries", "postgres", lambda n: f"WITH {', '.join(f'q{i} AS (SELECT 1)' for i in range(n))} SELECT 1"),
]


def work(text: str, dialect: str) -> int:
    """How many calls reading the text takes."""
    known = dialects.get(dialect)
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        for statement in split(text, known.lexical).statements:
            read(statement, known)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize(("dialect", "shape"), [item[1:] for item in SHAPES], ids=[item[0] for item in SHAPES])
def test_work_is_linear(dialect: str, shape: Callable[[int], str]) -> None:
    work(shape(4), dialect)  # imports and tables that are made once
    small, large = work(shape(100), dialect), work(shape(400), dialect)
    assert large < 6 * small + 2_000


@pytest.mark.parametrize("dialect", ["postgres", "mysql", "mariadb", "sqlite"])
def test_rows_of_constants_are_not_looked_at_one_by_one(dialect: str) -> None:
    rows = ", ".join(f"({number}, 'it is some text', NULL)" for number in range(20_000))
    assert work(f"INSERT INTO t VALUES {rows}", dialect) < 10_000
