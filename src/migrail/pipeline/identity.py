"""Do the files and what was applied tell the same story?"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from migrail.model.batch import Batch
from migrail.model.ledger import Fact, Standing, TargetRecord
from migrail.model.migration import Digests, Migration
from migrail.model.text import plural
from migrail.pipeline.situation import Place, Situation
from migrail.pipeline.state import broken_chain


class Difference(StrEnum):
    """How files and a target differ."""

    EDITED = "edited"
    MISSING = "missing"
    OUT_OF_ORDER = "out-of-order"
    FAILED = "failed"
    IN_DOUBT = "in-doubt"
    RUNNING = "running"
    TAMPERED = "tampered"
    REGRESSED = "regressed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Mismatch:
    """One difference, which keeps every promotion out of the environment until it is settled.

    Except what a restored backup lacks, which is to be applied again.
    """

    kind: Difference
    environment: str
    migration: str
    message: str
    """Names the file and both digests where content differs."""
    short: str
    """A few words for a table."""
    next: str
    """What to do."""

    @property
    def refuses(self) -> bool:
        """Whether it keeps promotions out of its environment."""
        return self.kind is not Difference.REGRESSED


def mismatches(situation: Situation, place: Place) -> tuple[Mismatch, ...]:
    """All differences between the files and the targets of an environment."""
    found: list[Mismatch] = []
    for observation in place.observations:
        if observation.record is not None:
            found.extend(_of_target(situation, observation.environment, observation.record))
    return tuple(found)


def edited_in_batch(situation: Situation, batch: Batch, environment: str) -> tuple[Mismatch, ...]:
    """Migrations of a batch whose files have other content now, or are gone."""
    found: list[Mismatch] = []
    for entry in batch.entries:
        difference = _content(situation, entry.migration, entry.digests, environment, f"in {batch.label}")
        if difference:
            found.append(difference)
    return tuple(found)


def _of_target(situation: Situation, environment: str, record: TargetRecord) -> list[Mismatch]:
    entries = record.entries
    found: list[Mismatch] = []
    tampered = broken_chain(entries)
    if tampered:
        found.append(
            Mismatch(
                kind=Difference.TAMPERED,
                environment=environment,
                migration=tampered.migration or "",
                message=f"row {tampered.sequence} of the ledger of {environment} was changed outside migrail: "
                "its hash does not fit",
                short=f"ledger row {tampered.sequence} was changed by hand",
                next="restore the ledger from a backup",
            )
        )
    there = record.applied
    for id, digests in there.items():
        difference = _content(situation, id, digests, environment, f"applied to {environment}")
        if difference:
            found.append(difference)
    found.extend(_half_done(situation, environment, record))
    found.extend(_edited_since(situation, environment, record))
    found.extend(
        Mismatch(
            kind=Difference.REGRESSED,
            environment=environment,
            migration=id,
            message=f"{id} was applied to {environment} and is gone from its ledger: the database was restored "
            "from an older backup",
            short="gone: restored from an older backup",
            next=f"migrail promote {environment}",
        )
        for id in record.lost
    )
    found.extend(_late(situation, environment, {**there, **record.lost}))
    return found


def _content(situation: Situation, id: str, digests: Digests, environment: str, where: str) -> Mismatch | None:
    file = situation.by_id.get(id)
    if file is None:
        return Mismatch(
            kind=Difference.MISSING,
            environment=environment,
            migration=id,
            message=f"{id} is missing: {where} with {digests.text}, but there is no such file",
            short="file is missing",
            next=f"git log --diff-filter=D -- {shlex.quote(f'*{id}*')}",
        )
    if file.digests.text != digests.text:
        return Mismatch(
            kind=Difference.EDITED,
            environment=environment,
            migration=id,
            message=f"{file.path} was edited: {where} with {digests.text}, the file now has {file.digests.text}",
            short="edited after it was applied",
            next="put the file back and write the change as a new migration: migrail new NAME",
        )
    return None


def _late(situation: Situation, environment: str, there: Mapping[str, Digests]) -> list[Mismatch]:
    placed = [situation.by_id[id] for id in there if id in situation.by_id]
    if not placed:
        return []
    last = max(placed, key=lambda migration: migration.order)
    return [
        Mismatch(
            kind=Difference.OUT_OF_ORDER,
            environment=environment,
            migration=file.id,
            message=f"{file.path} ({file.digests.text}) is out of order: it sorts before {last.path} "
            f"({last.digests.text}), which is applied to {environment} already",
            short=f"sorts before {last.id}",
            next=f"rename {file.path} to a number after {situation.migrations[-1].id}",
        )
        for file in situation.migrations
        if file.order < last.order and file.id not in there
    ]


def resolve_with(environment: str, migration: str, choice: str) -> str:
    """The command with which a person decides about a migration that stopped half-way."""
    return f"migrail resolve {environment} {shlex.quote(migration)} --{choice} --reason ..."


def resolving(environment: str, migration: str, fact: Fact, file: Migration | None) -> str:
    """The same, ready to be run: it goes on with the file; what else can be chosen follows as a comment."""
    choice = "mark-reverted"
    if file is not None:
        choice = "retry" if file.digests.text == fact.digests.text else "accept-edit"
    others = ", ".join(f"--{other}" for other in ("mark-applied", "mark-reverted") if other != choice)
    return f"{resolve_with(environment, migration, choice)}  # or {others}"


def _edited_since(situation: Situation, environment: str, record: TargetRecord) -> list[Mismatch]:
    """Migrations that would go on with other statements than those that a person, or a look, let go on."""
    found: list[Mismatch] = []
    for id, fact in record.facts.items():
        if fact.standing is not Standing.RETRY:
            continue
        difference = _content(situation, id, fact.digests, environment, f"half-done on {environment}")
        if difference and difference.kind is Difference.EDITED:
            step = f"put the file back, or {resolving(environment, id, fact, situation.by_id[id])}"
            difference = replace(difference, short="edited since it stopped half-way", next=step)
        found.extend([difference] if difference else [])
    return found


def _half_done(situation: Situation, environment: str, record: TargetRecord) -> list[Mismatch]:
    found: list[Mismatch] = []
    kinds = {Standing.FAILED: Difference.FAILED, Standing.STARTED: Difference.IN_DOUBT}
    for id, fact in record.facts.items():
        kind = kinds.get(fact.standing)
        if kind is None:
            continue
        short = "began and did not end"
        if kind is Difference.FAILED:
            short = f"failed after {plural(fact.statements, 'statement')}"
            step = resolving(environment, id, fact, situation.by_id.get(id))
        elif not record.running:
            step = f"migrail reconcile {environment}"
        else:
            kind, short, step = Difference.RUNNING, "is running now", f"migrail status {environment}"
        found.append(
            Mismatch(
                kind=kind,
                environment=environment,
                migration=id,
                message=f"{id} {short} on {environment}" + (f"\n{fact.detail}" if fact.detail else ""),
                short=short,
                next=step,
            )
        )
    return found
