"""SQL that stands in the help of a finding, where there is no rewrite, is accepted by the server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from migrail.model.findings import Category
from migrail.rules import read_page, rules
from tests.catalog.comparing import connected
from tests.rules.checking import judge, script
from tests.rules.test_rewrites import STOCK
from tests.support.servers import fresh_database

_STATEMENT = re.compile(
    r"^(?:ALTER|ANALYZE|CREATE|DELETE|DROP|REFRESH|REVOKE|SELECT|SET|UPDATE|VACUUM) [^;]*;", re.MULTILINE
)
_NEEDS_MORE = {
    "MR218": "the index that it asks for",
    "MR302": "what is in the schema dropped before, which no migration tells",
    "MR409": "columns that are unique",
    "MR605": "an extension that may not be installed here",
}
"""What the statements need before they are right, by rule."""

_UNDEFINED = {"42701", "42P01", "42703", "42704", "42883", "3F000"}
"""Errors about objects that an example without a history does not make."""


def _helps() -> Iterator[tuple[str, str, str, list[str]]]:
    for rule in rules().values():
        if rule.check_operation is None or rule.category is Category.CONVENTION or rule.code in _NEEDS_MORE:
            continue
        for example in read_page(rule).examples("Refused"):
            if example.dialect != "postgres" or example.version not in (None, (15,)):
                continue
            history = example.history or STOCK
            for finding in judge(example.migration, history=history, version=example.version).findings:
                sql = [text for text in _STATEMENT.findall(finding.help) if "..." not in text]
                if finding.code == rule.code and finding.rewrite is None and sql:
                    yield rule.code, example.migration, example.history or "", sql


@pytest.fixture(scope="module")
def connection(request: pytest.FixtureRequest) -> Iterator[Connection]:
    """A connection to a database of this module."""
    with ExitStack() as stack:
        yield stack.enter_context(
            connected(stack.enter_context(fresh_database(request.getfixturevalue("postgres"))))
        )


@pytest.mark.parametrize(("code", "migration", "history", "sql"), list(_helps()))
def test_sql_in_help_runs(code: str, migration: str, history: str, sql: list[str], connection: Connection) -> None:
    """In the place of the migration, or behind it."""
    states = [_refusal(connection, [history or STOCK, *before, *sql]) for before in ([], [migration])]
    known = _UNDEFINED if not history else set()
    assert None in states or known.issuperset(states), states


def _refusal(connection: Connection, texts: list[str]) -> str | None:
    """The SQLSTATE with which the server refuses one of the statements, each by itself, in an empty schema."""
    for text in (
        "DROP SCHEMA public CASCADE",
        "DROP SCHEMA IF EXISTS archive CASCADE",
        "CREATE SCHEMA public",
        *texts,
    ):
        for read in script(text).statements:
            try:
                connection.exec_driver_sql(read.statement.text, execution_options={"no_parameters": True})
            except DBAPIError as error:
                return str(getattr(error.orig, "sqlstate", None))
    return None


def test_what_needs_more_is_there() -> None:
    assert set(_NEEDS_MORE) <= set(rules())
