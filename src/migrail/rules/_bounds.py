"""Bounds of partitions as conditions."""

from __future__ import annotations

import re

_BY = re.compile(r"(RANGE|LIST)\s*\(\s*([^\s(),]+)\s*\)", re.IGNORECASE)
_RANGE = re.compile(r"FOR\s+VALUES\s+FROM\s*\((.*?)\)\s*TO\s*\((.*?)\)", re.IGNORECASE | re.DOTALL)
_LIST = re.compile(r"FOR\s+VALUES\s+IN\s*\((.*)\)", re.IGNORECASE | re.DOTALL)
_OPEN = {"MINVALUE", "MAXVALUE"}


def condition(partitioned_by: str, bound: str) -> str | None:
    """What must hold for the rows of a partition, as SQL.

    Args:
        partitioned_by: the text of PARTITION BY.
        bound: the text of FOR VALUES.

    Returns:
        ``None`` for anything but one plain column, by range or list, and for bounds with calls or commas in them.
    """
    by = _BY.fullmatch(partitioned_by.strip())
    if by is None:
        return None
    column = by[2]
    if by[1].upper() == "LIST":
        values = _LIST.fullmatch(bound.strip())
        if values is None or "null" in values[1].lower():
            return None
        return f"{column} IS NOT NULL AND {column} IN ({values[1]})"
    ends = _RANGE.fullmatch(bound.strip())
    if ends is None or any(char in f"{ends[1]}{ends[2]}" for char in ",("):
        return None
    low, high = ends[1].strip(), ends[2].strip()
    parts = [f"{column} IS NOT NULL"]
    if low.upper() not in _OPEN:
        parts.append(f"{column} >= {low}")
    if high.upper() not in _OPEN:
        parts.append(f"{column} < {high}")
    return " AND ".join(parts)
