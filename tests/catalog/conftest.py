"""Servers for the tests that hold the catalog against them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection
from sqlalchemy.engine import URL

from tests.catalog.comparing import connected
from tests.support.servers import fresh_database


@pytest.fixture(params=["postgres", "postgres_18"])
def database(request: pytest.FixtureRequest) -> Iterator[Connection]:
    """An empty database on each of the servers."""
    server: URL = request.getfixturevalue(request.param)
    with fresh_database(server) as url, connected(url) as connection:
        yield connection
