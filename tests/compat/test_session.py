"""Statements that need nothing of the structure are queries that nothing breaks."""

from __future__ import annotations

import pytest

from tests.compat.tables import engine

HISTORY = "CREATE TABLE t (id integer PRIMARY KEY, a text);"
CHANGE = "DROP TABLE t;"


@pytest.mark.parametrize(
    "text", ["BEGIN", "COMMIT", "ROLLBACK TO s", "SHOW search_path", "LISTEN jobs", "VALUES (1, 'a')"]
)
def test_nothing_breaks_them(text: str) -> None:
    found = engine(HISTORY, CHANGE, [text], "postgres")[0]
    assert not found.said
    assert found.not_checkable is None


def test_what_is_beside_them_breaks() -> None:
    (reason,) = {item.reason for item in engine(HISTORY, CHANGE, ["SELECT a FROM t"], "postgres")[0].said}
    assert reason == "relation t does not exist"
