"""Applies migrations to one target, statement by statement as the author wrote them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from migrail.dialects import Dialect
from migrail.model.batch import Batch, BatchEntry, manifest_to_json
from migrail.model.ledger import Draft, Head, LedgerEntry, LedgerKind, Seal
from migrail.model.migration import TransactionMode
from migrail.model.ports import LedgerAccess
from migrail.pipeline.course import Course, course
from migrail.runner.address import Address, Limits
from migrail.runner.applied import Applied
from migrail.runner.attempts import Attempts
from migrail.runner.events import Happening, Progress, Show
from migrail.runner.failures import LOOK, ROLLED_BACK, explain
from migrail.runner.faults import Fault, FaultKind
from migrail.runner.journal import Journal
from migrail.runner.servers import Guard
from migrail.runner.session import Following, Session
from migrail.runner.stopping import Stopping
from migrail.sql import ReadStatement, Script


@dataclass(frozen=True, kw_only=True)
class Applier:
    """Applies the migrations of one batch to one target whose guard is held. Close it at the end."""

    address: Address
    limits: Limits
    batch: Batch
    actor: str
    tool_version: str
    ledger: LedgerAccess
    dialect: Dialect
    mode: TransactionMode
    guard: Guard
    show: Show = lambda _: None
    stopping: Stopping = field(default_factory=Stopping)

    @cached_property
    def journal(self) -> Journal:
        """The target's journal."""
        return Journal(address=self.address, limits=self.limits, ledger=self.ledger)

    @cached_property
    def attempts(self) -> Attempts:
        """The sessions in which statements run."""
        return Attempts(
            address=self.address,
            limits=self.limits,
            ledger=self.ledger,
            guard=self.guard,
            stopping=self.stopping,
            tell=self._tell,
        )

    @cached_property
    def _courses(self) -> dict[str, Course]:
        """How the migration runs that was sent ahead, by its id."""
        return {}

    @cached_property
    def _unheard(self) -> set[int]:
        """The number of the row of a migration that was sent before the connection was lost."""
        return set()

    @cached_property
    def _current(self) -> list[Script]:
        """The migration that is under way, for what is told."""
        return []

    def close(self) -> None:
        """Ends all connections."""
        self.attempts.close()
        self.journal.close()

    @property
    def ahead(self) -> bool:
        """Whether the migration that follows was sent already: it has to be applied next."""
        return self.attempts.ahead or bool(self._unheard)

    def _course(self, script: Script) -> Course:
        return self._courses.pop(script.migration.id, None) or course(script, self.dialect, self.mode)

    def begin_batch(self, after: Head) -> LedgerEntry:
        """Notes in the ledger that the batch begins here, with its manifest."""
        return self.journal.append(Seal(after=after, row=self.batch_row()))

    def apply(
        self,
        script: Script,
        entry: BatchEntry,
        after: Head,
        *,
        resume_after: int | None = None,
        following: tuple[Script, BatchEntry] | None = None,
    ) -> Applied:
        """Applies one migration; the ledger's head must be ``after``.

        Args:
            following: the migration that is applied next, from its beginning, if this one is. It may be sent before
                the answers to this one are there; see ``ahead``.
            resume_after: leave out the leading statements that attempts behind this row of the ledger finished; for
                a migration that stopped half-way and goes on.

        Raises:
            MigrationFailed: a statement failed; the message says what is true in the database now.
            LockTimeout: a table was locked for too long; nothing was changed.
            IdentityError: a statement that an earlier attempt finished was edited since; nothing was changed.
            GuardBusy: another promotion was faster; nothing was changed.
            TargetUnreachable: no connection could be made; nothing was changed.
            Interrupted: somebody stopped it; nothing was changed.
        """
        self._current[:] = [script]
        plan = self._course(script)
        if plan.whole and resume_after is None:
            done = self._whole(script, entry, after, following)
        else:
            from migrail.runner.stepped import Stepped  # with the looking up of what a crash left: seldom needed

            done = Stepped(self, script, _as_it_runs(script, entry), plan).run(after, resume_after)
        row = done.entry
        seconds = (row.finished_at - row.started_at).total_seconds()
        self._tell(Happening.APPLIED, None, seconds, ", ".join(done.locks))
        return done

    def apply_batch(self, scripts: Sequence[Script], entries: Sequence[BatchEntry], after: Head) -> list[Applied]:
        """Applies migrations and the row of their batch in one transaction: all of them or none.

        Raises:
            As for ``apply``, with nothing changed.
        """
        rows = [
            self.batch_row(),
            *(self._applied_row(s, e) for s, e in zip(scripts, entries, strict=True)),
        ]

        def work(session: Session) -> list[Applied]:
            done: list[Applied] = []
            head = after
            for number, row in enumerate(rows):
                script = scripts[number - 1] if number else None
                if script is not None:
                    self._current[:] = [script]
                    session.prepare(self.lock_timeout(script))
                sealed = session.together(
                    script.statements if script else (),
                    Seal(after=head, row=row),
                    self.attempts.starting,
                    begin=number == 0,
                    commit=number == len(rows) - 1,
                )
                assert sealed.entry is not None
                done.append(Applied(entry=sealed.entry, locks=sealed.locks))
                head = done[-1].head
            return done[1:]

        self._current[:] = [scripts[0]]
        try:
            done = self.attempts.run(lambda session: session.prepare(self.limits.lock), work)
        except Fault as fault:
            done = self._batch_after(fault, after, len(rows))
        for script, applied in zip(scripts, done, strict=True):
            self._current[:] = [script]
            row = applied.entry
            seconds = (row.finished_at - row.started_at).total_seconds()
            self._tell(Happening.APPLIED, None, seconds, ", ".join(applied.locks))
        return done

    def _batch_after(self, fault: Fault, after: Head, rows: int) -> list[Applied]:
        script = self._current[0]
        if fault.kind is FaultKind.LOST:
            found = [self.attempts.after_loss(after[0] + number) for number in range(1, rows + 1)]
            there = [Applied(entry=row) for row in found if row is not None]
            if len(there) == rows:
                return there[1:]
        safe = fault.kind is not FaultKind.ENDED
        aftermath = "the whole batch was rolled back; nothing of it is in the database" if safe else LOOK
        raise explain(self.address, script, fault, aftermath, safe=safe) from None

    def _whole(
        self, script: Script, entry: BatchEntry, after: Head, following: tuple[Script, BatchEntry] | None
    ) -> Applied:
        if self._unheard:
            self._unheard.clear()
            found = self.attempts.after_loss(after[0] + 1, ahead=True)
            if found is not None and self._is_ours(found, script):
                return Applied(entry=found)
        seal = Seal(after=after, row=self._applied_row(script, entry))
        try:
            sealed = self.attempts.run(
                lambda session: session.prepare(self.lock_timeout(script)),
                lambda session: session.together(
                    script.statements, seal, self.attempts.starting, following=lambda: self._following(following)
                ),
            )
        except Fault as fault:
            if fault.kind is FaultKind.LOST:
                found = self.attempts.after_loss(after[0] + 1)
                if found is not None and self._is_ours(found, script):
                    if following is not None:
                        self._unheard.add(found.sequence + 1)
                    return Applied(entry=found)
            safe = fault.kind is not FaultKind.ENDED
            raise explain(self.address, script, fault, ROLLED_BACK if safe else LOOK, safe=safe) from None
        assert sealed.entry is not None
        return Applied(entry=sealed.entry, locks=sealed.locks)

    def _following(self, following: tuple[Script, BatchEntry] | None) -> Following | None:
        if following is None or self.stopping.wanted:
            return None
        script, entry = following
        plan = self._courses[script.migration.id] = course(script, self.dialect, self.mode)
        if not plan.whole:
            return None
        row = self._applied_row(script, entry)
        return Following(statements=script.statements, row=row, lock_timeout=self.lock_timeout(script))

    def _is_ours(self, found: LedgerEntry, script: Script) -> bool:
        said = (found.kind, found.migration, found.digests)
        return said == (LedgerKind.APPLIED, script.migration.id, script.migration.digests)

    def lock_timeout(self, script: Script) -> float:
        """Seconds: what the migration asks for, else what is configured."""
        asked = script.directives.lock_timeout
        return self.limits.lock if asked is None else asked

    def _applied_row(self, script: Script, entry: BatchEntry) -> Draft:
        return self.draft(LedgerKind.APPLIED, _as_it_runs(script, entry), statements=len(script.statements))

    def batch_row(self) -> Draft:
        """The row with which a batch begins."""
        return self.draft(LedgerKind.BATCH, None, detail=manifest_to_json(self.batch))

    def draft(self, kind: LedgerKind, entry: BatchEntry | None, *, statements: int = 0, detail: str = "") -> Draft:
        """A row of the ledger about the batch or one of its migrations."""
        return Draft(
            kind=kind,
            migration=entry.migration if entry else None,
            digests=entry.digests if entry else None,
            batch=self.batch.digest,
            actor=self.actor,
            tool_version=self.tool_version,
            statements=statements,
            detail=detail,
        )

    def _tell(self, what: Happening, read: ReadStatement | None, seconds: float, detail: str) -> None:
        script = self._current[0]
        self.show(
            Progress(
                happening=what,
                address=self.address,
                batch=self.batch.label,
                migration=script.migration.id,
                statement=read.statement.number if read else 0,
                statements=len(script.statements),
                elapsed=seconds,
                detail=detail,
            )
        )


def _as_it_runs(script: Script, entry: BatchEntry) -> BatchEntry:
    """The bytes that run are the file's; the batch's text digest is the same."""
    return replace(entry, digests=script.migration.digests)
