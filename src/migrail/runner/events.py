"""What happens while a promotion runs, for whoever shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from migrail.runner.address import Address


class Happening(StrEnum):
    """Kinds of progress."""

    STATEMENT = "statement"
    """A statement is about to run."""
    WAITING = "waiting"
    """A statement has been running for a while; ``detail`` names those whom it waits for, if it waits."""
    RETRYING = "retrying"
    """A lock was not to be had in time; ``detail`` says who held it, and when the next try is."""
    LOST = "lost"
    """The connection is gone; ``detail`` says what is done about it."""
    RECOVERED = "recovered"
    """What a crash left was found out; ``detail`` says what."""
    APPLIED = "applied"
    """A migration is in the database and in its ledger."""
    STOPPING = "stopping"
    """Somebody asked to stop; ``detail`` says when that will be."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """One thing that happens."""

    happening: Happening
    address: Address
    batch: str
    """``batch 3 (1f0c2a9b44d7)``."""
    migration: str
    statement: int = 0
    """Position in the file, from 1; 0 where the whole migration is meant."""
    statements: int = 0
    elapsed: float = 0.0
    """Seconds since the statement began, or that the migration took."""
    detail: str = ""


Show = Callable[[Progress], None]
