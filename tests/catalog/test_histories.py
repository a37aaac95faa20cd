"""Real projects' histories, applied to a server and compared with it."""

from __future__ import annotations

from importlib import resources

import pytest
from sqlalchemy.engine import URL

from tests.catalog.comparing import connected, diff, looked_at, run
from tests.support.servers import fresh_database


def procrastinate() -> list[str]:
    files = resources.files("procrastinate.sql.migrations").iterdir()
    found = sorted((file.name, file.read_text()) for file in files if file.name.endswith(".sql"))
    return [text for _, text in found]


@pytest.mark.parametrize("server", ["postgres", "postgres_18"])
def test_procrastinate(server: str, request: pytest.FixtureRequest) -> None:
    url: URL = request.getfixturevalue(server)
    history = procrastinate()
    assert len(history) == 38
    with fresh_database(url) as database, connected(database) as connection:
        for text in history:
            run(connection, text)
        assert diff(connection, *history) == []
        found = looked_at(connection)
    assert len(found.tables) == 4
    assert sum(len(overloads) for overloads in found.functions.values()) == 18
