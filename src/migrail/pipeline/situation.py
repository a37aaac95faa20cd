"""Everything that was read before something is decided or shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from migrail.model.batch import Approval, Batch, Evidence, Promotion
from migrail.model.gates import Gate
from migrail.model.ledger import Observation
from migrail.model.migration import Migration


@dataclass(frozen=True, kw_only=True)
class Place:
    """An environment with what is known about its targets."""

    name: str
    after: tuple[str, ...]
    gates: tuple[Gate, ...]
    observations: tuple[Observation, ...]

    @property
    def live(self) -> bool:
        """Whether every target was read just now."""
        return all(observation.live for observation in self.observations)

    @property
    def known(self) -> bool:
        """Whether every target was ever read."""
        return all(observation.record is not None for observation in self.observations)

    @property
    def observed_at(self) -> datetime | None:
        """The time of the oldest observation; ``None`` when a target was never read."""
        times = [observation.observed_at for observation in self.observations]
        return None if None in times else min(time for time in times if time)


@dataclass(frozen=True, kw_only=True)
class Situation:
    """Files, batches, environments and decisions at one moment."""

    project: str
    migrations: tuple[Migration, ...]
    """In order."""
    batches: tuple[Batch, ...]
    """Those that count, in order."""
    places: tuple[Place, ...]
    """Lowest first."""
    evidence: tuple[Evidence, ...]
    approvals: tuple[Approval, ...]
    now: datetime
    max_age: float
    """Seconds; older observations of lower environments do not count."""
    running: frozenset[tuple[str, str]] = frozenset()
    """Environment and batch digest of every promotion that is under way."""
    failed: Mapping[str, Promotion] = field(default_factory=dict)
    """By environment: the last promotion into it, where that one failed."""

    def place(self, name: str) -> Place:
        """The environment of that name."""
        return next(place for place in self.places if place.name == name)

    @cached_property
    def by_id(self) -> dict[str, Migration]:
        """The migrations of the files."""
        return {migration.id: migration for migration in self.migrations}
