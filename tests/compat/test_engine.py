"""What check says about the independent cases, whose marks a server has proven."""

from __future__ import annotations

from functools import cache

from tests.compat.independent.compare import Compared, every, falsely_certain, missed

FOUND = 0.95
"""The share of really broken queries that has to be found."""
WRONG = 0.02
"""The share of certain verdicts that may be wrong."""


@cache
def compared() -> tuple[Compared, ...]:
    return tuple(every())


def lines(items: list[Compared]) -> str:
    return "\n".join(f"{item.case}: {' '.join(item.query.split())}: {item.reason or '-'}" for item in items)


def test_broken_queries_are_found() -> None:
    breaking = [item for item in compared() if item.breaks]
    lost = missed(list(compared()))
    assert len(lost) <= (1 - FOUND) * len(breaking), lines(lost)


def test_what_is_certain_is_true() -> None:
    certain = [item for item in compared() if item.certainty == "certain"]
    wrong = falsely_certain(list(compared()))
    assert len(wrong) <= WRONG * len(certain), lines(wrong)


def test_nothing_is_broken_by_caution() -> None:
    """Of the queries that go on working, few are called possibly broken; most of these change what they return."""
    working = [item for item in compared() if not item.breaks]
    doubted = [item for item in working if item.certainty == "possible"]
    assert len(doubted) <= 0.15 * len(working), lines(doubted)
