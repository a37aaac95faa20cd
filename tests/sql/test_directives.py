"""What ``-- migrail:`` comments say."""

from __future__ import annotations

import pytest

from migrail.model.migration import Directives, Phase, TransactionMode
from tests.sql.support import problems, script

SETTINGS = [
    ("SELECT 1", Directives()),
    ("-- migrail: transaction=off\nSELECT 1", Directives(transaction=TransactionMode.OFF)),
    ("-- migrail: transaction=on\nSELECT 1", Directives(transaction=TransactionMode.MIGRATION)),
    ("--migrail:lock_timeout = 10s\nSELECT 1", Directives(lock_timeout=10.0)),
    ("-- MIGRAIL: lock_timeout=500ms\nSELECT 1", Directives(lock_timeout=0.5)),
    ("-- migrail: lock_timeout=1.5min\r\nSELECT 1", Directives(lock_timeout=90.0)),
    (
        "-- words\n\n-- migrail: phase=contract, transaction=off  lock_timeout=2s\n/* more */ SELECT 1",
        Directives(phase=Phase.CONTRACT, transaction=TransactionMode.OFF, lock_timeout=2.0),
    ),
    (
        "-- migrail: phase=expand\n-- migrail: lock_timeout=1s\nSELECT 1",
        Directives(phase=Phase.EXPAND, lock_timeout=1),
    ),
    ("SELECT '\n-- migrail: transaction=off\n', $$\n-- migrail: phase=expand\n$$", Directives()),
    ("-- this tool is called migrail, ignore it\nSELECT 1 -- thanks to migrail", Directives()),
    ("SELECT 1\n-- not migrail: transaction=off", Directives()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SETTINGS)
def test_settings(text: str, expected: Directives) -> None:
    assert script(text).directives == expected


IGNORES = [
    ('-- migrail: ignore MR201 reason="small"\nSELECT 1', [("MR201", "small", None)]),
    ("-- migrail: ignore mr201, MR202,MR203 reason='a \"b\"'\nSELECT 1", [
        ("MR201", 'a "b"', None), ("MR202", 'a "b"', None), ("MR203", 'a "b"', None)]),
    ('-- migrail: ignore MR201 reason="x"\r\n\r\nSELECT 1', [("MR201", "x", None)]),
    ('-- migrail: ignore MR201 reason="x"\n-- words\n\n-- migrail: ignore MR202 reason="y"\nSELECT 1', [
        ("MR201", "x", None), ("MR202", "y", None)]),
    ('-- migrail: transaction=off\n-- migrail: ignore MR201 reason="x"\nSELECT 1', [("MR201", "x", None)]),
    ('SELECT 1;\n\n-- migrail: ignore MR201 reason="x"\n\nSELECT 2', [("MR201", "x", 2)]),
    ('SELECT 1;\n-- migrail: ignore MR201 reason="x"\n-- words\n;SELECT 2', [("MR201", "x", 2)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), IGNORES)
@pytest.mark.parametrize("dialect", ["postgres", "sqlite"])
def test_suppressions(text: str, expected: list[tuple[str, str, int | None]], dialect: str) -> None:
    found = script(text, dialect).directives.suppressions
    assert [(item.code, item.reason, item.statement) for item in found] == expected
    assert all(text[item.span.start :].startswith("-- migrail: ignore") for item in found)


REASON = 'ignore needs a reason at its end: reason="why this is safe here"'
INSIDE = "this directive stands inside or behind a statement; write it on a line before a statement"
BEHIND = "this directive stands behind the last statement; write it on a line before a statement"
TIME = "lock_timeout is a time above 0 such as 10s, 500ms or 1min, not"
TOP = "is for the whole file: write it before the first statement"
LINE = "a directive is written -- migrail: on a line of its own"
PROBLEMS = [
    ("-- migrail: transaction=never\nSELECT 1", ["1:25: transaction is on or off, not never"]),
    ("-- migrail: phase=big\nSELECT 1", ["1:19: phase is expand, backfill or contract, not big"]),
    ("-- migrail: lock_timeout=10\nSELECT 1", [f"1:26: {TIME} 10"]),
    ("-- migrail: lock_timeout=0s\nSELECT 1", [f"1:26: {TIME} 0s"]),
    ("-- migrail: transction=off\nSELECT 1", ["1:13: transction is no directive; did you mean transaction?"]),
    ("-- migrail: ignroe MR201\nSELECT 1", ["1:13: ignroe is no directive; did you mean ignore?"]),
    ("-- migrail: xyz\nSELECT 1", ["1:13: xyz is no directive; there is transaction, lock_timeout, phase, ignore"]),
    ("-- migrail: transaction\nSELECT 1", ["1:13: transaction is no directive; write transaction=..."]),
    ("-- migrail: phase=expand\n-- migrail: phase=expand\nSELECT 1", ["2:13: phase is given twice"]),
    ("-- migrail:\nSELECT 1", ["1:1: this directive is empty"]),
    ("SELECT 1;\n-- migrail: phase=expand\nSELECT 2", [f"2:13: phase {TOP}"]),
    ("-- migrail: ignore MR201\nSELECT 1", [f"1:25: {REASON}"]),
    ('-- migrail: ignore MR201 reason=""\nSELECT 1', [f"1:26: {REASON}"]),
    ('-- migrail: ignore MR201 reason=" "\nSELECT 1', [f"1:26: {REASON}"]),
    ("-- migrail: ignore MR201 reason=small\nSELECT 1", [f"1:26: {REASON}"]),
    ('-- migrail: ignore MR201 reason="x" MR202\nSELECT 1', [f"1:26: {REASON}"]),
    ('-- migrail: ignore reason="x"\nSELECT 1', ["1:19: ignore needs the code of a rule, such as MR201"]),
    ("-- migrail: ignore\nSELECT 1", ["1:19: ignore needs the code of a rule, such as MR201"]),
    ('-- migrail: ignore all reason="x"\nSELECT 1', ["1:20: all is no rule code such as MR201"]),
    ('SELECT 1; -- migrail: ignore MR201 reason="x"', [f"1:11: {INSIDE}"]),
    ('SELECT\n -- migrail: ignore MR201 reason="x"\n1', [f"2:2: {INSIDE}"]),
    ('SELECT 1;\n-- migrail: ignore MR201 reason="x"', [f"2:1: {BEHIND}"]),
    ('/* migrail: ignore MR201 reason="x" */ SELECT 1', [f"1:1: {LINE}"]),
    ('-- migrail ignore MR201 reason="x"\nSELECT 1', [f"1:1: {LINE}"]),
    ("-- migrail: phase=x\n-- migrail: phase=\x1b[31m\nSELECT 1", [
        "1:19: phase is expand, backfill or contract, not x",
        "2:19: phase is expand, backfill or contract, not \\x1b[31m"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PROBLEMS)
def test_problems(text: str, expected: list[str]) -> None:
    assert problems(text) == [f"m/0001_x.sql:{line}" for line in expected]


@pytest.mark.parametrize("text", ["", "  \n", ";;", "-- words", "-- migrail: phase=expand", "/* a */ ; -- b"])
@pytest.mark.parametrize("dialect", ["postgres", "sqlite"])
def test_a_migration_without_a_statement_is_a_problem(text: str, dialect: str) -> None:
    assert problems(text, dialect) == ["m/0001_x.sql: holds no statement"]


def test_what_cannot_be_cut_is_a_problem_of_the_migration() -> None:
    assert problems("SELECT 1;\n\\i x\nSELECT 'a") == [
        "m/0001_x.sql:2:1: \\i is a command of psql, not SQL: take it out",
        "m/0001_x.sql:3:8: this string never ends",
    ]
