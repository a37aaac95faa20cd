"""Forming batches, and finding the one that is next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from migrail.model.batch import Batch, BatchEntry, entries_from_json
from migrail.model.ledger import LedgerEntry, LedgerKind, TargetRecord
from migrail.model.migration import Digests
from migrail.pipeline.situation import Place, Situation


def lacking(batch: Batch, there: Mapping[str, Digests]) -> tuple[BatchEntry, ...]:
    """The migrations of a batch that are not applied with the same content."""
    return tuple(
        entry
        for entry in batch.entries
        if entry.migration not in there or there[entry.migration].text != entry.digests.text
    )


def has_batch(place: Place, batch: Batch) -> bool | None:
    """Whether all targets of an environment have a batch; ``None`` when one of them was never read."""
    answers = [
        not lacking(batch, observation.record.applied) if observation.record else None
        for observation in place.observations
    ]
    if False in answers:
        return False
    return None if None in answers else True


def next_batch(situation: Situation, place: Place, *, upto: str | None = None) -> Batch | None:
    """The first batch that the environment does not have.

    Behind the batches that there are, the migrations that are in no batch yet form a new one. Its place is where
    batches enter; elsewhere the gates see to it that it has to go through there.

    Args:
        upto: for a new batch, the id of its last migration.
    """
    for batch in situation.batches:
        if not has_batch(place, batch):
            return batch
    new = form(situation, upto=upto)
    return None if new is None or has_batch(place, new) else new


def form(situation: Situation, *, upto: str | None = None) -> Batch | None:
    """A new batch of all migrations that are in no batch yet, or ``None``."""
    taken = {id for batch in situation.batches for id in batch.migrations}
    last = situation.by_id[upto].order if upto else None
    entries = tuple(
        BatchEntry(migration=migration.id, digests=migration.digests)
        for migration in situation.migrations
        if migration.id not in taken and (last is None or migration.order <= last)
    )
    return Batch(project=situation.project, entries=entries) if entries else None


def overtaken(situation: Situation) -> tuple[Batch, ...]:
    """Batches with a migration that was edited or removed before it was applied anywhere.

    They can never succeed; their migrations go into the next batch that is formed. A batch that is being promoted
    right now stays, and so does one that began somewhere and of which a file is missing: perhaps this is an older
    checkout.
    """
    records = [o.record for place in situation.places for o in place.observations if o.record]
    everywhere = {(id, digests.text) for record in records for id, digests in record.applied.items()}
    found: list[Batch] = []
    begun = {e.batch for record in records for e in record.entries if e.kind is LedgerKind.BATCH}
    for batch in situation.batches:
        changed = [entry for entry in batch.entries if _changed(situation, entry)]
        if not changed or any(batch.digest == running for _, running in situation.running):
            continue
        gone = any(entry.migration not in situation.by_id for entry in changed)
        if any((entry.migration, entry.digests.text) in everywhere for entry in changed) or (
            gone and batch.digest in begun
        ):
            continue
        found.append(batch)
    return tuple(found)


def _changed(situation: Situation, entry: BatchEntry) -> bool:
    file = situation.by_id.get(entry.migration)
    return file is None or file.digests.text != entry.digests.text


def recovered(records: Iterable[TargetRecord], known: Iterable[str], project: str) -> tuple[Batch, ...]:
    """Batches that ledgers hold and the tracker does not, oldest first: what a new or lost tracker is made from.

    Args:
        known: digests of all batches that the tracker ever had, those that gave way to others included.
    """
    seen = set(known)
    found: list[Batch] = []
    for record in records:
        for entry in record.entries:
            if entry.kind is LedgerKind.BATCH and entry.batch not in seen:
                batch = _from_ledger(entry, project)
                if batch is not None:
                    seen.add(entry.batch)
                    found.append(batch)
    return tuple(found)


def _from_ledger(entry: LedgerEntry, project: str) -> Batch | None:
    """The batch of a ledger row, unless somebody changed the row."""
    try:
        entries = entries_from_json(entry.detail)
    except ValueError:
        return None
    batch = Batch(project=project, entries=entries, created_at=entry.started_at, created_by=entry.actor)
    return batch if batch.digest == entry.batch else None


def without_overtaken(situation: Situation) -> Situation:
    """The situation as it is once overtaken batches gave way."""
    gone = overtaken(situation)
    return replace(situation, batches=tuple(batch for batch in situation.batches if batch not in gone))
