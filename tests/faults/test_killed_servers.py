"""SIGKILL of the server at seeded moments of a promotion: nothing is recorded by half, and the next one goes on."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from tests.faults.sweeps import Kill, sweep_steps, sweep_whole
from tests.support.forking import Ended, Forks
from tests.support.mariadb import PrivateMariadb, fresh_mariadb
from tests.support.postgres import PrivatePostgres
from tests.support.project import Project
from tests.support.servers import fresh_database

SWEEPS = {"transactions": sweep_whole, "steps": sweep_steps}
CASES = [("postgres", "transactions"), ("postgres", "steps"), ("mariadb", "transactions"), ("mariadb", "steps")]


@contextmanager
def private(dialect: str) -> Iterator[tuple[PrivatePostgres | PrivateMariadb, str]]:
    """A server of its own, and the URL of an empty database."""
    if dialect == "postgres":
        with closing(PrivatePostgres()) as server, fresh_database(server.url) as url:
            yield server, url
    else:
        with closing(PrivateMariadb()) as other, fresh_mariadb(other.url) as address:
            yield other, _shown(address)


def _shown(address: URL) -> str:
    return address.render_as_string(hide_password=False)


def killing(forks: Forks, server: PrivatePostgres | PrivateMariadb) -> Kill:
    """Kills the server and starts it again; the client may see what it can."""

    def kill(project: Project, chance: random.Random, took: float) -> Ended:
        pid = forks.start(project.root, "promote", "dev")
        time.sleep(chance.uniform(0.3 * took, took))
        server.kill()
        server.start()
        return forks.wait(pid)

    return kill


def sweep(dialect: str, what: str, root: Path, forks: Forks, seed: int, kills: int) -> None:
    with private(dialect) as (server, url):
        project = Project(root, dialect, {"dev": url}, {})
        SWEEPS[what](project, forks, killing(forks, server), seed, kills)


@pytest.mark.parametrize(("dialect", "what"), CASES)
def test_kills(dialect: str, what: str, tmp_path: Path, postgres_18: URL, forks: Forks) -> None:
    sweep(dialect, what, tmp_path, forks, 0, 1)


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(("dialect", "what"), CASES)
def test_many_kills(dialect: str, what: str, seed: int, tmp_path: Path, postgres_18: URL, forks: Forks) -> None:
    sweep(dialect, what, tmp_path, forks, seed, 10)
