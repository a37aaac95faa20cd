"""The marks of the independent cases are what a server says."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy.engine import URL, make_url

from tests.compat.independent.cases import Case, cases
from tests.compat.independent.truth import answers
from tests.support.servers import fresh_database, libpq

CASES = list(cases())


@pytest.fixture(scope="module")
def connection(postgres: URL) -> Iterator[psycopg.Connection]:
    with fresh_database(postgres) as url, psycopg.connect(libpq(make_url(url)), autocommit=True) as opened:
        yield opened


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_the_marks_are_true(connection: psycopg.Connection, case: Case) -> None:
    before, after = answers(connection, case)
    assert not [(asked.text, reason) for asked, reason in zip(case.queries, before, strict=True) if reason]
    wrong = [
        (asked.text, "marked as breaking" if asked.breaks else "not marked", reason)
        for asked, reason in zip(case.queries, after, strict=True)
        if asked.breaks != (reason is not None)
    ]
    assert not wrong


def test_there_are_enough() -> None:
    assert len(CASES) >= 100
    assert len({case.title for case in CASES}) == len(CASES)
