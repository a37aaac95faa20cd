"""promote: brings batches into environments."""

from __future__ import annotations

from collections.abc import Sequence

from migrail.actions.observe import addresses, limits, tracker_of
from migrail.actions.promotion import PromotionRun
from migrail.actions.workspace import Workspace
from migrail.model.errors import MigrailError
from migrail.model.ledger import Standing
from migrail.pipeline.wanted import Wanted, wanted
from migrail.results.promotion import PromotionReport, Step, StepOutcome
from migrail.runner import Show, guarded
from migrail.tracker import Tracker


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
        InputError: the migrations cannot be listed.
        TargetUnreachable: the tracker or a target of the environment cannot be used; nothing was changed.
        GuardBusy: another promotion works there and did not end in time; nothing was changed.
        IdentityError: a target is not what the configuration says it is.
    """
    workspace.require_environment(environment)
    with tracker_of(workspace, dry_run=dry_run) as tracker:
        run = _settled(workspace, tracker, [environment], dry_run=dry_run, progress=progress)
        run.observed.require_live(environment)
        run.require_free(environment)
        goal = wanted(run.situation, environment, to)
        steps = tuple(run.into(environment, goal, everything=everything))
        return PromotionReport(
            project=workspace.settings.project.name, steps=steps, auto=False, remarks=tuple(run.remarks)
        )


def promote_auto(
    workspace: Workspace, *, dry_run: bool = False, progress: Show = lambda _: None
) -> PromotionReport:
    """Walks every environment, lowest first, as far as its gates let it.

    An environment that cannot be reached, or whose migration fails, is reported as a step; the walk goes on with
    the others, whose gates look after the rest.
    """
    workspace.require_environments()
    with tracker_of(workspace, dry_run=dry_run) as tracker:
        run = _settled(workspace, tracker, list(workspace.pipeline), dry_run=dry_run, progress=progress)
        steps: list[Step] = []
        for environment in workspace.pipeline:
            if stop := run.stopped(environment, None):
                told = steps and steps[-1].outcome is StepOutcome.INTERRUPTED
                steps.extend(() if told else (stop,))
                break
            try:
                run.observed.require_live(environment)
                run.require_free(environment)
            except MigrailError as error:
                outcome = StepOutcome.UNREACHABLE
                steps.append(Step(environment=environment, batch=None, outcome=outcome, error=error))
            else:
                steps.extend(run.into(environment, Wanted(), everything=True))
        return PromotionReport(
            project=workspace.settings.project.name, steps=tuple(steps), auto=True, remarks=tuple(run.remarks)
        )


def _settled(
    workspace: Workspace, tracker: Tracker, environments: Sequence[str], *, dry_run: bool, progress: Show
) -> PromotionRun:
    """A run that waits for what is under way, and settles what a crash left as far as nobody has to decide."""
    run = PromotionRun(workspace, tracker, dry_run=dry_run, progress=progress)
    if dry_run:
        return run
    busy: dict[str, MigrailError] = {}
    promoted = {name for name, _ in run.situation.running}
    under_way = [name for name in environments if name in promoted or _began(run, name, running=True)]
    for name in under_way:
        try:
            _wait(workspace, name)
        except MigrailError as error:
            busy[name] = error
    if under_way:
        run = PromotionRun(workspace, tracker, dry_run=dry_run, progress=progress)
    left = [name for name in environments if _began(run, name, running=False)]
    remarks: list[str] = []
    for name in left:
        from migrail.actions.reconcile import settle

        try:
            found = settle(workspace, name)
        except MigrailError as error:
            remarks.append(error.message)
            continue
        remarks.extend(f"{name}: {item.migration}: {item.what}" for item in found)
    if left:
        run = PromotionRun(workspace, tracker, dry_run=dry_run, progress=progress)
    run.remarks.extend(remarks)
    run.busy.update(busy)
    return run


def _began(run: PromotionRun, environment: str, *, running: bool) -> bool:
    """Whether a migration began there, and somebody is at it or nobody any more."""
    records = [o.record for o in run.situation.place(environment).observations if o.live and o.record]
    return any(
        record.running is running and any(fact.standing is Standing.STARTED for fact in record.facts.values())
        for record in records
    )


def _wait(workspace: Workspace, environment: str) -> None:
    """Waits until nobody promotes there; the guards are taken again for whatever is done then.

    Raises:
        GuardBusy: that did not come in time.
    """
    for address in addresses(workspace, workspace.settings.named(environment), direct=True):
        with guarded(address, limits(workspace, environment)):
            pass
