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
from tests.dialects.postgres.forms import FORMS, SETUP, Form
from tests.rules.checking import judge, script

ALL = [
    (version, form)
    for version in (15, 18)
    for forms in FORMS.values()
    for form in forms
    if form.since <= version < form.until
]


@pytest.mark.parametrize(("version", "form"), ALL, ids=lambda item: getattr(item, "statement", item))
def test_heavy_forms_are_errors_and_harmless_ones_are_not(version: int, form: Form) -> None:
    result = judge(form.statement, history=history_of(form), version=(version,))
    alarms = [
        f"{finding.code} {finding.severity}"
        for finding in result.findings
        if finding.category is Category.LOCKING and finding.severity is not Severity.NOTE
    ]
    if form.statement.startswith("ALTER TABLE empty"):
        assert [finding for finding in result.findings if finding.severity is Severity.ERROR]  # fails on any row
    elif is_heavy(form, version):
        assert [alarm for alarm in alarms if alarm.endswith("error")]
    else:
        assert alarms == []


def history_of(form: Form) -> list[str]:
    return [SETUP, form.before] if form.before else [SETUP]


def is_heavy(form: Form, version: int) -> bool:
    """Whether it reads or writes all rows of something that exists while its users wait."""
    older = [script(text, number=number) for number, text in enumerate(history_of(form), 1)]
    new = [script(form.statement, number=len(older) + 1)]
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
    heavy = [is_heavy(form, version) for version, form in ALL if version == 15]
    assert heavy.count(True) >= 80
    assert heavy.count(False) >= 250
