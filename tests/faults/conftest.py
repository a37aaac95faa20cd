"""What the tests of faults share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.forking import Forks


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    """Runs in processes of their own."""
    with Forks() as started:
        yield started
