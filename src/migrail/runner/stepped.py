"""A migration that cannot be one transaction: step by step, with a journal."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from migrail.model.batch import BatchEntry
from migrail.model.errors import MigrailError, MigrationFailed
from migrail.model.ledger import Draft, Head, JournalEvent, LedgerKind, Seal
from migrail.model.operations import DropTable, DropView, Opaque, RunCode
from migrail.pipeline.course import Course, Manner, Step, sets_up_session
from migrail.runner.applied import Applied
from migrail.runner.connect import clearing, driver_errors, reading
from migrail.runner.events import Happening
from migrail.runner.failures import explain, stayed
from migrail.runner.faults import Fault, FaultKind, reason_of
from migrail.runner.journal import Told, finished_prefix, note_of, statement_digest, told
from migrail.runner.lookup import Outcome
from migrail.runner.recovery import found_out
from migrail.runner.servers import server_of
from migrail.runner.session import Session
from migrail.sql import ReadStatement, Script

if TYPE_CHECKING:
    from migrail.runner.apply import Applier


class Stepped:
    """One attempt at one migration."""

    def __init__(self, applier: Applier, script: Script, entry: BatchEntry, course: Course) -> None:
        self._applier = applier
        self._script = script
        self._entry = entry
        self._course = course
        self._finished = 0
        self._known: Told = told(())
        self._head: Head = (0, "")
        self._attempt = 0
        self._began = time.monotonic()
        self._in_doubt = False
        """A statement has an intent in the journal and nothing behind it, or the last row got no answer."""
        self._ready: Session | None = None
        """The session that is set up for this migration."""

    def run(self, after: Head, resume_after: int | None) -> Applied:
        """Applies what is left of the migration. See :meth:`migrail.runner.apply.Applier.apply`."""
        applier = self._applier
        if resume_after is not None:
            self._known = applier.journal.read(self._script.migration.id, resume_after)
            self._finished = finished_prefix(applier.address, self._script, self._known)
        begun = applier.journal.append(Seal(after=after, row=applier.draft(LedgerKind.STARTED, self._entry)))
        self._attempt, self._head = begun.sequence, (begun.sequence, begun.hash)
        try:
            return self._steps()
        except Fault as fault:
            raise self._ended_by(fault) from None
        except MigrailError as error:
            raise self._broken_off(error) from None

    def _steps(self) -> Applied:
        applier, locks = self._applier, tuple[str, ...]()
        remaining = list(self._remaining())
        for number, step in enumerate(remaining, 1):
            if step.manner is Manner.ALONE:
                self._alone(step.statements[0])
                continue
            last = number == len(remaining)
            notes = tuple(note_of(JournalEvent.DONE, self._script, r, self._attempt) for r in step.statements)
            seal = Seal(after=self._head, row=self._applied() if last else None, notes=notes)
            sealed = applier.attempts.run(
                self._set_up,
                lambda session, step=step, seal=seal: session.together(  # type: ignore[misc]
                    step.statements, seal, applier.attempts.starting
                ),
            )
            self._finished += len(step.statements)
            locks = (*locks, *sealed.locks)
            if sealed.entry is not None:
                return Applied(entry=sealed.entry, locks=locks)
        self._in_doubt = True  # an answer that is lost leaves open whether the row is there
        return Applied(entry=applier.journal.append(Seal(after=self._head, row=self._applied())), locks=locks)

    def _applied(self) -> Draft:
        row = self._applier.draft(LedgerKind.APPLIED, self._entry, statements=len(self._script.statements))
        return replace(row, worked=time.monotonic() - self._began)

    def _remaining(self) -> Iterator[Step]:
        for step in self._course.steps:
            left = tuple(read for read in step.statements if read.statement.number > self._finished)
            if left:
                yield replace(step, statements=left)

    def _set_up(self, session: Session) -> None:
        """Prepares a session unless it is this migration's already; what its file set before is set again."""
        if session is self._ready:
            return
        session.prepare(self._applier.lock_timeout(self._script))
        for read in self._script.statements[: self._finished]:
            if sets_up_session(read):
                session.alone(read, patient=False)
        self._ready = session

    def _alone(self, read: ReadStatement) -> None:
        applier = self._applier
        cleared = self._clear_away(read)
        applier.guard.require()
        if applier.stopping.wanted:
            applier.attempts.starting(read)  # raises, before there is an intent
        self._in_doubt = True
        applier.journal.write(note_of(JournalEvent.INTENT, self._script, read, self._attempt), self._head)
        self._known = replace(self._known, tried=self._known.tried | {statement_digest(read)})

        def work(session: Session) -> None:
            nonlocal cleared
            if cleared and self._took_effect(read):
                return
            applier.attempts.starting(read)
            try:
                session.alone(read, patient=read.concurrent)
            except Fault as fault:
                if fault.kind is FaultKind.LOCKED and _may_be_half_done(read):
                    fault.kind = FaultKind.REFUSED
                elif fault.kind is FaultKind.LOCKED:
                    cleared = self._clear_away(read)  # of what the victim of a deadlock left
                raise

        applier.attempts.run(self._set_up, work)
        if self._leftovers(read):
            said = "the server says that it succeeded, but it left an invalid index"
            raise Fault(kind=FaultKind.REFUSED, message=said, read=read)
        applier.journal.write(note_of(JournalEvent.DONE, self._script, read, self._attempt), self._head)
        self._in_doubt = False
        self._finished += 1

    def _leftovers(self, read: ReadStatement) -> tuple[str, ...]:
        if not read.concurrent:
            return ()
        address, limits = self._applier.address, self._applier.limits
        with reading(address, limits, briefly=True) as connection:
            found = [server_of(address).leftovers(connection, operation) for operation in read.operations]
        return tuple(statement for part in found for statement in part)

    def _took_effect(self, read: ReadStatement) -> bool:
        """Whether clearing away what was left of a statement was its last step, as for DETACH ... CONCURRENTLY."""
        applier = self._applier
        return found_out(applier.address, applier.limits, applier.dialect, read) is Outcome.DONE

    def _clear_away(self, read: ReadStatement) -> bool:
        """Removes what an interrupted run of the same statement left, or finishes that; whether there was anything.

        What is not ours is not touched.
        """
        found = self._leftovers(read)
        if not found:
            return False
        address = self._applier.address
        if statement_digest(read) not in self._known.tried and read.statement.number not in self._known.places:
            raise MigrationFailed(
                f"{self._script.migration.path}:{read.statement.span.line}: something half-done is in the way that "
                "this migration did not leave",
                help=f"look at it, then: {'; '.join(found)}",
            )
        with clearing(address, self._applier.limits) as connection:
            for statement in found:
                try:
                    connection.exec_driver_sql(statement)
                except driver_errors() as error:
                    said = f"{statement}: {reason_of(error)}"
                    raise Fault(kind=FaultKind.REFUSED, message=said, read=read) from None
                self._applier.attempts.tell(Happening.RECOVERED, read, 0.0, statement)
        return True

    def _broken_off(self, error: MigrailError) -> MigrailError:
        """The error for what came up around the statements, such as a guard or a journal that was lost."""
        label = self._applier.address.label
        said = f"{label}: {self._script.migration.id}: {error.message.removeprefix(f'{label}: ')}"
        if self._in_doubt:
            said = f"{said}\n  what became of it is looked up by the next promotion"
            return MigrationFailed(said, help=f"migrail reconcile {self._applier.address.environment}")
        return self._stopped(MigrationFailed(said)) if self._finished else self._undone(error)

    def _ended_by(self, fault: Fault) -> MigrailError:
        """The error for a fault, with the ledger saying what is true."""
        applier, read = self._applier, fault.read
        address, script = applier.address, self._script
        if fault.kind is FaultKind.OVERTAKEN:
            return MigrationFailed(
                f"{address.label}: {script.migration.id}: another promotion took over while this one had lost its "
                f"guard; this one stopped\n  {stayed(self._finished)}",
                help=f"migrail status {address.environment}",
            )
        if fault.kind is FaultKind.LOST:
            said = explain(
                address, script, fault, "what became of it is looked up by the next promotion", safe=False
            )
            help_ = f"migrail reconcile {address.environment}"
            return MigrationFailed(said.message, help=help_, record=said.record)
        left = self._left_by(read)
        if self._finished == 0 and not left:
            error = explain(address, script, fault, "nothing of this migration is in the database", safe=True)
            return self._undone(error)
        aftermath = "; ".join(part for part in (stayed(self._finished), left) if part)
        return self._stopped(explain(address, script, fault, aftermath, safe=False))

    def _left_by(self, read: ReadStatement | None) -> str:
        """What the statement that failed may have left; empty where a failure leaves nothing."""
        if read is None or read not in self._course.outside:
            return ""
        try:
            if self._leftovers(read):
                return "an invalid index is left, which the next try removes"
        except MigrailError:
            return "whether it left something is not known"
        drops = [operation for operation in read.operations if isinstance(operation, DropTable | DropView)]
        several = len(drops) > 1 and not self._applier.dialect.transactional_ddl
        return (
            "the statement that failed may have done part of its work" if _may_be_half_done(read) or several else ""
        )

    def _undone(self, error: MigrailError) -> MigrailError:
        """Notes that nothing is there, so that nobody has to decide anything."""
        try:
            self._append(LedgerKind.UNDONE, error.record)
        except MigrailError as problem:
            return self._unwritten(error, problem)
        return error

    def _stopped(self, error: MigrailError) -> MigrationFailed:
        """Records the failure if that is possible; without the row, the ledger says that it is in doubt."""
        address = self._applier.address
        try:
            self._append(LedgerKind.FAILED, error.record)
        except MigrailError as problem:
            return self._unwritten(error, problem)
        help_ = f"migrail resolve {address.environment} {self._entry.migration} --reason ... --retry"
        return MigrationFailed(error.message, help=help_, record=error.record)

    def _append(self, kind: LedgerKind, detail: str) -> None:
        draft = self._applier.draft(kind, self._entry, statements=self._finished, detail=detail)
        self._applier.journal.append(Seal(after=self._head, row=draft))

    def _unwritten(self, error: MigrailError, problem: MigrailError) -> MigrationFailed:
        said = f"\n  this could not be written into the ledger: {problem.message}"
        help_ = f"migrail reconcile {self._applier.address.environment}"
        return MigrationFailed(f"{error.message}{said}", help=help_, record=f"{error.record}{said}")


def _may_be_half_done(read: ReadStatement) -> bool:
    """Whether code that the server runs may have committed something before it failed."""
    return any(isinstance(operation, Opaque | RunCode) for operation in read.operations)
