"""Finds out what a crash left of a migration that was under way, without guessing.

At most one statement is in doubt: it has an intent in the journal and nothing behind it. Once nothing of the dead
promotion runs on the server any more, the structure shows what became of it; what the structure cannot show, a
person decides.
"""

from __future__ import annotations

from dataclasses import dataclass

from migrail.dialects import Dialect
from migrail.model.errors import TargetUnreachable, UsageError
from migrail.model.ledger import Draft, Fact, Head, JournalEvent, LedgerEntry, LedgerKind, Note, Seal
from migrail.model.ports import LedgerAccess
from migrail.model.text import plural
from migrail.runner.address import Address, Limits
from migrail.runner.connect import reading
from migrail.runner.failures import stayed
from migrail.runner.faults import Fault
from migrail.runner.inspect import inspect
from migrail.runner.journal import Journal, Told, statement_digest
from migrail.runner.lookup import Outcome, look_up
from migrail.runner.servers import server_of
from migrail.sql import ReadStatement, Script


@dataclass(frozen=True, kw_only=True, slots=True)
class Recovered:
    """What was found out about one migration."""

    outcome: Outcome
    """Of the statement in doubt; done where none was."""
    said: str
    entry: LedgerEntry | None
    """The ledger's row that says so; ``None`` where a person has to decide, and for a dry run."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Recovery:
    """Looks at one target, whose guard is held."""

    address: Address
    limits: Limits
    dialect: Dialect
    ledger: LedgerAccess
    actor: str
    tool_version: str

    def recover(
        self, migration: str, fact: Fact, script: Script | None, after: Head, *, dry_run: bool = False
    ) -> Recovered:
        """Settles a migration that began and did not end, if the structure lets it.

        Args:
            script: its file, where there is one with the content that was begun.
            after: the ledger's head.

        Raises:
            GuardBusy: what a dead promotion began still runs on the server.
            TargetUnreachable: the target cannot be looked at.
        """
        self._wait_for_the_dead()
        journal = Journal(address=self.address, limits=self.limits, ledger=self.ledger)
        try:
            found = journal.read(migration, fact.resume_after)
            outcome, said = self._outcome(found, script)
            if outcome is Outcome.UNKNOWN or dry_run:
                return Recovered(outcome=outcome, said=said, entry=None)
            seal = self._seal(migration, fact, found, outcome, said, after)
            return Recovered(outcome=outcome, said=said, entry=journal.append(seal))
        finally:
            journal.close()

    def _wait_for_the_dead(self) -> None:
        try:
            server_of(self.address).open(self.address, self.limits, self.ledger).close()
        except Fault as fault:
            raise TargetUnreachable(f"{self.address.label}: {fault.reason}", help="migrail doctor") from None

    def _outcome(self, found: Told, script: Script | None) -> tuple[Outcome, str]:
        if found.open is None:
            return Outcome.DONE, f"{stayed(len(found.done))}; no statement is in doubt"
        number = found.open.statement
        read = _statement(script, found.open)
        if read is None:
            return Outcome.UNKNOWN, (
                f"statement {number} may have taken effect, and its file is gone or was edited, so it cannot be "
                "looked up"
            )
        outcome = found_out(self.address, self.limits, self.dialect, read)
        said = {
            Outcome.DONE: "took effect, as the structure shows",
            Outcome.NOT_STARTED: "did not take effect, as the structure shows",
            Outcome.HALF_WAY: "is half done; the next try clears that away and runs it again",
            Outcome.UNKNOWN: "may have taken effect or not; the structure cannot show which",
        }[outcome]
        return (
            outcome,
            f"statement {number} of {plural(len(script.statements) if script else 0, 'statement')} {said}",
        )

    def _seal(self, migration: str, fact: Fact, found: Told, outcome: Outcome, said: str, after: Head) -> Seal:
        """With nothing of it in the database, the migration is as if it had never begun."""
        notes: tuple[Note, ...] = ()
        done = len(found.done)
        if outcome is Outcome.DONE and found.open is not None:
            note = found.open
            notes = (
                Note(
                    event=JournalEvent.DONE,
                    migration=migration,
                    attempt=note.attempt,
                    statement=note.statement,
                    digest=note.digest,
                ),
            )
            done += 1
        undone = done == 0 and outcome is not Outcome.HALF_WAY
        row = Draft(
            kind=LedgerKind.UNDONE if undone else LedgerKind.SETTLED,
            migration=migration,
            digests=fact.digests,
            batch=fact.batch,
            actor=self.actor,
            tool_version=self.tool_version,
            statements=done,
            detail=said,
        )
        return Seal(after=after, row=row, notes=notes)


def _statement(script: Script | None, note: Note) -> ReadStatement | None:
    """The statement of the file that the note is about."""
    if script is None or note.statement > len(script.statements):
        return None
    read = script.statements[note.statement - 1]
    return read if statement_digest(read) == note.digest else None


def found_out(address: Address, limits: Limits, dialect: Dialect, read: ReadStatement) -> Outcome:
    """What became of a statement, as the target shows now.

    Raises:
        TargetUnreachable: it cannot be looked at.
    """
    server, operations = server_of(address), read.operations
    with reading(address, limits) as connection:
        leftovers = [statement for operation in operations for statement in server.leftovers(connection, operation)]
        there = server.there(connection, operations[0]) if len(operations) == 1 else None
        try:
            live = inspect(connection, dialect)
        except UsageError:  # nobody can read this dialect's structure
            return Outcome.HALF_WAY if leftovers else Outcome.UNKNOWN
    return look_up(live, operations, leftovers, there)
