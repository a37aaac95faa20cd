"""The journal of one migration that cannot be one transaction.

Before a statement runs outside of a transaction, an intent is committed; behind it, that it is done. A statement
that may run in a transaction is noted as done in that transaction, so it is there exactly once. What a crash leaves
in doubt is therefore at most one statement: the one with an intent and nothing behind it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from migrail.model.errors import IdentityError
from migrail.model.ledger import Head, JournalEvent, LedgerEntry, Note, Seal
from migrail.model.ports import LedgerAccess, LedgerPort
from migrail.runner.address import Address, Limits
from migrail.runner.connect import engine_for, writing

if TYPE_CHECKING:
    from migrail.sql import ReadStatement, Script


def statement_digest(read: ReadStatement) -> str:
    """SHA-256 of a statement's text with LF line ends."""
    text = read.statement.text.replace("\r\n", "\n").replace("\r", "\n")
    return f"sha256-text:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What the journal tells about a migration."""

    done: dict[int, str]
    """Digests of the statements that are in the database, by number."""
    open: Note | None
    """The intent of the statement of which it is not known whether it took effect."""
    tried: frozenset[str]
    """Digests of all statements that ever ran outside of a transaction, whatever became of them."""
    places: frozenset[int]
    """Their numbers; what stands there now may be the same in other words, by an edit that was accepted."""


def told(notes: Sequence[Note]) -> Told:
    """Reads the notes, oldest first."""
    done: dict[int, str] = {}
    pending: Note | None = None
    tried: set[str] = set()
    places: set[int] = set()
    for note in notes:
        if note.event is JournalEvent.DONE:
            done[note.statement] = note.digest
            if pending is not None and pending.statement == note.statement:
                pending = None
        else:
            tried.add(note.digest)
            places.add(note.statement)
            pending = note
    return Told(done=done, open=pending, tried=frozenset(tried), places=frozenset(places))


@dataclass(frozen=True, kw_only=True, slots=True)
class Journal:
    """The journal in one target. Every note is a transaction of its own unless it is part of a seal."""

    address: Address
    limits: Limits
    ledger: LedgerAccess

    @contextmanager
    def _ledger(self) -> Iterator[LedgerPort]:
        with writing(self.address, self.limits, pooled=True) as connection:
            yield self.ledger.on(connection)

    def close(self) -> None:
        """Ends the connection that was kept for the notes."""
        engine_for(self.address, self.limits, pooled=True).dispose()

    def read(self, migration: str, after: int) -> Told:
        """What attempts behind this row of the ledger left."""
        with self._ledger() as ledger:
            return told(ledger.notes(migration, after))

    def write(self, note: Note, head: Head) -> None:
        """Adds a note; refused when the ledger's head is another one by now."""
        with self._ledger() as ledger:
            ledger.note([note], after=head, now=datetime.now(UTC))

    def append(self, seal: Seal) -> LedgerEntry:
        """Adds the row of a seal, and its notes, in a transaction without anything else."""
        assert seal.row is not None
        now = datetime.now(UTC)
        with self._ledger() as ledger:
            ledger.note(seal.notes, after=seal.after, now=now)
            return ledger.append(seal.row, after=seal.after, started_at=now, finished_at=now)


def note_of(event: JournalEvent, script: Script, read: ReadStatement, attempt: int) -> Note:
    """A note about one statement of a file."""
    return Note(
        event=event,
        migration=script.migration.id,
        attempt=attempt,
        statement=read.statement.number,
        digest=statement_digest(read),
    )


def finished_prefix(address: Address, script: Script, found: Told) -> int:
    """How many leading statements of the file are in the database.

    Raises:
        IdentityError: one of them was edited since.
    """
    for number in sorted(found.done):
        read = script.statements[number - 1] if number <= len(script.statements) else None
        if read is None or statement_digest(read) != found.done[number]:
            raise IdentityError(
                f"{address.label}: {script.migration.path}: statement {number} was applied already and "
                "has been edited since; put it back, or decide what is there",
                help=f"migrail resolve {address.environment} {script.migration.id} --reason ... --mark-applied",
            )
    return len(found.done)
