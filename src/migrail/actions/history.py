"""history: the audit trail, from the tracker's decisions and the ledgers."""

from __future__ import annotations

from migrail.actions.observe import observe, tracker_of
from migrail.actions.workspace import Workspace
from migrail.model.ledger import LedgerEntry, LedgerKind
from migrail.model.migration import short
from migrail.model.text import plural
from migrail.pipeline.situation import Situation
from migrail.results.records import Event, History
from migrail.tracker import Tracker


def read_history(workspace: Workspace, environment: str | None = None) -> History:
    """Who did and decided what.

    Raises:
        UsageError: there is no such environment.
        TargetUnreachable: the tracker cannot be reached.
    """
    if environment is not None:
        workspace.require_environment(environment)
    with tracker_of(workspace) as tracker:
        situation = observe(workspace, tracker).situation
        events = [*_decisions(tracker, situation), *_ledgers(situation)]
    if environment is not None:
        events = [event for event in events if event.environment == environment]
    return History(
        project=workspace.settings.project.name,
        environment=environment,
        events=tuple(sorted(events, key=lambda event: event.at)),
        missing=tuple(place.name for place in situation.places if not place.live),
    )


def _decisions(tracker: Tracker, situation: Situation) -> list[Event]:
    labels = {batch.digest: f"batch {batch.number}" for batch in situation.batches}

    def label(digest: str) -> str:
        return labels.get(digest, f"batch {short(digest)}")

    events = [
        Event(
            at=batch.created_at,
            environment=None,
            target=None,
            actor=batch.created_by or "",
            what="batch formed",
            subject=label(batch.digest),
            batch=batch.digest,
            detail=", ".join(batch.migrations),
        )
        for batch in situation.batches
        if batch.created_at
    ]
    events.extend(
        Event(
            at=approval.approved_at,
            environment=approval.environment,
            target=None,
            actor=approval.actor,
            what="approved",
            subject=label(approval.batch),
            batch=approval.batch,
            detail=approval.reason,
        )
        for approval in situation.approvals
    )
    events.extend(
        Event(
            at=fact.recorded_at,
            environment=fact.environment,
            target=None,
            actor=fact.actor,
            what=f"evidence {'passed' if fact.passed else 'failed'}",
            subject=f"{fact.name} for {label(fact.batch)}",
            batch=fact.batch,
            detail=fact.detail,
        )
        for fact in situation.evidence
    )
    events.extend(
        Event(
            at=promotion.finished_at or promotion.started_at,
            environment=promotion.environment,
            target=None,
            actor=promotion.actor,
            what=f"promotion {promotion.outcome}",
            subject=label(promotion.batch),
            batch=promotion.batch,
            detail=promotion.detail,
        )
        for promotion in tracker.promotions()
    )
    return events


def _ledgers(situation: Situation) -> list[Event]:
    return [
        Event(
            at=entry.finished_at,
            environment=place.name,
            target=None if observation.target == "default" else observation.target,
            actor=entry.actor,
            what=entry.kind.value,
            subject=entry.migration,
            batch=entry.batch,
            detail=_detail(entry),
        )
        for place in situation.places
        for observation in place.observations
        if observation.record
        for entry in observation.record.entries
        if entry.migration
    ]


def _detail(entry: LedgerEntry) -> str:
    if entry.kind is LedgerKind.APPLIED:
        seconds = (entry.finished_at - entry.started_at).total_seconds()
        return f"{plural(entry.statements, 'statement')} in {seconds:.2f} s"
    return entry.detail
