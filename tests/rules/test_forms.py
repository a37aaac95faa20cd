"""The lock rules against the measured forms: each heavy one is named, and no harmless one.

What is heavy is not written down here: it follows from the declared effects, which ``tests/dialects/postgres``
compares with real servers, form by form.
"""

from __future__ import annotations

import pytest

from migrail import dialects
from migrail.catalog import Catalog
from migrail.checker.walk import walk
from migrail.model.findings import Category, Severity
from migrail.model.locks import Blocked, Duration, LockEffect
from migrail.model.structure import Name
from tests.dialects.postgres.forms import FORMS, ONLY_18, SETUP
from tests.rules.checking import judge, script

ALL = [*((15, *form) for form in FORMS), *((18, *form) for form in (*FORMS, *ONLY_18))]


@pytest.mark.parametrize(("version", "before", "statement"), ALL)
def test_heavy_forms_are_errors_and_harmless_ones_are_not(version: int, before: str, statement: str) -> None:
    history = [SETUP, before] if before else [SETUP]
    result = judge(statement, history=history, version=(version,))
    alarms = [
        f"{finding.code} {finding.severity}"
        for finding in result.findings
        if finding.category is Category.LOCKING and finding.severity is not Severity.NOTE
    ]
    if is_heavy(history, statement, version):
        assert [alarm for alarm in alarms if alarm.endswith("error")]
    else:
        assert alarms == []


def is_heavy(history: list[str], statement: str, version: int) -> bool:
    """Whether it reads or writes all rows of something that exists while its users wait."""
    older = [script(text, number=number) for number, text in enumerate(history, 1)]
    new = [script(statement, number=len(older) + 1)]
    return any(
        _keeps_users_waiting(lock, step.context.catalog)
        for step in walk(older, new, dialect=dialects.get("postgres"), version=(version,))
        for lock in step.context.effects.locks
    )


def _keeps_users_waiting(lock: LockEffect, catalog: Catalog) -> bool:
    """A materialized view has readers only: nobody writes to it but its refresh."""
    if lock.duration is Duration.INSTANT:
        return False
    is_view = catalog.view(Name(*lock.relation.split(".", 1))) is not None
    return Blocked.READS in lock.blocks or (Blocked.WRITES in lock.blocks and not is_view)


def test_there_are_enough_of_both() -> None:
    """The definition above neither takes everything for heavy nor nothing."""
    heavy = [is_heavy([SETUP, before] if before else [SETUP], statement, 15) for before, statement in FORMS]
    assert heavy.count(True) >= 40
    assert heavy.count(False) >= 90
