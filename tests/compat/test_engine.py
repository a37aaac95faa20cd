"""What check says about the independent cases, whose marks a server has proven."""

from __future__ import annotations

from functools import cache

import pytest

from tests.compat.independent.compare import Compared, every, falsely_certain, missed

FOUND = 0.95
"""The share of really broken queries that has to be found."""
WRONG = 0.02
"""The share of certain verdicts that may be wrong."""


DIALECTS = pytest.mark.parametrize("dialect", ["postgres"])


@cache
def compared(dialect: str) -> tuple[Compared, ...]:
    return tuple(every(dialect))


def lines(items: list[Compared]) -> str:
    return "\n".join(f"{item.case}: {' '.join(item.query.split())}: {item.reason or '-'}" for item in items)


@DIALECTS
def test_broken_queries_are_found(dialect: str) -> None:
    breaking = [item for item in compared(dialect) if item.breaks]
    lost = missed(list(compared(dialect)))
    assert len(lost) <= (1 - FOUND) * len(breaking), lines(lost)


@DIALECTS
def test_what_is_certain_is_true(dialect: str) -> None:
    certain = [item for item in compared(dialect) if item.certainty == "certain"]
    wrong = falsely_certain(list(compared(dialect)))
    assert len(wrong) <= WRONG * len(certain), lines(wrong)


@DIALECTS
def test_nothing_is_broken_by_caution(dialect: str) -> None:
    """Of the queries that go on working, few are called possibly broken; most of these change what they return."""
    working = [item for item in compared(dialect) if not item.breaks]
    doubted = [item for item in working if item.certainty == "possible"]
    assert len(doubted) <= 0.15 * len(working), lines(doubted)
