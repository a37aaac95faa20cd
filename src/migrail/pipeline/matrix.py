"""The status matrix: which migration is where, and why the next one waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from migrail.model.batch import Batch
from migrail.model.errors import UsageError
from migrail.model.gates import Verdict
from migrail.model.ledger import Fact, Observation, Standing
from migrail.model.migration import Digests
from migrail.model.text import age
from migrail.pipeline.batches import has_batch, next_batch
from migrail.pipeline.decision import Decision, decide
from migrail.pipeline.identity import Difference, Mismatch, mismatches
from migrail.pipeline.situation import Place, Situation


class State(StrEnum):
    """What a cell of the matrix says."""

    APPLIED = "applied"
    PENDING = "pending"
    NEXT = "next"
    AWAITING_APPROVAL = "awaiting-approval"
    BLOCKED = "blocked"
    RUNNING = "running"
    FAILED = "failed"
    IN_DOUBT = "in-doubt"
    EDITED = "edited"
    MISSING = "missing"
    OUT_OF_ORDER = "out-of-order"
    REGRESSED = "regressed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One migration in one environment."""

    state: State
    since: datetime | None = None
    detail: str = ""
    short: str = ""
    """A few words for a table; nothing where the state says it all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RowStatus:
    """One migration everywhere."""

    id: str
    digest: str | None
    """Text digest of the file, or of what was applied where the file is gone."""
    raw_digest: str | None
    batch: int | None
    cells: Mapping[str, Cell]


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceStatus:
    """One environment."""

    name: str
    reachable: bool
    observed_at: datetime | None
    targets: int
    applied: int
    pending: int
    drift: str
    """``none``, ``edited``, ``missing``, ... of the files against the ledgers; ``unknown`` when never observed."""
    error: str | None
    """Why it could not be read just now."""
    next_batch: Batch | None
    verdicts: tuple[Verdict, ...]
    """Of its gates about the next batch."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Attention:
    """One thing that somebody should look at, and the command that moves it on."""

    environment: str | None
    migration: str | None
    what: str
    next: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Status:
    """The whole picture at one moment."""

    project: str
    read_at: datetime
    places: tuple[PlaceStatus, ...]
    rows: tuple[RowStatus, ...]
    attention: tuple[Attention, ...]
    subject: str | None = None
    """The one environment or migration that was asked for."""
    everything: bool = False
    """Whether migrations that are everywhere are to be shown one by one."""

    @property
    def has_work(self) -> bool:
        """Whether something is pending or needs attention."""
        return bool(self.attention) or any(place.pending for place in self.places)

    def about(self, subject: str) -> Status:
        """Only one environment, or only one migration, named by its id or the beginning of it.

        Raises:
            UsageError: nothing, or more than one thing, is called so.
        """
        if subject in {place.name for place in self.places}:
            return replace(
                self,
                subject=subject,
                places=tuple(place for place in self.places if place.name == subject),
                rows=tuple(replace(row, cells={subject: row.cells[subject]}) for row in self.rows),
                attention=tuple(line for line in self.attention if line.environment == subject),
            )
        found = [row for row in self.rows if row.id == subject]
        found = found or [row for row in self.rows if row.id.startswith(subject)]
        if len(found) != 1:
            what = "no" if not found else "more than one"
            raise UsageError(f"{what} environment or migration is called {subject!r}", help="migrail status --all")
        return replace(
            self,
            subject=found[0].id,
            rows=(found[0],),
            attention=tuple(line for line in self.attention if line.migration == found[0].id),
        )


def status(situation: Situation) -> Status:
    """Works out the matrix."""
    views = [_View(situation, place) for place in situation.places]
    ids = _ids(situation)
    numbers = {id: batch.number for batch in reversed(situation.batches) for id in batch.migrations}
    return Status(
        project=situation.project,
        read_at=situation.now,
        places=tuple(view.status(ids) for view in views),
        rows=tuple(_row(situation, views, id, numbers.get(id)) for id in ids),
        attention=tuple(line for view in views for line in view.attention()),
    )


