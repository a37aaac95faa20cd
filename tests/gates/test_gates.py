"""Every gate's answers, as tables: it opens, it waits, it refuses, it fails closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from migrail.gates import always_on, gate_types, page
from migrail.model.batch import Approval, Batch, BatchEntry, Evidence
from migrail.model.gates import Gate, LowerState, Outcome, Question
from migrail.model.migration import Digests

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
BATCH = Batch(
    project="shop",
    entries=(BatchEntry(migration="0001_a", digests=Digests(raw="sha256-raw:a", text="sha256-text:a")),),
    number=3,
    created_by="ana",
)
QUESTION = Question(
    environment="prod",
    batch=BATCH,
    now=NOW,
    state="S1",
    lower=(),
    max_age=3600,
    evidence=(),
    approvals=(),
)


def ask(kind: str, question: Question, **settings: object) -> tuple[Outcome, str]:
    gate = gate_types()[kind]
    verdict = Gate(gate, gate.settings(**settings)).decide(question)
    return verdict.outcome, verdict.reason


def lower(name: str = "qa", has: bool | None = True, age: float | None = 0, live: bool = True) -> LowerState:
    observed = None if age is None else NOW - timedelta(seconds=age)
    return LowerState(environment=name, has_batch=has, detail="why", observed_at=observed, live=live)


@pytest.mark.parametrize(
    ("states", "outcome", "reason"),
    [
        ([], Outcome.PASS, "batches enter here first"),
        ([lower()], Outcome.PASS, "on qa (read from its ledger)"),
        ([lower(live=False, age=1800)], Outcome.PASS, "on qa (cannot be reached; as observed 30 min ago)"),
        (
            [lower(live=False, age=3601)],
            Outcome.ERROR,
            "its last observation is too old (60 min ago, limit 60 min)",
        ),
        (
            [lower(has=None, age=None, live=False)],
            Outcome.ERROR,
            "whether qa has it cannot be told: why",
        ),
        ([lower(has=False)], Outcome.WAIT, "not on qa yet: why"),
        ([lower(has=False, live=False, age=60)], Outcome.WAIT, "not on qa yet: why"),
        ([lower(), lower("load", has=False)], Outcome.WAIT, "not on load yet: why"),
        (
            [lower(has=False), lower("load", has=None, age=None, live=False)],
            Outcome.ERROR,
            "whether load has it cannot be told",
        ),
        ([lower(), lower("load")], Outcome.PASS, "on qa (read from its ledger); on load (read from its ledger)"),
    ],
)
def test_lower_environment(states: list[LowerState], outcome: Outcome, reason: str) -> None:
    found, said = ask("lower-environment", replace(QUESTION, lower=tuple(states)))
    assert found is outcome
    assert reason in said


def approval(actor: str, state: str = "S1") -> Approval:
    return Approval(environment="prod", batch=BATCH.digest, state=state, actor=actor, approved_at=NOW)


@pytest.mark.parametrize(
    ("given", "settings", "outcome", "reason"),
    [
        ([], {}, Outcome.WAIT, "0 of 1"),
        (["ben"], {}, Outcome.PASS, "1 of 1 (ben)"),
        (["ben", "ben"], {"count": 2}, Outcome.WAIT, "1 of 2 (ben)"),
        (["ben", "eva"], {"count": 2}, Outcome.PASS, "2 of 2 (ben, eva)"),
        (["ana"], {}, Outcome.PASS, "1 of 1 (ana)"),
        (["ana"], {"not_author": True}, Outcome.WAIT, "0 of 1; ana is the author and does not count"),
        (
            ["ana", "ben"],
            {"not_author": True},
            Outcome.PASS,
            "1 of 1 (ben); ana is the author and does not count",
        ),
    ],
)
def test_approval(given: list[str], settings: dict[str, object], outcome: Outcome, reason: str) -> None:
    question = replace(QUESTION, approvals=tuple(approval(actor) for actor in given))
    assert ask("approval", question, **settings) == (outcome, reason)


def test_an_approval_is_void_when_the_state_changed() -> None:
    question = replace(QUESTION, approvals=(approval("ben", state="S0"),))
    assert ask("approval", question) == (Outcome.WAIT, "0 of 1; 1 void, because prod changed since")


def evidence(name: str = "tests", passed: bool = True, environment: str = "dev") -> Evidence:
    return Evidence(
        name=name,
        environment=environment,
        batch=BATCH.digest,
        passed=passed,
        actor="ci",
        recorded_at=NOW,
        detail="run 7",
    )


@pytest.mark.parametrize(
    ("recorded", "settings", "outcome", "reason"),
    [
        ([], {}, Outcome.WAIT, "nothing recorded for this batch"),
        ([evidence()], {}, Outcome.PASS, "passed (ci, dev, 2026-11-23 12:00 UTC)"),
        ([evidence(passed=False)], {}, Outcome.REFUSE, "failed (ci, dev, 2026-11-23 12:00 UTC): run 7"),
        ([evidence(passed=False), evidence()], {}, Outcome.PASS, "passed (ci, dev, 2026-11-23 12:00 UTC)"),
        ([evidence(), evidence(passed=False)], {}, Outcome.REFUSE, "failed (ci, dev, 2026-11-23 12:00 UTC): run 7"),
        ([evidence("other")], {}, Outcome.WAIT, "nothing recorded for this batch"),
        ([evidence()], {"environment": "qa"}, Outcome.WAIT, "nothing recorded for this batch"),
        (
            [evidence(environment="qa")],
            {"environment": "qa"},
            Outcome.PASS,
            "passed (ci, qa, 2026-11-23 12:00 UTC)",
        ),
    ],
)
def test_evidence(recorded: list[Evidence], settings: dict[str, object], outcome: Outcome, reason: str) -> None:
    assert ask("evidence", replace(QUESTION, evidence=tuple(recorded)), name="tests", **settings) == (
        outcome,
        reason,
    )


def test_a_gate_that_fails_stays_closed() -> None:
    kind = replace(gate_types()["approval"], decide=lambda settings, question: 1 / 0)  # type: ignore[arg-type, return-value]
    verdict = Gate(kind, kind.settings()).decide(QUESTION)
    assert verdict.outcome is Outcome.ERROR
    assert "ZeroDivisionError" in verdict.reason


def test_one_gate_is_always_on() -> None:
    assert [gate.name for gate in always_on()] == ["lower-environment"]


@pytest.mark.parametrize("kind", gate_types())
def test_every_gate_has_a_page(kind: str) -> None:
    assert page(gate_types()[kind]).startswith(f"{kind}: ")
