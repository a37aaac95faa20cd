"""The digest of an environment's state, which approvals are bound to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from migrail.model.ledger import Identity, LedgerEntry, LedgerKind, Observation, TargetRecord
from migrail.model.migration import Digests
from migrail.pipeline.state import state_digest

NOW = datetime(2026, 11, 23, tzinfo=UTC)
ENTRY = LedgerEntry(
    sequence=1,
    kind=LedgerKind.APPLIED,
    migration="0001_a",
    digests=Digests(raw="sha256-raw:1", text="sha256-text:1"),
    batch="b",
    actor="ana",
    tool_version="0",
    started_at=NOW,
    finished_at=NOW,
    statements=1,
    detail="",
    previous_hash="",
    hash="",
)
RECORD = TargetRecord(
    target="default",
    identity=Identity(project="shop", environment="prod", target="default", id="one"),
    entries=(ENTRY,),
    empty=False,
)


def digest(record: TargetRecord | None) -> str:
    return state_digest([Observation(environment="prod", target="default", record=record, observed_at=NOW)])


@pytest.mark.parametrize(
    "other",
    [
        None,
        replace(RECORD, entries=()),
        replace(RECORD, identity=None),
        replace(RECORD, identity=Identity(project="shop", environment="prod", target="default", id="two")),
        replace(RECORD, entries=(replace(ENTRY, kind=LedgerKind.FAILED),)),
        replace(RECORD, entries=(replace(ENTRY, digests=Digests(raw="sha256-raw:1", text="sha256-text:2")),)),
        replace(RECORD, entries=(ENTRY, replace(ENTRY, migration="0002_b"))),
    ],
)
def test_another_state_has_another_digest(other: TargetRecord | None) -> None:
    assert digest(other) != digest(RECORD)


def test_who_applied_it_when_does_not_matter() -> None:
    assert digest(replace(RECORD, entries=(replace(ENTRY, actor="ben", finished_at=datetime.now(UTC)),))) == digest(
        RECORD
    )
