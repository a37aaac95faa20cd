"""approve and evidence: what people and test jobs say about batches."""

from __future__ import annotations

from dataclasses import replace

from migrail.actions.observe import Observed, observe, tracker_of
from migrail.actions.workspace import Workspace
from migrail.gates.evidence import EVIDENCE_NAME
from migrail.model.batch import Approval, Batch, Evidence
from migrail.model.errors import UsageError
from migrail.pipeline.batches import has_batch, next_batch, without_overtaken
from migrail.pipeline.decision import decide
from migrail.pipeline.situation import Situation
from migrail.pipeline.wanted import find_batch
from migrail.results.records import Approved, Recorded
from migrail.tracker import Tracker


def approve(
    workspace: Workspace,
    environment: str,
    *,
    batch: str | None = None,
    reason: str = "",
    dry_run: bool = False,
) -> Approved:
    """Consents to a batch entering an environment, whose targets are read for that.

    Args:
        batch: its number or digest; the next one for the environment when not given.

    Raises:
        UsageError: there is no such environment or batch, or nothing is left to approve.
        TargetUnreachable: the state that is consented to cannot be read.
    """
    workspace.require_environment(environment)
    with tracker_of(workspace, dry_run=dry_run) as tracker:
        observed, situation = _observe(workspace, tracker)
        observed.require_live(environment)
        chosen = _named(situation, batch) if batch else _next(situation, environment)
        if not dry_run:
            chosen = tracker.add_batch(chosen, author=None, now=workspace.clock())
        approval = Approval(
            environment=environment,
            batch=chosen.digest,
            state=decide(situation, environment, chosen).state,
            actor=workspace.actor,
            approved_at=workspace.clock(),
            reason=reason,
        )
        if not dry_run:
            tracker.add_approval(approval)
            situation = replace(situation, approvals=tracker.approvals())
        decision = decide(situation, environment, chosen)
        return Approved(approval=approval, batch=chosen, recorded=not dry_run, decision=decision)


def add_evidence(
    workspace: Workspace,
    environment: str,
    name: str,
    *,
    passed: bool = True,
    batch: str | None = None,
    detail: str = "",
    dry_run: bool = False,
) -> Recorded:
    """Records a fact about a batch that was observed in an environment.

    Args:
        batch: its number or digest; when not given the newest batch that the environment has, or, where
            batches enter and nothing was applied yet, the one that is next.

    Raises:
        UsageError: there is no such environment or batch.
    """
    workspace.require_environment(environment)
    if not EVIDENCE_NAME.fullmatch(name):
        raise UsageError("a name of evidence has 1 to 200 letters, digits, '.', '_', '-', ':' or '/'")
    with tracker_of(workspace, dry_run=dry_run) as tracker:
        _, situation = _observe(workspace, tracker)
        chosen = _named(situation, batch) if batch else _newest(situation, environment)
        if not dry_run:
            chosen = tracker.add_batch(chosen, author=None, now=workspace.clock())
        fact = Evidence(
            name=name,
            environment=environment,
            batch=chosen.digest,
            passed=passed,
            actor=workspace.actor,
            recorded_at=workspace.clock(),
            detail=detail,
        )
        if not dry_run:
            tracker.add_evidence(fact)
        return Recorded(evidence=fact, batch=chosen, recorded=not dry_run)


def _observe(workspace: Workspace, tracker: Tracker) -> tuple[Observed, Situation]:
    observed = observe(workspace, tracker)
    return observed, without_overtaken(observed.situation)


def _named(situation: Situation, value: str) -> Batch:
    found = find_batch(situation, value)
    if found is None:
        raise UsageError(f"there is no batch {value!r}", help="migrail status")
    return found


def _next(situation: Situation, environment: str) -> Batch:
    batch = next_batch(situation, situation.place(environment))
    if batch is None:
        raise UsageError(f"{environment} has every batch; there is nothing to decide about")
    return batch


def _newest(situation: Situation, environment: str) -> Batch:
    place = situation.place(environment)
    there = [batch for batch in situation.batches if has_batch(place, batch)]
    if there:
        return there[-1]
    if place.after:
        raise UsageError(f"{environment} has no batch yet; name one with --batch", help="migrail status")
    return _next(situation, environment)
