"""The exit code of a whole run, from what happened at each environment."""

from __future__ import annotations

import pytest

from migrail.model.batch import Batch
from migrail.model.errors import GuardBusy, Interrupted, LockTimeout, MigrailError, MigrationFailed
from migrail.results.promotion import AppliedMigration, PromotionReport, Step, StepOutcome

DONE = AppliedMigration(migration="0001_a", target="default", statements=1, seconds=0.0)


def step(outcome: StepOutcome, error: MigrailError | None = None, *, applied: int = 0) -> Step:
    batch = Batch(project="shop", entries=())
    return Step(environment="dev", batch=batch, outcome=outcome, error=error, applied=(DONE,) * applied)


SUCCEEDED = step(StepOutcome.SUCCEEDED, applied=1)
NOTHING = step(StepOutcome.NOTHING)
REFUSED = step(StepOutcome.REFUSED)
FAILED = step(StepOutcome.FAILED, MigrationFailed("x"))
AWAY = step(StepOutcome.UNREACHABLE, GuardBusy("x"))
LOCKED = step(StepOutcome.UNREACHABLE, LockTimeout("x"), applied=1)
STOPPED = step(StepOutcome.UNREACHABLE, Interrupted("x"))
STOPPED_BEHIND = step(StepOutcome.UNREACHABLE, Interrupted("x"), applied=1)

CODES = [
    ((NOTHING,), 0),
    ((SUCCEEDED,), 0),
    ((SUCCEEDED, REFUSED), 0),
    ((NOTHING, REFUSED), 3),
    ((AWAY,), 5),
    ((SUCCEEDED, AWAY), 5),
    ((LOCKED,), 4),
    ((FAILED,), 4),
    ((FAILED, AWAY), 4),
    ((STOPPED,), 130),
    ((STOPPED_BEHIND,), 130),
    ((AWAY, STOPPED), 130),
    ((FAILED, STOPPED), 4),
    ((FAILED, STOPPED_BEHIND), 4),
]


@pytest.mark.parametrize(("steps", "code"), CODES)
def test_the_worst_of_it_is_the_answer(steps: tuple[Step, ...], code: int) -> None:
    assert PromotionReport(project="shop", steps=steps, auto=True).exit_code == code
