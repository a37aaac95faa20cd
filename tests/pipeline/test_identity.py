"""What keeps promotions out of an environment: a file that is not what stopped half-way there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.pipeline.test_state import ENTRY, NOW, RECORD

from migrail.model.ledger import LedgerKind, Observation
from migrail.model.migration import Digests, Migration
from migrail.pipeline.identity import mismatches
from migrail.pipeline.situation import Place, Situation

SAME = "sha256-text:1"
OTHER = "sha256-text:2"

ACCEPT = "put the file back, or migrail resolve prod 0001_a --accept-edit --reason ..."
RESOLVE = "migrail resolve prod 0001_a"

NEXT = [
    (LedgerKind.APPLIED, SAME, None),
    (LedgerKind.APPLIED, OTHER, ("edited", "put the file back and write the change as a new migration")),
    (LedgerKind.FAILED, SAME, ("failed", f"{RESOLVE} --retry --reason ...  # or --mark-applied, --mark-reverted")),
    (LedgerKind.FAILED, OTHER, ("failed", f"{RESOLVE} --accept-edit --reason ...  # or --mark-applied, ")),
    (LedgerKind.FAILED, None, ("failed", f"{RESOLVE} --mark-reverted --reason ...  # or --mark-applied")),
    (LedgerKind.STARTED, OTHER, ("in-doubt", "migrail reconcile prod")),
    (LedgerKind.SETTLED, SAME, None),
    (LedgerKind.SETTLED, OTHER, ("edited", ACCEPT)),
    (LedgerKind.RETRIED, SAME, None),
    (LedgerKind.RETRIED, OTHER, ("edited", ACCEPT)),
    (LedgerKind.ACCEPTED_EDIT, SAME, None),
    (LedgerKind.ACCEPTED_EDIT, OTHER, ("edited", ACCEPT)),
    (LedgerKind.ACCEPTED_EDIT, None, ("missing", "git log --diff-filter=D -- '*0001_a*'")),
    (LedgerKind.UNDONE, OTHER, None),
    (LedgerKind.MARKED_REVERTED, OTHER, None),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "expected"), NEXT)
def test_a_file_and_the_newest_row_about_it(
    kind: LedgerKind, text: str | None, expected: tuple[str, str] | None
) -> None:
    file = Migration(
        id="0001_a",
        order=(1,),
        path="migrations/0001_a.sql",
        text="",
        digests=Digests(raw="sha256-raw:1", text=text or ""),
        source="plain",
    )
    entry = replace(ENTRY, kind=kind)
    record = replace(RECORD, entries=(replace(entry, hash=entry.computed_hash()),))
    seen = Observation(environment="prod", target="default", record=record, observed_at=NOW)
    place = Place(name="prod", after=(), gates=(), observations=(seen,))
    situation = Situation(
        project="shop",
        migrations=(file,) if text else (),
        batches=(),
        places=(place,),
        evidence=(),
        approvals=(),
        now=datetime.now(UTC),
        max_age=60,
    )
    found = mismatches(situation, place)
    if expected is None:
        assert found == ()
    else:
        (difference,) = found
        assert (difference.kind.value, difference.next[: len(expected[1])]) == expected
