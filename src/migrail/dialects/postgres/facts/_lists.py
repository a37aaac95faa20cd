"""Whether CHECKs prove a bound by list: which values a condition allows, and which it excludes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from migrail.dialects.postgres.facts._conditions import disjuncts, names, without_parentheses
from migrail.dialects.postgres.lists import LONGEST, NULL, values_of

_TEST = re.compile(
    r"(?P<column>\(?\s*(?:\w+|\"[^\"]+\")\s*\)?)(?:\s*::\s*text)?\s*"
    r"(?P<operator>=\s*ANY\b|<>\s*ALL\b|NOT\s+IN\b|IN\b|IS\s+NULL|=|<>|!=)\s*(?P<values>.*)",
    re.IGNORECASE | re.DOTALL,
)
_ARRAY = re.compile(r"ARRAY\s*\[(.*)\]", re.IGNORECASE | re.DOTALL)
_ARRAY_CAST = re.compile(r"\s*::\s*[\w ]+\[\]\s*$")
_POSITIVE = {"=", "=ANY", "IN", "ISNULL"}


def list_is_proven(values: tuple[str, ...], column: str, not_null: bool, parts: Iterable[str]) -> bool:
    """Whether one of the conditions allows nothing but these values.

    Args:
        values: of the bound.
        column: the key.
        not_null: whether it cannot be NULL.
        parts: conditions that hold together.
    """
    if len(values) > LONGEST or not (not_null or NULL in values):
        return False
    found = (_allowed(part, column) for part in parts)
    return any(allowed is not None and allowed <= set(values) for allowed in found)


def list_is_excluded(values: tuple[str, ...], column: str, not_null: bool, parts: Iterable[str]) -> bool:
    """Whether the conditions together exclude all these values."""
    if len(values) > LONGEST:
        return False
    excluded = {value for part in parts for value in _tested(part, column, positive=False) or ()}
    return set(values) <= excluded | ({NULL} if not_null else set())


def _allowed(part: str, column: str) -> set[str] | None:
    """The values that ``k IS NULL OR k IN (1, 2) OR k = 3`` lists; ``None`` where it tests anything else."""
    tested = [_tested(each, column, positive=True) for each in disjuncts(part)]
    known = [values for values in tested if values is not None]
    return {value for values in known for value in values} if len(known) == len(tested) else None


def _tested(part: str, column: str, *, positive: bool) -> tuple[str, ...] | None:
    """The values with which the column is compared, all in one way."""
    found = _TEST.fullmatch(without_parentheses(part))
    if found is None or not names(found["column"], column):
        return None
    operator = re.sub(r"\s", "", found["operator"]).upper()
    if (operator in _POSITIVE) is not positive:
        return None
    if operator == "ISNULL":
        return None if found["values"].strip() else (NULL,)
    text = found["values"]
    if operator in {"IN", "NOTIN"}:
        text = without_parentheses(text)
    elif operator in {"=ANY", "<>ALL"}:
        array = _ARRAY.fullmatch(without_parentheses(_ARRAY_CAST.sub("", without_parentheses(text))))
        text = array[1] if array is not None else ""
    return values_of(text)
