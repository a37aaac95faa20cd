"""The pipeline: which environments come before which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class OrderError(ValueError):
    """The environments do not form an order."""

    def __init__(self, environment: str, message: str) -> None:
        super().__init__(message)
        self.environment = environment


def lower_environments(listed: Sequence[tuple[str, Sequence[str] | None]]) -> Mapping[str, tuple[str, ...]]:
    """For each environment, lowest first, those named in its ``after``.

    Args:
        listed: names and ``after`` as configured; ``None`` means the environment listed before.

    Raises:
        OrderError: an environment comes after itself.
    """
    after: dict[str, tuple[str, ...]] = {}
    for index, (name, named) in enumerate(listed):
        before = (listed[index - 1][0],) if index else ()
        after[name] = before if named is None else tuple(named)
    ordered: dict[str, tuple[str, ...]] = {}
    while len(ordered) < len(after):
        ready = [name for name in after if name not in ordered and all(low in ordered for low in after[name])]
        if not ready:
            stuck = next(name for name in after if name not in ordered)
            raise OrderError(stuck, f"environment {stuck!r} comes after itself, or waits for one that does")
        ordered |= {name: after[name] for name in ready}
    return ordered
