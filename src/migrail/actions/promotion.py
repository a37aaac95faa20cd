"""One run of promote: what was observed, brought up to date as targets change."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from migrail import __version__
from migrail.actions.observe import (
    addresses,
    limits,
    observe,
    read_target,
    refresh,
    replace_record,
)
from migrail.actions.workspace import Workspace
from migrail.model.batch import Batch, Promotion
from migrail.model.errors import GuardBusy, InputError, LockTimeout, MigrailError, Problem, TargetUnreachable
from migrail.model.ledger import LedgerKind, Observation, Standing, TargetRecord
from migrail.model.operations import TransactionControl
from migrail.pipeline.batches import lacking, next_batch, overtaken, without_overtaken
from migrail.pipeline.decision import Decision, contradiction, decide
from migrail.pipeline.situation import Situation
from migrail.pipeline.wanted import Wanted
from migrail.results import AppliedMigration, Step, StepOutcome
from migrail.runner import Address, Applier, Progress, engine_for, guarded, unreachable
from migrail.sql import Script, read_script
from migrail.tracker import Ledger, Tracker

Show = Callable[[Progress], None]


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
        self.remarks: list[str] = []
        """What went wrong behind the promotions, such as a tracker that was lost after the last statement."""

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
            step = self._one(environment, batch)
            yield step
            first = False
            if step.outcome is not StepOutcome.SUCCEEDED or not (everything or goal.given):
                return

    def _nothing(self, environment: str) -> Step:
        refusal = contradiction(self.situation, environment)
        outcome = StepOutcome.REFUSED if refusal else StepOutcome.NOTHING
        return Step(environment=environment, batch=None, outcome=outcome, decision=refusal)

    def _one(self, environment: str, batch: Batch) -> Step:
        decision = decide(self.situation, environment, batch)
        if not decision.allowed:
            return Step(environment=environment, batch=batch, outcome=StepOutcome.REFUSED, decision=decision)
        done: list[AppliedMigration] = []
        try:
            scripts = _scripts(self._workspace, batch)
            if self._dry_run:
                return Step(environment=environment, batch=batch, outcome=StepOutcome.PLANNED, decision=decision)
            batch = self._keep(batch)
            with self._recorded(environment, batch):
                for address in addresses(self._workspace, self._workspace.settings.named(environment)):
                    done.extend(self._target(address, batch, scripts, decision))
        except _Stop as stop:
            step = Step(environment=environment, batch=batch, outcome=StepOutcome.REFUSED, decision=stop.decision)
        except MigrailError as error:
            away = isinstance(error, _AWAY)
            outcome = StepOutcome.UNREACHABLE if away else StepOutcome.FAILED
            step = Step(environment=environment, batch=batch, outcome=outcome, decision=decision, error=error)
        else:
            step = Step(environment=environment, batch=batch, outcome=StepOutcome.SUCCEEDED, decision=decision)
        return replace(step, applied=tuple(done))

    def _target(
        self, address: Address, batch: Batch, scripts: Sequence[Script], granted: Decision
    ) -> Iterator[AppliedMigration]:
        """Applies what the target lacks, with everything looked at again under the guard."""
        with guarded(address, limits(self._workspace)):
            record = self._let_in(address, batch, granted)
            applier = self._applier(address, batch)
            missing = {entry.migration for entry in lacking(batch, record.applied)}
            head = record.head
            begun = any(e.kind is LedgerKind.BATCH and e.batch == batch.digest for e in record.entries)
            if missing and not begun:
                row = applier.begin_batch(head)
                head = (row.sequence, row.hash)
            try:
                for script, entry in zip(scripts, batch.entries, strict=True):
                    if entry.migration not in missing:
                        continue
                    fact = record.facts.get(entry.migration)
                    resume = fact.resume_after if fact and fact.standing is Standing.RETRY else None
                    row = applier.apply(script, entry, head, resume_after=resume)
                    head = (row.sequence, row.hash)
                    yield AppliedMigration(
                        migration=entry.migration,
                        target=address.target,
                        statements=row.statements,
                        seconds=(row.finished_at - row.started_at).total_seconds(),
                    )
            finally:
                self._reread(address)

    def _let_in(self, address: Address, batch: Batch, granted: Decision) -> TargetRecord:
        """Asks the gates again, with fresh facts, and makes the ledger if this is the target's first batch."""
        name = address.environment
        known = self._record(address)
        record = read_target(self._workspace, address)
        self._see(address, record)
        below = self.situation.place(name).after
        self.situation = refresh(self._workspace, self._tracker, self.situation, below)
        untouched = record.head == (known.head if known else (0, ""))
        decision = decide(self.situation, name, batch, granted=granted.state if untouched else None)
        if not decision.allowed:
            raise _Stop(decision)
        self._settle(name)
        if record.identity is not None:
            return record
        with unreachable(address), engine_for(address, limits(self._workspace)).begin() as connection:
            ledger = Ledger(connection, address.ledger_schema)
            ledger.create(
                project=batch.project, environment=name, target=address.target, now=self._workspace.clock()
            )
            return ledger.read(address.target)

    def _settle(self, environment: str) -> None:
        """Ends promotions that were killed: whoever holds the guard knows that none of them goes on."""
        for promotion in self._tracker.promotions():
            ours = promotion.id == self._promotion
            if not ours and (promotion.environment, promotion.outcome) == (environment, "running"):
                ended = replace(promotion, outcome="failed", detail="interrupted: the process was gone")
                self._tracker.save_promotion(replace(ended, finished_at=self._workspace.clock()))

    def _applier(self, address: Address, batch: Batch) -> Applier:
        return Applier(
            address=address,
            limits=limits(self._workspace),
            batch=batch,
            actor=self._workspace.actor,
            tool_version=__version__,
            ledger=lambda connection: Ledger(connection, address.ledger_schema),
            clock=self._workspace.clock,
            progress=self._progress,
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
            self._see(address, record)
            self._tracker.save_observation(address.environment, record, now=self._workspace.clock())

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
            away = isinstance(error, _AWAY)
            outcome, detail = "unreachable" if away else "failed", error.message
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


def _scripts(workspace: Workspace, batch: Batch) -> list[Script]:
    """The batch's migrations, read; transaction control is refused before anything is touched."""
    by_id = {migration.id: migration for migration in workspace.strictly_ordered}
    scripts: list[Script] = []
    problems: list[Problem] = []
    for id in batch.migrations:
        try:
            script = read_script(by_id[id], workspace.dialect)
        except InputError as error:
            problems.extend(error.problems)
            continue
        scripts.append(script)
        problems.extend(_transaction_control(script))
    if problems:
        raise InputError(problems)
    return scripts


def _transaction_control(script: Script) -> Iterator[Problem]:
    for read in script.statements:
        for operation in read.operations:
            if isinstance(operation, TransactionControl) and operation.ends_transaction:
                yield Problem(
                    message=f"{operation.verb}: a migration cannot begin or end transactions; migrail wraps it in "
                    "one (or in none with -- migrail: transaction=off)",
                    path=script.migration.path,
                    line=read.statement.span.line,
                    column=read.statement.span.column,
                )
