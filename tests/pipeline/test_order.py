"""The order of environments."""

from __future__ import annotations

import pytest

from migrail.pipeline.order import OrderError, lower_environments

Listed = list[tuple[str, list[str] | None]]


@pytest.mark.parametrize(
    ("listed", "ordered"),
    [
        ([("dev", None), ("qa", None), ("prod", None)], {"dev": (), "qa": ("dev",), "prod": ("qa",)}),
        (
            [("dev", None), ("qa", None), ("load", ["dev"]), ("prod", ["qa", "load"])],
            {"dev": (), "qa": ("dev",), "load": ("dev",), "prod": ("qa", "load")},
        ),
        ([("prod", ["dev"]), ("dev", [])], {"dev": (), "prod": ("dev",)}),
        ([("eu", []), ("us", [])], {"eu": (), "us": ()}),
        ([], {}),
    ],
)
def test_lower_environments(listed: Listed, ordered: dict[str, tuple[str, ...]]) -> None:
    found = lower_environments(listed)
    assert found == ordered
    assert list(found) == list(ordered)


@pytest.mark.parametrize(
    "listed", [[("a", ["a"])], [("a", ["b"]), ("b", ["a"])], [("a", []), ("b", ["c"]), ("c", ["b"])]]
)
def test_circles_are_refused(listed: Listed) -> None:
    with pytest.raises(OrderError, match="comes after itself"):
        lower_environments(listed)
