"""SIGKILL of a promotion at seeded moments: nothing is recorded by half, and the next promotion goes on.

Each run is killed at a random moment of its time, or some milliseconds behind a random call of the database. The
long version (``-m long``) comes in pieces of 25 kills.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.faults.sweeps import STEPS, WHOLE, Kill, project_on, sweep_steps, sweep_whole
from tests.support.forking import Ended, Forks
from tests.support.project import Project

CALLS = 70
"""About as many calls of a database make a promotion."""


def killing(forks: Forks, *, early: float = 0.0) -> Kill:
    """Kills the client.

    Args:
        early: the part of its time at whose end the kills begin.
    """

    def kill(project: Project, chance: random.Random, took: float) -> Ended:
        if chance.random() < 0.5:
            return forks.kill(project.root, "promote", "dev", after=chance.uniform(early * took, took))
        call = chance.randint(int(early * CALLS) + 1, CALLS)
        later = chance.choice([0.0, chance.uniform(0, 0.02)])
        return forks.run(project.root, "promote", "dev", call=call, how="KILL", later=later)

    return kill


@pytest.mark.parametrize("dialect", list(WHOLE))
def test_kills_of_transactions(dialect: str, tmp_path: Path, request: pytest.FixtureRequest, forks: Forks) -> None:
    with project_on(dialect, tmp_path, request) as project:
        sweep_whole(project, forks, killing(forks), 0, 3)


@pytest.mark.parametrize("dialect", list(STEPS))
def test_kills_of_steps(dialect: str, tmp_path: Path, request: pytest.FixtureRequest, forks: Forks) -> None:
    with project_on(dialect, tmp_path, request) as project:
        sweep_steps(project, forks, killing(forks, early=0.4), 0, 2)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1, 21))
@pytest.mark.parametrize("dialect", list(WHOLE))
def test_many_kills_of_transactions(
    dialect: str, seed: int, tmp_path: Path, request: pytest.FixtureRequest, forks: Forks
) -> None:
    with project_on(dialect, tmp_path, request) as project:
        sweep_whole(project, forks, killing(forks), seed, 25)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1, 5))
@pytest.mark.parametrize("dialect", list(STEPS))
def test_many_kills_of_steps(
    dialect: str, seed: int, tmp_path: Path, request: pytest.FixtureRequest, forks: Forks
) -> None:
    with project_on(dialect, tmp_path, request) as project:
        sweep_steps(project, forks, killing(forks, early=0.4), seed, 25)
