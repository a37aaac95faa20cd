"""What the inner rings and the runner need from the outside."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Protocol

from migrail.model.ledger import LedgerEntry, LedgerKind
from migrail.model.migration import Digests


class LedgerPort(Protocol):
    """The ledger of one target, inside the caller's transaction."""

    def head(self) -> tuple[int, str]:
        """Sequence and hash of the newest row; ``(0, "")`` where there is none."""

    def append(
        self,
        kind: LedgerKind,
        *,
        batch: str,
        actor: str,
        tool_version: str,
        started_at: datetime,
        finished_at: datetime,
        after: tuple[int, str],
        migration: str | None = None,
        digests: Digests | None = None,
        statements: int = 0,
        detail: str = "",
    ) -> LedgerEntry:
        """Adds a row behind the row that ``after`` names; raises GuardBusy when another row is there by now."""

    def note_statement(
        self,
        event: Literal["intent", "done"],
        *,
        migration: str,
        attempt: int,
        number: int,
        digest: str,
        now: datetime,
    ) -> None:
        """Journals that a statement outside a transaction is about to run, or that it is done."""

    def finished_statements(self, migration: str, after: int) -> dict[int, str]:
        """Digests of statements that attempts behind this row of the ledger finished, by number."""
