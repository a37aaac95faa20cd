"""Random statements: what servers refuse is foreseen or changes nothing, what they accept is told as it is.

The long run goes over many more seeds: ``pytest -m long tests/catalog/differential``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.engine import URL

from tests.catalog.comparing import connected
from tests.catalog.differential.choosing import Maker
from tests.catalog.differential.mariadb import MariadbMaker
from tests.catalog.differential.postgres import PostgresMaker
from tests.catalog.differential.running import tell
from tests.catalog.differential.sqlite import SqliteMaker
from tests.support.mariadb import fresh_mariadb
from tests.support.servers import fresh_database

Fresh = Callable[[], AbstractContextManager[Connection]]

MAKERS: dict[str, type[Maker]] = {"postgres": PostgresMaker, "mariadb": MariadbMaker, "sqlite": SqliteMaker}
SERVERS = {"postgres": "postgres", "postgres_18": "postgres", "mariadb": "mariadb", "sqlite": "sqlite"}
"""Each with the dialect that it speaks."""
SHORT = {"postgres": (12, 30), "postgres_18": (4, 30), "mariadb": (10, 15), "sqlite": (30, 35)}
"""Seeds and statements of each."""
LONG = {"postgres": (1000, 40), "postgres_18": (300, 40), "mariadb": (300, 25), "sqlite": (1000, 45)}
PIECES = 10
"""The long run is cut into so many tests, each of some minutes."""


@pytest.fixture(params=SERVERS)
def kind(request: pytest.FixtureRequest) -> str:
    """Which of the servers it is."""
    name: str = request.param
    return name


@pytest.fixture
def fresh(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Fresh:
    """Opens an empty database."""
    dialect = SERVERS[kind]
    server: URL | None = request.getfixturevalue(kind) if dialect != "sqlite" else None

    @contextmanager
    def opened() -> Iterator[Connection]:
        if dialect == "sqlite":
            (tmp_path / "x.db").unlink(missing_ok=True)
            with connected(f"sqlite:///{tmp_path / 'x.db'}") as connection:
                yield connection
        elif dialect == "postgres":
            assert server is not None
            with fresh_database(server) as url, connected(url) as connection:
                yield connection
        else:
            assert server is not None
            with fresh_mariadb(server) as made:
                url = made.set(drivername="mariadb+pymysql", query={**made.query, "charset": "utf8mb4"})
                with connected(url.render_as_string(hide_password=False)) as connection:
                    yield connection

    return opened


def told(fresh: Fresh, dialect: str, seeds: range, steps: int) -> None:
    wrong = []
    accepted = refused = foreseen = 0
    for seed in seeds:
        with fresh() as connection:
            story = tell(connection, MAKERS[dialect](seed), dialect, seed, steps)
        accepted, refused = accepted + story.accepted, refused + story.refused
        foreseen += story.foreseen
        if story.wrong:
            wrong.append(str(story))
    assert not wrong, "\n\n".join(wrong)
    assert accepted > refused / 2, "the statements hardly fit"
    assert foreseen > 0.75 * refused, f"{foreseen} of {refused} refused statements were foreseen"


def test_what_is_said_is_what_happens(fresh: Fresh, kind: str) -> None:
    seeds, steps = SHORT[kind]
    told(fresh, SERVERS[kind], range(seeds), steps)


@pytest.mark.long
@pytest.mark.parametrize("piece", range(PIECES))
def test_what_is_said_is_what_happens_for_long(fresh: Fresh, kind: str, piece: int) -> None:
    seeds, steps = LONG[kind]
    told(fresh, SERVERS[kind], range(piece, seeds, PIECES), steps)
