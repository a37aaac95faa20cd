"""May this batch enter this environment now?"""

from __future__ import annotations

from dataclasses import dataclass

from migrail.model.batch import Batch
from migrail.model.gates import LowerState, Question, Verdict
from migrail.pipeline.batches import has_batch, lacking
from migrail.pipeline.identity import Mismatch, edited_in_batch, mismatches
from migrail.pipeline.situation import Place, Situation
from migrail.pipeline.state import broken_chain, state_digest


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """The answers of all gates about one batch and one environment, and what contradicts the files."""

    environment: str
    batch: Batch | None
    """``None``: nothing is left to apply, but something contradicts the files."""
    verdicts: tuple[Verdict, ...]
    mismatches: tuple[Mismatch, ...]
    state: str
    """Digest of the environment's state that the gates were asked about."""

    @property
    def allowed(self) -> bool:
        return not self.mismatches and all(verdict.passed for verdict in self.verdicts)


def decide(situation: Situation, environment: str, batch: Batch, *, granted: str | None = None) -> Decision:
    """Asks every gate of the environment.

    Args:
        granted: the digest of the state in which the batch was let in, where only migrail's own work on the first
            targets changed it since.
    """
    place = situation.place(environment)
    state = granted or state_digest(place.observations)
    address = batch.digest
    question = Question(
        environment=environment,
        batch=batch,
        now=situation.now,
        state=state,
        lower=tuple(_lower(situation.place(name), batch) for name in place.after),
        max_age=situation.max_age,
        evidence=tuple(fact for fact in situation.evidence if fact.batch == address),
        approvals=tuple(
            approval
            for approval in situation.approvals
            if approval.batch == address and approval.environment == environment
        ),
    )
    found = (*_refusing(situation, place), *edited_in_batch(situation, batch, environment))
    return Decision(
        environment=environment,
        batch=batch,
        verdicts=tuple(gate.decide(question) for gate in place.gates),
        mismatches=tuple({(m.kind, m.migration): m for m in reversed(found)}.values())[::-1],
        state=state,
    )


def contradiction(situation: Situation, environment: str) -> Decision | None:
    """A refusal without a batch, where the targets and the files differ although nothing is left to apply."""
    place = situation.place(environment)
    found = _refusing(situation, place)
    if not found:
        return None
    state = state_digest(place.observations)
    return Decision(environment=environment, batch=None, verdicts=(), mismatches=found, state=state)


def _refusing(situation: Situation, place: Place) -> tuple[Mismatch, ...]:
    return tuple(mismatch for mismatch in mismatches(situation, place) if mismatch.refuses)


def _lower(place: Place, batch: Batch) -> LowerState:
    has = has_batch(place, batch)
    tampered = [o.record for o in place.observations if o.record and broken_chain(o.record.entries)]
    detail = "" if has else _what_is_missing(place, batch)
    if tampered:
        has, detail = None, "a row of its ledger was changed outside migrail"
    elif any(o.record and o.record.lost for o in place.observations):
        has, detail = False, "it regressed: restored from a backup that lacks what was applied"
    return LowerState(
        environment=place.name,
        has_batch=has,
        detail=detail,
        observed_at=place.observed_at,
        live=place.live,
    )


def _what_is_missing(place: Place, batch: Batch) -> str:
    said: list[str] = []
    for observation in place.observations:
        target = f"{observation.target}: " if len(place.observations) > 1 else ""
        if observation.record is None:
            said.append(f"{target}never observed: {observation.error}")
            continue
        there = observation.record.applied
        missing = lacking(batch, there)
        other = [entry.migration for entry in missing if entry.migration in there]
        if other:
            said.append(f"{target}{', '.join(other)} has other content there")
        elif missing:
            said.append(f"{target}{len(missing)} of {len(batch.entries)} migrations missing")
    return "; ".join(said)
