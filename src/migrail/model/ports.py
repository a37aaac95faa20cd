"""What the inner rings and the runner need from the outside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from migrail.model.ledger import Draft, Head, LedgerEntry, Note, Seal

Query = tuple[str, tuple[Any, ...]]
"""A statement with ``$1``-style parameters, and their values."""


class LedgerPort(Protocol):
    """The ledger of one target, inside the caller's transaction."""

    def head(self) -> Head:
        """Sequence and hash of the newest row; ``(0, "")`` where there is none."""

    def append(self, draft: Draft, *, after: Head, started_at: datetime, finished_at: datetime) -> LedgerEntry:
        """Adds a row behind the row that ``after`` names; raises GuardBusy when another row is there by now."""

    def note(self, notes: Sequence[Note], *, after: Head, now: datetime) -> None:
        """Adds rows to the journal; raises GuardBusy when ``after`` is no longer the head."""

    def notes(self, migration: str, after: int) -> tuple[Note, ...]:
        """The journal of a migration, oldest first, of attempts behind this row of the ledger."""

    def entry(self, sequence: int) -> LedgerEntry | None:
        """The row of that number."""

    def hidden(self) -> str | None:
        """The name of our table which a temporary table hides; only MySQL and MariaDB let one, schema or not."""


class LedgerAccess(Protocol):
    """Ways to a target's ledger."""

    def on(self, connection: Any) -> LedgerPort:
        """The ledger inside the transaction of an SQLAlchemy connection."""

    def sealing(self, seal: Seal) -> Sequence[Query]:
        """The statements that write a seal, for servers to which all is sent at once (PostgreSQL).

        Where the seal does not hold, one of them fails with a message that begins with :data:`OVERTAKEN`. The last
        one returns, where the seal has a row, its times, the hash of the row before and its own.
        """


OVERTAKEN = "migrail: overtaken"
