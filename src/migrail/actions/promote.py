"""promote: brings batches into environments."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from migrail import __version__
from migrail.actions.observe import (
    Observed,
    addresses,
    check_identity,
    limits,
    observe,
    replace_record,
    tracker_of,
)
from migrail.actions.workspace import Workspace
from migrail.model.batch import Batch, Promotion
from migrail.model.errors import InputError, MigrailError, MigrationFailed, Problem, TargetUnreachable
from migrail.model.ledger import LedgerEntry, LedgerKind, Observation, TargetRecord
from migrail.model.operations import TransactionControl
from migrail.pipeline.batches import lacking, next_batch, overtaken, without_overtaken
from migrail.pipeline.decision import Decision, contradiction, decide
from migrail.pipeline.situation import Situation
from migrail.pipeline.state import Standing, applied, facts
from migrail.pipeline.wanted import Wanted, wanted
from migrail.results import AppliedMigration, PromotionReport, Step, StepOutcome
from migrail.runner import Address, Applier, Progress, engine_for, guarded, unreachable
from migrail.sql import Script, read_script
from migrail.tracker import Ledger, Tracker


class _Stop(Exception):
    """The gates, asked again under the guard, said no."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(decision.environment)
        self.decision = decision


Show = Callable[[Progress], None]


def promote(
    workspace: Workspace,
    environment: str,
    *,
    to: str | None = None,
    everything: bool = False,
    dry_run: bool = False,
    progress: Show = lambda _: None,
) -> PromotionReport:
    """Brings the next batch into an environment, or all batches up to ``to``, or all there are.

    Args:
        to: number or digest of a batch, or, where batches enter, the id or number of a migration.
        dry_run: decide, but change nothing.

    Raises:
        UsageError: there is no such environment, batch or migration.
        InputError: migrations cannot be read.
        TargetUnreachable, GuardBusy: a target of the environment cannot be used; nothing was changed.
        IdentityError: a target is not what the configuration says it is.
    """
    workspace.require_environment(environment)
    with tracker_of(workspace) as tracker:
        run = _Run(workspace, tracker, dry_run=dry_run, progress=progress)
        run.observed.require_live(environment)
        goal = wanted(run.situation, environment, to)
        return PromotionReport(
            project=workspace.settings.project.name,
            steps=tuple(run.into(environment, goal, everything=everything)),
        )


def promote_auto(
    workspace: Workspace, *, dry_run: bool = False, progress: Show = lambda _: None
) -> PromotionReport:
    """Walks every environment, lowest first, as far as its gates let it.

    An environment that cannot be reached, or whose migration fails, is reported as a step; the walk goes on with
    the others, whose gates look after the rest.
    """
    with tracker_of(workspace) as tracker:
        run = _Run(workspace, tracker, dry_run=dry_run, progress=progress)
        steps: list[Step] = []
        for environment in workspace.pipeline:
            try:
                run.observed.require_live(environment)
                steps.extend(run.into(environment, Wanted(), everything=True))
            except InputError:
                raise
            except MigrailError as error:
                steps.append(
                    Step(environment=environment, batch=None, outcome=StepOutcome.UNREACHABLE, error=error)
                )
        return PromotionReport(project=workspace.settings.project.name, steps=tuple(steps))