def _ids(situation: Situation) -> list[str]:
    """Files in order, then what only ledgers know."""
    ids = dict.fromkeys(situation.by_id)
    for place in situation.places:
        for observation in place.observations:
            ids |= dict.fromkeys(observation.record.facts if observation.record else ())
    return list(ids)


def _row(situation: Situation, views: Sequence[_View], id: str, number: int | None) -> RowStatus:
    file = situation.by_id.get(id)
    digests = file.digests if file else next((v.digests(id) for v in views if v.digests(id)), None)
    return RowStatus(
        id=id,
        digest=digests.text if digests else None,
        raw_digest=digests.raw if digests else None,
        batch=number,
        cells={view.place.name: view.cell(id) for view in views},
    )


_DIFFERENCES = {
    Difference.EDITED: State.EDITED,
    Difference.MISSING: State.MISSING,
    Difference.OUT_OF_ORDER: State.OUT_OF_ORDER,
    Difference.FAILED: State.FAILED,
    Difference.IN_DOUBT: State.IN_DOUBT,
    Difference.RUNNING: State.RUNNING,
    Difference.REGRESSED: State.REGRESSED,
}


class _View:
    """One environment, with everything about it worked out once."""

    def __init__(self, situation: Situation, place: Place) -> None:
        self.place = place
        self._situation = situation
        self._facts = [
            observation.record.facts if observation.record else None for observation in place.observations
        ]
        self._mismatches: dict[str, Mismatch] = {}
        for mismatch in reversed(mismatches(situation, place)):
            self._mismatches[mismatch.migration] = mismatch
        self._next = next_batch(situation, place)
        self._running = [b for b in situation.batches if (place.name, b.digest) in situation.running]
        self._failed_id, self._failure = self._last_failure()
        self._decision: Decision | None = None
        if self._next:
            self._decision = decide(situation, place.name, self._next)
            for mismatch in self._decision.mismatches:
                self._mismatches.setdefault(mismatch.migration, mismatch)

    def _last_failure(self) -> tuple[str | None, str]:
        """The migration that failed at the last try and was rolled back, so that no ledger knows; what was said."""
        failed = self._situation.failed.get(self.place.name)
        if failed is None or self._next is None or self._next.digest != failed.batch:
            return None, ""
        first = next((id for id in self._next.migrations if not self._is_applied(id)), None)
        recorded = any(first in found for found in self._facts if found)
        return (first, failed.detail) if first and first in failed.detail and not recorded else (None, "")

    def digests(self, id: str) -> Digests | None:
        return next((found[id].digests for found in self._facts if found and id in found), None)

    def cell(self, id: str) -> Cell:
        if not self.place.known:
            return Cell(state=State.UNKNOWN, detail="never observed")
        mismatch = self._mismatches.get(id)
        known = [found[id] for found in self._facts if found and id in found]
        since = max((fact.since for fact in known), default=None)
        if mismatch and mismatch.kind in _DIFFERENCES:
            return Cell(state=_DIFFERENCES[mismatch.kind], since=since, detail=mismatch.short)
        done = [fact for fact in known if fact.standing is Standing.APPLIED]
        if len(done) == len(self._facts):
            return Cell(state=State.APPLIED, since=since)
        partly = f"{len(done)} of {len(self._facts)} targets" if done else ""
        if any(id in batch.migrations for batch in self._running):
            return Cell(state=State.RUNNING, detail=partly, short=partly)
        if id == self._failed_id:
            return Cell(state=State.FAILED, detail=self._failure, short="rolled back")
        if self._next and id in self._next.migrations and self._decision:
            return self._waiting(self._next, self._decision, partly)
        return Cell(state=State.PENDING, detail=partly, short=partly)

    def _waiting(self, batch: Batch, decision: Decision, partly: str) -> Cell:
        closed = [verdict for verdict in decision.verdicts if not verdict.passed]
        if not closed and not decision.mismatches:
            return Cell(state=State.NEXT, detail=partly, short=partly)
        if not closed:
            return Cell(state=State.BLOCKED, detail=decision.mismatches[0].message, short="by a difference")
        first = closed[0]
        if not decision.mismatches and all(verdict.gate == "approval" for verdict in closed):
            return Cell(state=State.AWAITING_APPROVAL, detail=first.reason, short=first.reason)
        below = [low for low in self.place.after if not has_batch(self._situation.place(low), batch)]
        short = f"after {', '.join(below)}" if below else f"by {first.gate}"
        return Cell(state=State.BLOCKED, detail=f"{first.gate}: {first.reason}", short=short)

    def status(self, ids: Sequence[str]) -> PlaceStatus:
        cells = [self.cell(id).state for id in ids]
        waiting = {State.PENDING, State.NEXT, State.AWAITING_APPROVAL, State.BLOCKED, State.REGRESSED}
        kinds = dict.fromkeys(mismatch.kind.value for mismatch in self._mismatches.values())
        errors = [o.error for o in self.place.observations if o.error]
        return PlaceStatus(
            name=self.place.name,
            reachable=self.place.live,
            observed_at=self.place.observed_at,
            targets=len(self.place.observations),
            applied=sum(self._is_applied(id) for id in ids),
            pending=sum(state in waiting for state in cells),
            drift="unknown" if not self.place.known else ", ".join(kinds) or "none",
            error="; ".join(errors) or None,
            next_batch=self._next,
            verdicts=self._decision.verdicts if self._decision else (),
        )

    def _is_applied(self, id: str) -> bool:
        found: list[Fact | None] = [known.get(id) if known else None for known in self._facts]
        return all(fact is not None and fact.standing is Standing.APPLIED for fact in found)

    def attention(self) -> list[Attention]:
        lines = [self._unreachable(o) for o in self.place.observations if o.error]
        lines.extend(
            Attention(
                environment=self.place.name,
                migration=mismatch.migration or None,
                what=mismatch.message.splitlines()[0],
                next=mismatch.next,
            )
            for mismatch in self._mismatches.values()
        )
        if self._next and self._decision and not self._mismatches:
            lines.extend(self._next_step(self._next, self._decision))
        return lines

    def _next_step(self, batch: Batch, decision: Decision) -> list[Attention]:
        name = self.place.name
        closed = [verdict for verdict in decision.verdicts if not verdict.passed]
        below = [low for low in self.place.after if not has_batch(self._situation.place(low), batch)]
        if below and all(self._situation.place(low).known for low in below):
            return []  # the environment below says what to do
        if self._running or not self.place.live:
            return []  # it is under way, or what is wrong here is said already
        if self._failed_id:
            what = self._failure.partition("\n")[0].removeprefix(f"{name}: ")
            command = f"mend the file, then migrail promote {name}"
            return [Attention(environment=name, migration=self._failed_id, what=what, next=command)]
        if not closed:
            what = f"{batch.label} may enter ({len(batch.entries)} to apply)"
            command = f"migrail promote {name}"
            return [Attention(environment=name, migration=batch.migrations[0], what=what, next=command)]
        return [
            Attention(
                environment=name,
                migration=batch.migrations[0],
                what=f"{batch.label} waits for {verdict.gate}: {verdict.reason}",
                next=verdict.next or f"migrail plan {name}",
            )
            for verdict in closed
        ]

    def _unreachable(self, observation: Observation) -> Attention:
        seen = "never observed"
        if observation.observed_at:
            seen = f"last observed {age(self._situation.now - observation.observed_at)} ago"
        return Attention(
            environment=self.place.name,
            migration=None,
            what=f"{(observation.error or '').removeprefix(f'{self.place.name}: ')} ({seen})",
            next=f"migrail doctor {self.place.name}",
        )
