"""What ``--to`` means."""

from __future__ import annotations

from dataclasses import dataclass

from migrail.model.batch import Batch
from migrail.model.errors import UsageError
from migrail.pipeline.situation import Situation


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """How far to go."""

    batch: Batch | None = None
    """Up to and including this batch."""
    migration: str | None = None
    """For a batch that is yet to be formed: its last migration."""

    @property
    def given(self) -> bool:
        """Whether a goal was named."""
        return self.batch is not None or self.migration is not None

    def reached(self, following: Batch) -> bool:
        """Whether the batch that would be next lies behind the goal."""
        if self.batch is None or self.batch.number is None:
            return False
        return following.number is None or following.number > self.batch.number


def wanted(situation: Situation, environment: str, value: str | None) -> Wanted:
    """The goal that a person named by a batch's number or digest, or by a migration.

    Raises:
        UsageError: nothing, or more than one thing, is called so.
    """
    if value is None:
        return Wanted()
    batch = find_batch(situation, value)
    if batch:
        return Wanted(batch=batch)
    migration = _migration(situation, value)
    for known in situation.batches:
        if migration in known.migrations:
            return Wanted(batch=known)
    if situation.place(environment).after:
        raise UsageError(f"{migration} is in no batch yet; it has to enter the lowest environment first")
    return Wanted(migration=migration)


def find_batch(situation: Situation, value: str) -> Batch | None:
    """The batch of that number, or whose digest begins so (at least six digits)."""
    if value.isdecimal() and len(value) < 6 and not value.startswith("0"):
        return next((batch for batch in situation.batches if batch.number == int(value)), None)
    digits = value.rpartition(":")[2].lower()
    if len(digits) < 6:
        return None
    found = [batch for batch in situation.batches if batch.digest.rpartition(":")[2].startswith(digits)]
    if len(found) > 1:
        raise UsageError(f"more than one batch begins with {value!r}")
    return found[0] if found else None


def _migration(situation: Situation, value: str) -> str:
    name = value.rpartition("/")[2].removesuffix(".sql")
    found = [id for id in situation.by_id if id == name] or [id for id in situation.by_id if id.startswith(name)]
    if len(found) != 1:
        what = "no" if not found else "more than one"
        raise UsageError(f"{what} batch or migration is called {value!r}", help="migrail status")
    return found[0]
