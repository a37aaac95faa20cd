"""Applies migrations to one target, statement by statement as the author wrote them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from migrail.model.batch import Batch, BatchEntry, manifest_to_json
from migrail.model.errors import GuardBusy, IdentityError, LockTimeout, MigrailError, MigrationFailed
from migrail.model.ledger import LedgerEntry, LedgerKind
from migrail.model.migration import TransactionMode
from migrail.model.ports import LedgerPort
from migrail.model.redact import redact
from migrail.model.text import plural, visible
from migrail.runner.connect import Address, Limits, engine_for, milliseconds, reason_of, unreachable
from migrail.sql import ReadStatement, Script

NO_PARAMETERS = {"no_parameters": True}
"""The driver gets the text alone, so that a percent sign is a percent sign."""

ROLLED_BACK = "rolled back; nothing of this migration is in the database"

LOCK_TIMEOUT = "55P03"
"""SQLSTATE lock_not_available."""

_BEGIN_GUARD = text("SELECT set_config('migrail.guard', :token, true), set_config('lock_timeout', :timeout, true)")
_CHECK_GUARD = text("SELECT current_setting('migrail.guard', true)")
_SET_LOCK_TIMEOUT = text("SELECT set_config('lock_timeout', :timeout, false)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """What is about to happen, for whoever shows it."""

    address: Address
    migration: str
    statement: int
    statements: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Applier:
    """Applies the migrations of one batch to one target whose guard is held."""

    address: Address
    limits: Limits
    batch: Batch
    actor: str
    tool_version: str
    ledger: Callable[[Connection], LedgerPort]
    clock: Callable[[], datetime]
    progress: Callable[[Progress], None]

    def begin_batch(self, after: tuple[int, str]) -> LedgerEntry:
        """Notes in the ledger that the batch begins here, with its manifest."""
        return self._append(LedgerKind.BATCH, None, after=after, detail=manifest_to_json(self.batch))

    def apply(
        self, script: Script, entry: BatchEntry, after: tuple[int, str], *, resume_after: int | None = None
    ) -> LedgerEntry:
        """Applies one migration; the ledger's head must be ``after``.

        Args:
            resume_after: leave out the leading statements that attempts behind this row of the ledger finished; for
                a migration without a transaction that stopped half-way and is to be tried again.

        Raises:
            MigrationFailed: a statement failed; the message says what is true in the database now.
            LockTimeout: a table was locked for too long; nothing was changed.
            IdentityError: a statement that an earlier attempt finished was edited since; nothing was changed.
            GuardBusy: another promotion was faster; nothing was changed.
            TargetUnreachable: no connection could be made; nothing was changed.
        """
        # The bytes that run are the file's; the batch's text digest is the same.
        entry = replace(entry, digests=script.migration.digests)
        if script.directives.transaction is TransactionMode.OFF:
            return self._apply_in_steps(script, entry, after, resume_after)
        return self._apply_in_transaction(script, entry, after)

    def _apply_in_transaction(self, script: Script, entry: BatchEntry, after: tuple[int, str]) -> LedgerEntry:
        started = self.clock()
        token = secrets.token_hex(8)
        with unreachable(self.address):
            connection = engine_for(self.address, self.limits).connect()
        with connection:  # closing it without a commit rolls back
            with unreachable(self.address):
                connection.begin()
                if self._postgres:
                    connection.execute(_BEGIN_GUARD, {"token": token, "timeout": self._lock_timeout(script)})
                if self.ledger(connection).head() != after:
                    raise GuardBusy(f"{self.address.label}: another promotion was faster; nothing was changed")
            for read in script.statements:
                self._run(connection, script, read, ROLLED_BACK)
                self._still_in_transaction(connection, script, read)
            try:
                if self._postgres and connection.execute(_CHECK_GUARD).scalar() != token:
                    raise self._ended(script, "a statement")
                row = self._add(
                    connection,
                    LedgerKind.APPLIED,
                    entry,
                    after=after,
                    started=started,
                    statements=len(script.statements),
                )
            except DBAPIError as error:
                raise self._failed(script, f"its ledger row was refused: {reason_of(error)}", ROLLED_BACK) from None
            self._commit(connection, script)
        return row

    def _commit(self, connection: Connection, script: Script) -> None:
        """Commits here rather than in a context manager, so that a refused COMMIT is explained."""
        try:
            connection.commit()
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) or not self._postgres:
                raise self._failed(script, f"the server refused COMMIT: {reason_of(error)}", ROLLED_BACK) from None
            lost = f"the connection was lost during COMMIT: {reason_of(error)}"
            whether = "whether it was applied is in the target's ledger"
            help_ = f"migrail status {self.address.environment}"
            raise MigrationFailed(self._failed(script, lost, whether).message, help=help_) from None

    def _apply_in_steps(
        self, script: Script, entry: BatchEntry, after: tuple[int, str], resume_after: int | None
    ) -> LedgerEntry:
        finished = 0 if resume_after is None else self._finished_statements(script, resume_after)
        begun = self._append(LedgerKind.STARTED, entry, after=after)
        head = (begun.sequence, begun.hash)
        try:
            with (
                unreachable(self.address),
                engine_for(self.address, self.limits, autocommit=True).connect() as work,
            ):
                for read in script.statements[finished:]:
                    self._note("intent", script, read, begun.sequence)
                    if self._postgres:
                        work.execute(_SET_LOCK_TIMEOUT, {"timeout": self._lock_timeout(script, read)})
                    self._run(work, script, read, _stay(finished))
                    self._note("done", script, read, begun.sequence)
                    finished += 1
            return self._append(LedgerKind.APPLIED, entry, after=head, statements=len(script.statements))
        except (MigrailError, KeyboardInterrupt) as error:
            # The row that it started is committed, so whatever went wrong, this stopped half-way.
            said = error.message if isinstance(error, MigrailError) else "interrupted"
            if not isinstance(error, MigrationFailed):
                said = self._failed(script, said, _stay(finished)).message
            raise self._stopped(entry, head, finished, said) from None

    def _stopped(self, entry: BatchEntry, head: tuple[int, str], finished: int, said: str) -> MigrationFailed:
        """Records the failure if that is possible; without the row, the ledger says that it is in doubt."""
        try:
            self._append(LedgerKind.FAILED, entry, after=head, statements=finished, detail=said)
        except MigrailError as error:
            said = f"{said}\n  this could not be written into the ledger: {error.message}"
        help_ = f"migrail resolve {self.address.environment} {entry.migration} --reason ... --retry"
        return MigrationFailed(said, help=help_)

    def _finished_statements(self, script: Script, resume_after: int) -> int:
        """How many leading statements earlier attempts finished; they must still read the same."""
        with unreachable(self.address), engine_for(self.address, self.limits).connect() as connection:
            done = self.ledger(connection).finished_statements(script.migration.id, resume_after)
        for number in sorted(done):
            read = script.statements[number - 1] if number <= len(script.statements) else None
            if read is None or statement_digest(read) != done[number]:
                raise IdentityError(
                    f"{self.address.label}: {script.migration.path}: statement {number} was applied already and "
                    "has been edited since; put it back, or decide what is there",
                    help=f"migrail resolve {self.address.environment} {script.migration.id} --reason ... "
                    "--mark-applied",
                )
        return len(done)

    def _run(self, connection: Connection, script: Script, read: ReadStatement, aftermath: str) -> None:
        statement, total = read.statement, len(script.statements)
        self.progress(
            Progress(
                address=self.address,
                migration=script.migration.id,
                statement=statement.number,
                statements=total,
            )
        )
        try:
            connection.exec_driver_sql(statement.text, execution_options=NO_PARAMETERS)
        except (DBAPIError, UnicodeError) as error:
            reason = reason_of(error) if isinstance(error, DBAPIError) else f"the driver cannot send it: {error}"
            first = visible(redact(statement.text.splitlines()[0].strip()))[:120]
            place = f"{script.migration.path}:{statement.span.line}:{statement.span.column}"
            said = f"failed at statement {statement.number} of {total}\n  {place}: {first}\n  {reason}"
            failed = self._failed(script, said, aftermath)
            again = f"migrail promote {self.address.environment}"
            if aftermath == ROLLED_BACK and getattr(getattr(error, "orig", None), "sqlstate", "") == LOCK_TIMEOUT:
                raise LockTimeout(failed.message, help=again) from None
            raise MigrationFailed(failed.message, help=f"mend the file, then {again}") from None

    def _still_in_transaction(self, connection: Connection, script: Script, read: ReadStatement) -> None:
        """Notices a statement that ended the transaction although the reader did not see that it would."""
        driver = connection.connection.driver_connection
        assert driver is not None
        inside = driver.info.transaction_status.name == "INTRANS" if self._postgres else driver.in_transaction
        if not inside:
            raise self._ended(script, f"statement {read.statement.number} (line {read.statement.span.line})")

    def _ended(self, script: Script, what: str) -> MigrationFailed:
        return self._failed(
            script,
            f"{what} ended the transaction",
            "what it did before may be in the database; look before you go on",
        )

    def _failed(self, script: Script, said: str, aftermath: str) -> MigrationFailed:
        lines = [f"{self.address.label}: {script.migration.id} {said}", f"  {aftermath}"]
        return MigrationFailed("\n".join(line for line in lines if line.strip()))

    def _note(self, event: Literal["intent", "done"], script: Script, read: ReadStatement, attempt: int) -> None:
        with unreachable(self.address), engine_for(self.address, self.limits).begin() as connection:
            self.ledger(connection).note_statement(
                event,
                migration=script.migration.id,
                attempt=attempt,
                number=read.statement.number,
                digest=statement_digest(read),
                now=self.clock(),
            )

    def _append(
        self,
        kind: LedgerKind,
        entry: BatchEntry | None,
        *,
        after: tuple[int, str],
        statements: int = 0,
        detail: str = "",
    ) -> LedgerEntry:
        """Adds a row in a transaction of its own."""
        with unreachable(self.address), engine_for(self.address, self.limits).begin() as connection:
            return self._add(
                connection, kind, entry, after=after, started=self.clock(), statements=statements, detail=detail
            )

    def _add(
        self,
        connection: Connection,
        kind: LedgerKind,
        entry: BatchEntry | None,
        *,
        after: tuple[int, str],
        started: datetime,
        statements: int = 0,
        detail: str = "",
    ) -> LedgerEntry:
        return self.ledger(connection).append(
            kind,
            batch=self.batch.digest,
            actor=self.actor,
            tool_version=self.tool_version,
            started_at=started,
            finished_at=self.clock(),
            after=after,
            migration=entry.migration if entry else None,
            digests=entry.digests if entry else None,
            statements=statements,
            detail=detail,
        )

    def _lock_timeout(self, script: Script, read: ReadStatement | None = None) -> str:
        """The timeout that the migration asks for, else the configured one; none for a CONCURRENTLY form."""
        if read is not None and read.concurrent:
            return "0"
        seconds = script.directives.lock_timeout
        return milliseconds(self.limits.lock if seconds is None else seconds)

    @property
    def _postgres(self) -> bool:
        return self.address.dialect == "postgres"


def _stay(finished: int) -> str:
    if not finished:
        return "no statement of it was finished"
    return f"{plural(finished, 'finished statement')} of it stayed in the database"


def statement_digest(read: ReadStatement) -> str:
    """SHA-256 of a statement's text with LF line ends."""
    text_ = read.statement.text.replace("\r\n", "\n").replace("\r", "\n")
    return f"sha256-text:{hashlib.sha256(text_.encode('utf-8', 'surrogatepass')).hexdigest()}"
