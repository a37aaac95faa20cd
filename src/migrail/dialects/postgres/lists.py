"""Bounds of partitions by a list of constants, and the conditions that say the same."""

from __future__ import annotations

import re

_CONSTANT = r"'(?:[^']|'')*'|[-+]?\d[\d.]*|true|false|null"
_CAST = r"(?:\s*::\s*[\w.\" ]+(?:\(\d+\))?)?"
_ITEM = re.compile(rf"\s*\(?\s*({_CONSTANT})\s*\)?{_CAST}\s*", re.IGNORECASE)
_BOUND = re.compile(r"(?:FOR\s+VALUES\s+)?IN\s*\((.+)\)", re.IGNORECASE | re.DOTALL)

LONGEST = 100
"""Values beyond which the server does not look into a list (``MAX_SAOP_ARRAY_SIZE`` in predtest.c)."""

NULL = "null"


def values_of(text: str) -> tuple[str, ...] | None:
    """The constants of ``'a', NULL, 'b'::text`` without casts, NULL in small letters.

    Returns:
        ``None`` where anything but a constant is among them.
    """
    found, place = [], 0
    while item := _ITEM.match(text, place):
        found.append(item[1] if item[1].startswith("'") else item[1].lower())
        place = item.end()
        if place == len(text):
            return tuple(dict.fromkeys(found))
        if text[place] != ",":
            return None
        place += 1
    return None


def values_of_bound(bound: str) -> tuple[str, ...] | None:
    """The constants of ``FOR VALUES IN (...)``; ``None`` for other bounds and for expressions."""
    found = _BOUND.fullmatch(bound.strip())
    return values_of(found[1]) if found is not None else None
