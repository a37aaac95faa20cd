"""The marks of the independent cases are what servers say."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy.engine import URL, make_url

from tests.compat.independent.cases import Case, cases
from tests.compat.independent.truth import Answers, of_mariadb, of_postgres, of_sqlite
from tests.support.servers import fresh_database, libpq

ENOUGH = {"postgres": 120, "mariadb": 25, "sqlite": 24}


def parametrized(dialect: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", list(cases(dialect)), ids=lambda case: case.title)


@pytest.fixture(scope="module")
def connection(postgres: URL) -> Iterator[psycopg.Connection]:
    with fresh_database(postgres) as url, psycopg.connect(libpq(make_url(url)), autocommit=True) as opened:
        yield opened


def require(case: Case, answers: Answers) -> None:
    """The server accepts every query before, and refuses afterwards those that are marked."""
    before, after = answers
    assert not [(asked.text, reason) for asked, reason in zip(case.queries, before, strict=True) if reason]
    wrong = [
        (asked.text, "marked as breaking" if asked.breaks else "not marked", reason)
        for asked, reason in zip(case.queries, after, strict=True)
        if asked.breaks != (reason is not None)
    ]
    assert not wrong


@parametrized("postgres")
def test_the_marks_are_true_on_postgres(connection: psycopg.Connection, case: Case) -> None:
    require(case, of_postgres(connection, case))


@parametrized("sqlite")
def test_the_marks_are_true_on_sqlite(case: Case) -> None:
    require(case, of_sqlite(case))


@parametrized("mariadb")
def test_the_marks_are_true_on_mariadb(mariadb: URL, case: Case) -> None:
    require(case, of_mariadb(mariadb, case))


@pytest.mark.parametrize(("dialect", "count"), ENOUGH.items())
def test_there_are_enough(dialect: str, count: int) -> None:
    titles = [case.title for case in cases(dialect)]
    assert len(titles) == len(set(titles)) >= count
