"""MR5xx: statements that were not understood."""

from __future__ import annotations

import pytest

from tests.rules.checking import judge


@pytest.mark.parametrize(
    ("sql", "severity"),
    [
        ("ALTER TABLE orders FROBNICATE note", "error"),
        ("DROP FROBNICATOR x", "error"),
        ("FROBNICATE orders", "warning"),
        ("DO $$ BEGIN EXECUTE f(); END $$", "warning"),
        ("DO $$ BEGIN IF a; END $$", "warning"),
        ("DO $$ x $$ LANGUAGE plperl", "warning"),
        ("DO $$ BEGIN FROBNICATE orders; END $$", "warning"),
        ("DO $$ BEGIN ALTER TABLE orders FROBNICATE note; END $$", "error"),
        ("EXECUTE p(1)", "warning"),
        ("CALL app.cleanup()", "warning"),
    ],
)
def test_what_is_not_understood_is_loud(sql: str, severity: str) -> None:
    (found,) = judge(sql).findings
    assert (found.code, found.severity) == ("MR501", severity)
    assert "unknown" in found.message


def test_an_opaque_statement_counts_and_is_not_called_compatible() -> None:
    result = judge("ALTER TABLE orders FROBNICATE note; ALTER TABLE orders ADD COLUMN x int")
    assert (result.statements, result.opaque) == (2, 1)
    assert not result.migrations[0].backward_compatible


@pytest.mark.parametrize(
    "sql",
    ["ALTER TABLE orders ADD COLUMN x int", "SELECT 1", "SET lock_timeout = '1s'", "COMMENT ON TABLE t IS 'x'"],
)
def test_what_is_understood_is_not_mentioned(sql: str) -> None:
    assert judge(sql).findings == ()
