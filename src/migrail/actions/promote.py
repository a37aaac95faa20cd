"""promote: brings batches into environments."""

from __future__ import annotations

from collections.abc import Sequence

from migrail.actions.observe import tracker_of
from migrail.actions.promotion import PromotionRun
from migrail.actions.workspace import Workspace
from migrail.model.errors import MigrailError
from migrail.model.ledger import Standing
from migrail.pipeline.wanted import Wanted, wanted
from migrail.results import PromotionReport, Step, StepOutcome
from migrail.runner import Show
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
        IdentityError: a target is not what the configuration says it is.
    """
    workspace.require_environment(environment)
    with tracker_of(workspace) as tracker:
        run = _settled(workspace, tracker, [environment], dry_run=dry_run, progress=progress)
        run.observed.require_live(environment)
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
    with tracker_of(workspace) as tracker:
        run = _settled(workspace, tracker, list(workspace.pipeline), dry_run=dry_run, progress=progress)
        steps: list[Step] = []
        for environment in workspace.pipeline:
            try:
                run.observed.require_live(environment)
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
    """A run that begins with what a crash left being settled, as far as that needs nobody's decision."""
    run = PromotionRun(workspace, tracker, dry_run=dry_run, progress=progress)
    left = [name for name in environments if _is_in_doubt(run, name)]
    if not left or dry_run:
        return run
    from migrail.actions.reconcile import settle

    remarks: list[str] = []
    for name in left:
        try:
            found = settle(workspace, name)
        except MigrailError as error:
            remarks.append(error.message)
            continue
        remarks.extend(f"{name}: {item.migration}: {item.what}" for item in found)
    run = PromotionRun(workspace, tracker, dry_run=dry_run, progress=progress)
    run.remarks.extend(remarks)
    return run


def _is_in_doubt(run: PromotionRun, environment: str) -> bool:
    """Whether a migration began there and nobody is at it any more."""
    records = [o.record for o in run.situation.place(environment).observations if o.live and o.record]
    return any(
        not record.running and any(fact.standing is Standing.STARTED for fact in record.facts.values())
        for record in records
    )
