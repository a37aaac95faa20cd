"""Applies migrations to one target, statement by statement as the author wrote them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from migrail.model.batch import Batch, BatchEntry, manifest_to_json
from migrail.model.errors import GuardBusy, MigrationFailed
from migrail.model.ledger import LedgerEntry, LedgerKind
from migrail.model.migration import TransactionMode
from migrail.model.ports import LedgerPort
from migrail.model.redact import redact
from migrail.model.text import visible
from migrail.runner.connect import Address, Limits, engine_for, reason_of, unreachable
from migrail.sql import ReadStatement, Script

NO_PARAMETERS = {"no_parameters": True}
"""The driver gets the text alone, so that a percent sign is a percent sign."""


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
        now = self.clock()
        with unreachable(self.address), self._engine().begin() as connection:
            return self._append(
                connection,
                LedgerKind.BATCH,
                None,
                after=after,
                started=now,
                detail=manifest_to_json(self.batch),
            )

    def apply(
        self,
        script: Script,
        entry: BatchEntry,
        after: tuple[int, str],
        *,
        resume_since: datetime | None = None,
    ) -> LedgerEntry:
        """Applies one migration; the ledger's head must be ``after``.

        Args:
            resume_since: leave out the leading statements that the journal says were done after this moment;
                for a migration without a transaction that failed half-way and is to be tried again.

        Raises:
            MigrationFailed: a statement failed; the message says what is true in the database now.
            GuardBusy: another promotion was faster; nothing was changed.
            TargetUnreachable: no connection could be made; nothing was changed.
        """
        if script.directives.transaction is TransactionMode.OFF:
            return self._apply_in_steps(script, entry, after, resume_since)
        return self._apply_in_transaction(script, entry, after)

    def _apply_in_transaction(self, script: Script, entry: BatchEntry, after: tuple[int, str]) -> LedgerEntry:
        started = self.clock()
        with unreachable(self.address):
            connection = self._engine().connect()
        with connection:  # closing it without a commit rolls back
            with unreachable(self.address):
                connection.begin()
                self._set_lock_timeout(connection, script)
                if self.ledger(connection).head() != after:
                    raise GuardBusy(f"{self.address.label}: another promotion was faster; nothing was changed")
            for read in script.statements:
                self._run(connection, script, read, "rolled back; nothing of this migration is in the database")
            row = self._append(
                connection,
                LedgerKind.APPLIED,
                entry,
                after=after,
                started=started,
                statements=len(script.statements),
            )
            self._commit(connection, script)
        return row

    def _commit(self, connection: Connection, script: Script) -> None:
        """Commits here rather than in a context manager, so that a refused COMMIT is explained."""
        try:
            connection.commit()
        except DBAPIError as error:
            where = f"{self.address.label}: {script.migration.id}"
            if getattr(error.orig, "sqlstate", None) or self.address.dialect == "sqlite":
                raise MigrationFailed(
                    f"{where}: the server refused COMMIT: {reason_of(error)}\nrolled back; nothing of this "
                    "migration is in the database"
                ) from None
            raise MigrationFailed(
                f"{where}: the connection was lost during COMMIT: {reason_of(error)}\nwhether it was applied is "
                "in the target's ledger",
                help=f"migrail status {self.address.environment}",
            ) from None

    def _apply_in_steps(
        self, script: Script, entry: BatchEntry, after: tuple[int, str], resume_since: datetime | None
    ) -> LedgerEntry:
        started = self.clock()
        finished = self._finished_statements(script, resume_since) if resume_since else 0
        with unreachable(self.address), self._engine().begin() as connection:
            head = self._append(connection, LedgerKind.STARTED, entry, after=after, started=started)
        engine = engine_for(self.address, self.limits, autocommit=True)
        try:
            with unreachable(self.address), engine.connect() as connection:
                self._set_lock_timeout(connection, script)
                for read in script.statements[finished:]:
                    self._note("intent", script, read)
                    self._run(
                        connection,
                        script,
                        read,
                        f"statements 1 to {finished} stay applied" if finished else "",
                    )
                    self._note("done", script, read)
                    finished += 1
        except MigrationFailed as error:
            self._record_failure(entry, head, started, finished, error)
            help_ = f"migrail resolve {self.address.environment} {entry.migration}"
            raise MigrationFailed(error.message, help=help_) from None
        with unreachable(self.address), self._engine().begin() as connection:
            return self._append(
                connection,
                LedgerKind.APPLIED,
                entry,
                after=(head.sequence, head.hash),
                started=started,
                statements=len(script.statements),
            )

    def _record_failure(
        self, entry: BatchEntry, head: LedgerEntry, started: datetime, finished: int, error: MigrationFailed
    ) -> None:
        with unreachable(self.address), self._engine().begin() as connection:
            self._append(
                connection,
                LedgerKind.FAILED,
                entry,
                after=(head.sequence, head.hash),
                started=started,
                statements=finished,
                detail=error.message,
            )

    def _finished_statements(self, script: Script, since: datetime) -> int:
        """How many leading statements an earlier run finished that still read the same."""
        with unreachable(self.address), self._engine().connect() as connection:
            done = self.ledger(connection).finished_statements(script.migration.id, since)
        count = 0
        for read in script.statements:
            if done.get(read.statement.number) != statement_digest(read):
                break
            count += 1
        return count

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
        except DBAPIError as error:
            place = f"{script.migration.path}:{statement.span.line}:{statement.span.column}"
            first = visible(redact(statement.text.splitlines()[0].strip()))[:120]
            lines = [
                f"{self.address.label}: {script.migration.id} failed at statement {statement.number} of {total}",
                f"  {place}: {first}",
                f"  {reason_of(error)}",
                f"  {aftermath}",
            ]
            raise MigrationFailed("\n".join(line for line in lines if line.strip())) from None

    def _note(self, event: str, script: Script, read: ReadStatement) -> None:
        with unreachable(self.address), self._engine().begin() as connection:
            self.ledger(connection).note_statement(
                "intent" if event == "intent" else "done",
                migration=script.migration.id,
                batch=self.batch.digest,
                number=read.statement.number,
                digest=statement_digest(read),
                now=self.clock(),
            )

    def _append(
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

    def _set_lock_timeout(self, connection: Connection, script: Script) -> None:
        seconds = script.directives.lock_timeout
        if seconds is not None and self.address.dialect == "postgres":
            connection.exec_driver_sql(f"SET lock_timeout = '{int(seconds * 1000)}ms'")

    def _engine(self) -> Engine:
        return engine_for(self.address, self.limits)


def statement_digest(read: ReadStatement) -> str:
    """SHA-256 of a statement's text with LF line ends."""
    text = read.statement.text.replace("\r\n", "\n").replace("\r", "\n")
    return f"sha256-text:{hashlib.sha256(text.encode()).hexdigest()}"
