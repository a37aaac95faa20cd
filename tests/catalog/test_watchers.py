"""Policies and triggers in the catalog."""

from __future__ import annotations

import pytest

from migrail import dialects
from migrail.catalog import Catalog, Table
from migrail.catalog.replay import replay
from migrail.model.structure import Name
from tests.rules.checking import script

BASE = """
CREATE TABLE t (id bigint, owner text, at timestamptz);
CREATE POLICY p ON t USING (owner = current_user) WITH CHECK (at IS NULL);
CREATE TRIGGER g BEFORE UPDATE OF at ON t FOR EACH ROW WHEN (OLD.owner <> NEW.owner) EXECUTE FUNCTION f();
"""


def table(sql: str) -> Table:
    found = replay(Catalog.empty(dialects.get("postgres")), script(BASE + sql).operations).table(Name(None, "t"))
    assert found is not None
    return found


def test_a_policy_and_a_trigger_know_what_they_look_at() -> None:
    found = table("")
    assert set(found.policies["p"].columns) >= {"owner", "at"}
    assert found.triggers["g"].columns == ("at",)
    assert found.triggers["g"].when is not None
    assert not found.row_security


def test_names_follow_a_renamed_column() -> None:
    found = table("ALTER TABLE t RENAME at TO moment; ALTER TABLE t RENAME owner TO who;")
    assert {"who", "moment"} <= set(found.policies["p"].columns)
    assert found.triggers["g"].columns == ("moment",)
    assert found.triggers["g"].when is not None
    assert "who" in found.triggers["g"].when.text


@pytest.mark.parametrize(
    ("sql", "on"),
    [
        ("ALTER TABLE t ENABLE ROW LEVEL SECURITY", True),
        ("ALTER TABLE t ENABLE ROW LEVEL SECURITY; ALTER TABLE t DISABLE ROW LEVEL SECURITY", False),
        ("ALTER TABLE t FORCE ROW LEVEL SECURITY", False),
    ],
)
def test_row_security(sql: str, on: bool) -> None:
    assert table(sql).row_security is on


def test_a_policy_that_is_dropped_is_gone() -> None:
    assert table("DROP POLICY IF EXISTS p ON t").policies == {}
    assert list(table("DROP POLICY other ON t").policies) == ["p"]
