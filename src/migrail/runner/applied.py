"""What applying a migration comes to."""

from __future__ import annotations

from dataclasses import dataclass

from migrail.model.ledger import Head, LedgerEntry


@dataclass(frozen=True, kw_only=True, slots=True)
class Applied:
    """A migration that is in the database now."""

    entry: LedgerEntry
    locks: tuple[str, ...] = ()
    """What it locked, as the server showed it; empty where the server does not tell."""

    @property
    def head(self) -> Head:
        """The ledger's head behind it."""
        return (self.entry.sequence, self.entry.hash)
