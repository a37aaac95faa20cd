"""One run of promote: what was observed, brought up to date as targets change."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from migrail import __version__
from migrail.actions.observe import (
    addresses,
    is_guarded,
    limits,
    observe,
    read_target,
    refresh,
    remember,
    replace_record,
    transaction_mode,
)
from migrail.actions.workspace import Workspace
from migrail.model.batch import Batch, BatchEntry, Promotion
from migrail.model.errors import (
    GuardBusy,
    IdentityError,
    Interrupted,
    LockTimeout,
    MigrailError,
    TargetUnreachable,
)
from migrail.model.ledger import Head, LedgerKind, Observation, Standing, TargetRecord
from migrail.model.migration import TransactionMode
from migrail.pipeline.batches import lacking, next_batch, overtaken, without_overtaken
from migrail.pipeline.decision import Decision, contradiction, decide
from migrail.pipeline.situation import Situation
from migrail.pipeline.wanted import Wanted
from migrail.results.promotion import AppliedMigration, Step, StepOutcome
from migrail.runner import (
    Address,
    Guard,
    Happening,
    Progress,
    Show,
    Stopping,
    guarded,
    writing,
)
from migrail.tracker import LedgerAccess, Tracker

if TYPE_CHECKING:  # what reads and runs migrations comes along when there is one to apply
    from migrail.runner.applied import Applied
    from migrail.runner.apply import Applier
    from migrail.sql import Script

_AWAY = (TargetUnreachable, GuardBusy, LockTimeout)
"""What another try may get past."""


class _Stop(Exception):
    """The gates, asked again under the guard, said no."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(decision.environment)
        self.decision = decision


