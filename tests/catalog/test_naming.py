"""Names that the server chooses."""

from __future__ import annotations

import pytest

from migrail.catalog.naming import free_name, index_columns, object_name


@pytest.mark.parametrize(
    ("first", "second", "label", "expected"),
    [
        ("t", "", "pkey", "t_pkey"),
        ("t", "a", "key", "t_a_key"),
        ("t" * 63, "", "pkey", "t" * 58 + "_pkey"),
        ("t" * 63, "a", "key", "t" * 57 + "_a_key"),
        ("t", "a" * 80, "key", "t_" + "a" * 57 + "_key"),
        ("t" * 40, "a" * 40, "key", "t" * 29 + "_" + "a" * 29 + "_key"),
        ("t" * 40, "a" * 40, "idx1", "t" * 29 + "_" + "a" * 28 + "_idx1"),
        ("ä" * 31, "", "pkey", "ä" * 29 + "_pkey"),
    ],
)
def test_object_name(first: str, second: str, label: str, expected: str) -> None:
    name = object_name(first, second, label)
    assert name == expected
    assert len(name.encode()) <= 63


@pytest.mark.parametrize(
    ("taken", "expected"), [(set(), "t_a_idx"), ({"t_a_idx"}, "t_a_idx1"), ({"t_a_idx", "t_a_idx1"}, "t_a_idx2")]
)
def test_free_name(taken: set[str], expected: str) -> None:
    assert free_name("t", "a", "idx", taken.__contains__) == expected


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (("a",), "a"),
        (("a", "b"), "a_b"),
        (("lower(a)",), "lower"),
        (("lower(a)", "lower(b)"), "lower_lower1"),
        (("(a + 1)", "b"), "expr_b"),
        (("(a + 1)", "(b + 1)"), "expr_expr1"),
        (("pg_catalog.lower(a)",), "lower"),
        ((), ""),
    ],
)
def test_index_columns(columns: tuple[str, ...], expected: str) -> None:
    assert index_columns(columns) == expected