class _Run:
    """One call: what was observed, brought up to date as targets change."""

    def __init__(self, workspace: Workspace, tracker: Tracker, *, dry_run: bool, progress: Show) -> None:
        self._workspace = workspace
        self._tracker = tracker
        self._dry_run = dry_run
        self._progress = progress
        self.observed: Observed = observe(workspace, tracker)
        self.situation: Situation = self.observed.situation
        self._give_way()

    def into(self, environment: str, goal: Wanted, *, everything: bool) -> Iterator[Step]:
        """Promotes batch after batch until the goal is reached, a gate is closed or nothing is left."""
        while True:
            place = self.situation.place(environment)
            batch = next_batch(self.situation, place, upto=goal.migration)
            if batch is None or goal.reached(self.situation, place, batch):
                yield self._nothing(environment)
                return
            step = self._one(environment, batch)
            yield step
            if step.outcome is not StepOutcome.SUCCEEDED:
                return
            place = self.situation.place(environment)
            following = next_batch(self.situation, place, upto=goal.migration)
            more = everything or (goal.given and following and not goal.reached(self.situation, place, following))
            if not more or following is None:
                return

    def _nothing(self, environment: str) -> Step:
        refusal = contradiction(self.situation, environment)
        outcome = StepOutcome.REFUSED if refusal else StepOutcome.NOTHING
        return Step(environment=environment, batch=None, outcome=outcome, decision=refusal)

    def _one(self, environment: str, batch: Batch) -> Step:
        decision = decide(self.situation, environment, batch)
        if not decision.allowed:
            return Step(environment=environment, batch=batch, outcome=StepOutcome.REFUSED, decision=decision)
        scripts = _scripts(self._workspace, batch)
        if self._dry_run:
            return Step(environment=environment, batch=batch, outcome=StepOutcome.PLANNED, decision=decision)
        batch = self._keep(batch)
        done: list[AppliedMigration] = []
        try:
            with self._recorded(environment, batch):
                for address in self._addresses(environment):
                    done.extend(self._target(address, batch, scripts))
        except _Stop as stop:
            step = Step(environment=environment, batch=batch, outcome=StepOutcome.REFUSED, decision=stop.decision)
        except MigrationFailed as error:
            step = Step(
                environment=environment, batch=batch, outcome=StepOutcome.FAILED, decision=decision, error=error
            )
        else:
            step = Step(environment=environment, batch=batch, outcome=StepOutcome.SUCCEEDED, decision=decision)
        return replace(step, applied=tuple(done))

    def _target(self, address: Address, batch: Batch, scripts: Sequence[Script]) -> Iterator[AppliedMigration]:
        """Applies what the target lacks, with everything looked at again under the guard."""
        bounds = limits(self._workspace)
        with guarded(address, bounds):
            record = self._open_ledger(address, batch)
            self._see(address, record)
            decision = decide(self.situation, address.environment, batch)
            if not decision.allowed:
                raise _Stop(decision)
            applier = Applier(
                address=address,
                limits=bounds,
                batch=batch,
                actor=self._workspace.actor,
                tool_version=__version__,
                ledger=lambda connection: Ledger(connection, address.ledger_schema),
                clock=self._workspace.clock,
                progress=self._progress,
            )
            missing = {entry.migration for entry in lacking(batch, applied(record.entries))}
            entries = list(record.entries)
            if missing and not any(e.kind is LedgerKind.BATCH and e.batch == batch.digest for e in entries):
                entries.append(applier.begin_batch(_head(entries)))
            known = facts(record.entries)
            try:
                for script, entry in zip(scripts, batch.entries, strict=True):
                    if entry.migration not in missing:
                        continue
                    fact = known.get(entry.migration)
                    resume = fact.resume_since if fact and fact.standing is Standing.RETRY else None
                    row = applier.apply(script, entry, _head(entries), resume_since=resume)
                    entries.append(row)
                    yield AppliedMigration(
                        migration=entry.migration,
                        target=address.target,
                        statements=row.statements,
                        seconds=(row.finished_at - row.started_at).total_seconds(),
                    )
            finally:
                self._reread(address)

    def _open_ledger(self, address: Address, batch: Batch) -> TargetRecord:
        """The target's record; its ledger is made if this is the first time."""
        engine = engine_for(address, limits(self._workspace))
        with unreachable(address), engine.begin() as connection:
            ledger = Ledger(connection, address.ledger_schema)
            record = ledger.read(address.target)
            check_identity(self._workspace, address, record)
            if record.identity is None:
                ledger.create(
                    project=batch.project,
                    environment=address.environment,
                    target=address.target,
                    now=self._workspace.clock(),
                )
                record = ledger.read(address.target)
        return record

    def _reread(self, address: Address) -> None:
        """Brings the picture of a target up to date, in the tracker too, whether it went well or not."""
        try:
            with engine_for(address, limits(self._workspace)).connect() as connection:
                record = Ledger(connection, address.ledger_schema).read(address.target)
        except Exception:
            return
        self._see(address, record)
        self._tracker.save_observation(address.environment, record, now=self._workspace.clock())

    def _see(self, address: Address, record: TargetRecord) -> None:
        observation = Observation(
            environment=address.environment,
            target=address.target,
            record=record,
            observed_at=self._workspace.clock(),
        )
        self.situation = replace_record(self.situation, observation)

    def _addresses(self, environment: str) -> list[Address]:
        settings = next(e for e in self._workspace.settings.environment if e.name == environment)
        return addresses(self._workspace, settings)

    def _keep(self, batch: Batch) -> Batch:
        """Gives a new batch its number."""
        if batch.number is not None:
            return batch
        kept = self._tracker.add_batch(batch, actor=self._workspace.actor, now=self._workspace.clock())
        self.situation = replace(self.situation, batches=(*self.situation.batches, kept))
        return kept

    def _give_way(self) -> None:
        """Lets batches go whose migrations were edited before they were applied anywhere."""
        for batch in overtaken(self.situation):
            if not self._dry_run:
                self._tracker.supersede(batch, actor=self._workspace.actor, now=self._workspace.clock())
        self.situation = without_overtaken(self.situation)

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
        self._tracker.save_promotion(promotion)
        try:
            yield
        except _Stop:
            self._finish(promotion, "refused", "a gate closed before the first statement")
            raise
        except MigrailError as error:
            outcome = "unreachable" if isinstance(error, TargetUnreachable) else "failed"
            self._finish(promotion, outcome, error.message)
            raise
        except BaseException as error:
            self._finish(promotion, "failed", f"interrupted: {type(error).__name__}")
            raise
        self._finish(promotion, "succeeded", "")

    def _finish(self, promotion: Promotion, outcome: str, detail: str) -> None:
        now: datetime = self._workspace.clock()
        self._tracker.save_promotion(replace(promotion, finished_at=now, outcome=outcome, detail=detail))


def _head(entries: Sequence[LedgerEntry]) -> tuple[int, str]:
    return (entries[-1].sequence, entries[-1].hash) if entries else (0, "")


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