class PromotionRun:
    """Brings batches into environments, one call of ``promote`` long."""

    def __init__(self, workspace: Workspace, tracker: Tracker, *, dry_run: bool, progress: Show) -> None:
        self._workspace = workspace
        self._tracker = tracker
        self._dry_run = dry_run
        self._progress = progress
        self.observed = observe(workspace, tracker)
        self._overtaken = overtaken(self.observed.situation)
        self.situation: Situation = without_overtaken(self.observed.situation)
        self._promotion = ""
        self._said_about: tuple[Address, Batch] | None = None
        self.stopping = Stopping(self._said)
        """Somebody who asks to stop asks for all that was to follow."""
        self.remarks: list[str] = []
        """What went wrong behind the promotions, such as a tracker that was lost after the last statement."""
        self.busy: dict[str, MigrailError] = {}
        """Where another promotion works and did not end in time, by environment."""

    def require_free(self, environment: str) -> None:
        """Raises who works in an environment, if somebody was waited for in vain."""
        if environment in self.busy:
            raise self.busy[environment]

    def into(self, environment: str, goal: Wanted, *, everything: bool) -> Iterator[Step]:
        """Promotes batch after batch until the goal is reached, a gate is closed or nothing is left."""
        first = True
        while True:
            place = self.situation.place(environment)
            batch = next_batch(self.situation, place, upto=goal.migration)
            if batch is None or goal.reached(batch):
                if first:
                    yield self._nothing(environment)
                return
            step = self.stopped(environment, batch) or self._one(environment, batch)
            yield step
            first = False
            if step.outcome is not StepOutcome.SUCCEEDED or not (everything or goal.given):
                return

    def stopped(self, environment: str, batch: Batch | None) -> Step | None:
        """That something is not begun any more, if somebody asked to stop."""
        if not self.stopping.wanted:
            return None
        what = batch.label if batch else "anything"
        error = Interrupted(f"{environment}: stopped before {what}, as asked; nothing is half-done")
        return Step(environment=environment, batch=batch, outcome=StepOutcome.INTERRUPTED, error=error)

    def _nothing(self, environment: str) -> Step:
        refusal = contradiction(self.situation, environment)
        outcome = StepOutcome.REFUSED if refusal else StepOutcome.NOTHING
        return Step(environment=environment, batch=None, outcome=outcome, decision=refusal)

    def _one(self, environment: str, batch: Batch) -> Step:
        decision = decide(self.situation, environment, batch)
        if not decision.allowed:
            return Step(environment=environment, batch=batch, outcome=StepOutcome.REFUSED, decision=decision)
        from migrail.actions.fitness import fit_to_run

        done: list[AppliedMigration] = []
        try:
            scripts = fit_to_run(self._workspace, batch, transaction_mode(self._workspace, environment))
            if self._dry_run:
                return Step(environment=environment, batch=batch, outcome=StepOutcome.PLANNED, decision=decision)
            batch = self._keep(batch)
            with self._recorded(environment, batch):
                place = self._workspace.settings.named(environment)
                for address in addresses(self._workspace, place, direct=True):
                    done.extend(self._target(address, batch, scripts, decision))
        except _Stop as stop:
            step = Step(environment=environment, batch=batch, outcome=StepOutcome.REFUSED, decision=stop.decision)
        except MigrailError as error:
            outcome = _outcome(error)
            step = Step(environment=environment, batch=batch, outcome=outcome, decision=decision, error=error)
        else:
            step = Step(environment=environment, batch=batch, outcome=StepOutcome.SUCCEEDED, decision=decision)
        return replace(step, applied=tuple(done))

    def _target(
        self, address: Address, batch: Batch, scripts: Sequence[Script], granted: Decision
    ) -> Iterator[AppliedMigration]:
        """Applies what the target lacks, with everything looked at again under the guard."""
        bounds = limits(self._workspace, address.environment)
        with guarded(address, bounds) as guard:
            record = self._let_in(address, batch, granted)
            self._said_about = address, batch
            applier = self._applier(address, batch, guard)
            missing = {entry.migration for entry in lacking(batch, record.applied)}
            work = [pair for pair in zip(scripts, batch.entries, strict=True) if pair[1].migration in missing]
            try:
                with self.stopping.listening():
                    if applier.mode is TransactionMode.BATCH and work:
                        yield from self._at_once(applier, work, record.head)
                    else:
                        yield from self._one_by_one(applier, work, record)
            finally:
                applier.close()
                self._reread(address)

    def _one_by_one(
        self, applier: Applier, work: Sequence[tuple[Script, BatchEntry]], record: TargetRecord
    ) -> Iterator[AppliedMigration]:
        head = record.head
        digest = applier.batch.digest
        if work and not any(e.kind is LedgerKind.BATCH and e.batch == digest for e in record.entries):
            row = applier.begin_batch(head)
            head = (row.sequence, row.hash)
        for (script, entry), following in zip_longest(work, work[1:]):
            if applier.stopping.wanted and not applier.ahead:
                label = applier.address.label
                raise Interrupted(f"{label}: stopped before {entry.migration}, as asked; nothing is half-done")
            behind = following if following and _resumed(record, following[1]) is None else None
            resume = _resumed(record, entry)
            done = applier.apply(script, entry, head, resume_after=resume, following=behind)
            head = done.head
            yield _applied(applier.address, done)

    def _at_once(
        self, applier: Applier, work: Sequence[tuple[Script, BatchEntry]], head: Head
    ) -> Iterator[AppliedMigration]:
        for done in applier.apply_batch([script for script, _ in work], [entry for _, entry in work], head):
            yield _applied(applier.address, done)

    def _let_in(self, address: Address, batch: Batch, granted: Decision) -> TargetRecord:
        """Asks the gates again, with fresh facts, and makes the ledger if this is the target's first batch."""
        name = address.environment
        known = self._record(address)
        record = replace(
            read_target(self._workspace, address), running=False
        )  # whoever holds the guard is this one
        if known and known.identity and record.identity and known.identity.id != record.identity.id:
            raise IdentityError(
                f"{address.label}: url and migration_url lead to different databases",
                help=f"check both in environment {name}",
            )
        self._see(address, replace(record, lost=known.lost if known else {}))
        below = self.situation.place(name).after
        self.situation = refresh(self._workspace, self._tracker, self.situation, below)
        untouched = record.head == (known.head if known else (0, ""))
        decision = decide(self.situation, name, batch, granted=granted.state if untouched else None)
        if not decision.allowed:
            raise _Stop(decision)
        self._settle(address)
        with writing(address, limits(self._workspace, name)) as connection:
            ledger = LedgerAccess(address.ledger_schema).on(connection)
            if record.identity is not None:
                ledger.upgrade(record.server)
                return record
            ledger.create(
                project=batch.project,
                environment=name,
                target=address.target,
                now=self._workspace.clock(),
                server=record.server,
            )
            return ledger.read(address.target)

    def _settle(self, address: Address) -> None:
        """Ends promotions that were killed: none of them goes on if nobody else holds a guard there."""
        others = [p for p in self._tracker.promotions() if p.id != self._promotion]
        left = [p for p in others if (p.environment, p.outcome) == (address.environment, "running")]
        if left and not is_guarded(self._workspace, address.environment, but=address.target):
            for promotion in left:
                ended = replace(promotion, outcome="failed", detail="interrupted: the process was gone")
                self._tracker.save_promotion(replace(ended, finished_at=self._workspace.clock()))

    def _applier(self, address: Address, batch: Batch, guard: Guard) -> Applier:
        from migrail.runner.apply import Applier

        return Applier(
            address=address,
            limits=limits(self._workspace, address.environment),
            batch=batch,
            actor=self._workspace.actor,
            tool_version=__version__,
            ledger=LedgerAccess(address.ledger_schema),
            dialect=self._workspace.dialect,
            mode=transaction_mode(self._workspace, address.environment),
            guard=guard,
            show=self._progress,
            stopping=self.stopping,
        )

    def _said(self, detail: str) -> None:
        """Tells what a signal will lead to."""
        if self._said_about:
            address, batch = self._said_about
            what = Happening.STOPPING
            self._progress(
                Progress(happening=what, address=address, batch=batch.label, migration="", detail=detail)
            )

    def _record(self, address: Address) -> TargetRecord | None:
        """What is known about a target so far."""
        place = self.situation.place(address.environment)
        return next(o.record for o in place.observations if o.target == address.target)

    def _see(self, address: Address, record: TargetRecord) -> None:
        observation = Observation(
            environment=address.environment,
            target=address.target,
            record=record,
            observed_at=self._workspace.clock(),
        )
        self.situation = replace_record(self.situation, observation)

    def _reread(self, address: Address) -> None:
        """Brings the picture of a target up to date, in the tracker too, whether it went well or not."""
        with self._remarked():
            record = read_target(self._workspace, address)
            now = self._workspace.clock()
            self._see(address, remember(self._tracker, address.environment, record, now=now))

    def _keep(self, batch: Batch) -> Batch:
        """Gives a new batch its number, and lets those give way whose migrations it takes over."""
        new = batch.number is None
        kept = self._tracker.add_batch(batch, author=self._workspace.actor, now=self._workspace.clock())
        if new:
            for gone in self._overtaken:
                if gone.digest != kept.digest:
                    self._tracker.supersede(gone, actor=self._workspace.actor, now=self._workspace.clock())
            self.situation = replace(self.situation, batches=(*self.situation.batches, kept))
        return kept

    @contextmanager
    def _recorded(self, environment: str, batch: Batch) -> Iterator[None]:
        """Notes in the tracker how the promotion began and ended."""
        promotion = Promotion(
            id=uuid.uuid4().hex,
            environment=environment,
            batch=batch.digest,
            actor=self._workspace.actor,
            started_at=self._workspace.clock(),
        )
        self._promotion = promotion.id
        self._tracker.save_promotion(promotion)
        outcome, detail = "failed", "interrupted"
        try:
            yield
            outcome, detail = "succeeded", ""
        except _Stop:
            outcome, detail = "refused", "a gate closed meanwhile"
            raise
        except MigrailError as error:
            outcome, detail = _outcome(error).value, error.record
            raise
        finally:
            ended = replace(promotion, finished_at=self._workspace.clock(), outcome=outcome, detail=detail)
            with self._remarked():
                self._tracker.save_promotion(ended)

    @contextmanager
    def _remarked(self) -> Iterator[None]:
        """What happened to the target is the answer; a tracker that is lost behind it is a remark."""
        try:
            yield
        except MigrailError as error:
            self.remarks.append(error.message)


def _resumed(record: TargetRecord, entry: BatchEntry) -> int | None:
    """Behind which row of the ledger a migration goes on that stopped half-way."""
    fact = record.facts.get(entry.migration)
    return fact.resume_after if fact and fact.standing is Standing.RETRY else None


def _outcome(error: MigrailError) -> StepOutcome:
    if isinstance(error, Interrupted):
        return StepOutcome.INTERRUPTED
    return StepOutcome.UNREACHABLE if isinstance(error, _AWAY) else StepOutcome.FAILED


def _applied(address: Address, done: Applied) -> AppliedMigration:
    row = done.entry
    return AppliedMigration(
        migration=str(row.migration),
        target=address.target,
        statements=row.statements,
        seconds=(row.finished_at - row.started_at).total_seconds(),
        locks=done.locks,
    )
