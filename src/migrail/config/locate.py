"""Finds the line of a key in TOML text, which the standard library's parser does not tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_INLINE_KEY = r"""(?<![\w"'-])["']?{key}["']?\s*="""


def line_of(text: str, path: Sequence[str | int]) -> int | None:
    """The line on which the value at ``path`` begins, or that of its nearest enclosing table.

    ``("environment", 1, "url")`` is the key ``url`` of the second ``[[environment]]``.
    """
    best: tuple[int, int] | None = None
    wanted = tuple(path)
    for line, place in _places(text):
        depth = _common(place, wanted)
        if depth and (best is None or depth > best[1]):
            best = (line, depth)
    if best is None:
        return None
    return _inline(text, wanted[best[1] :], best[0])


def _places(text: str) -> list[tuple[int, tuple[str | int, ...]]]:
    places: list[tuple[int, tuple[str | int, ...]]] = []
    table: tuple[str | int, ...] = ()
    counts: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        if header:
            names = _parts(header[2])
            table = _table(names, counts)
            if header[1] == "[[":
                index = counts[names] = counts.get(names, -1) + 1
                table = (*table, index)
            places.append((number, table))
            continue
        key = _KEY.match(line)
        if key:
            places.append((number, (*table, *_parts(key[1]))))
    return places


def _table(names: tuple[str, ...], counts: dict[tuple[str, ...], int]) -> tuple[str | int, ...]:
    """``[environment.rules]`` belongs to the last ``[[environment]]`` above it."""
    found: list[str | int] = []
    for depth, name in enumerate(names, 1):
        found.append(name)
        if depth < len(names) and names[:depth] in counts:
            found.append(counts[names[:depth]])
    return tuple(found)


def _parts(dotted: str) -> tuple[str, ...]:
    found: list[str] = re.findall(r"""[\w-]+|"[^"]*"|'[^']*'""", dotted)
    return tuple(part.strip("\"'") for part in found)


def _common(place: tuple[str | int, ...], wanted: tuple[str | int, ...]) -> int:
    if len(place) > len(wanted) or place != wanted[: len(place)]:
        return 0
    return len(place)


def _inline(text: str, rest: Sequence[str | int], line: int) -> int:
    """Walks into an array of inline tables that begins on ``line``."""
    lines = text.splitlines()
    for part in rest:
        pattern = r"\{" if isinstance(part, int) else _INLINE_KEY.format(key=re.escape(part))
        wanted = part + 1 if isinstance(part, int) else 1
        for number in range(line, len(lines) + 1):
            if number > line and _HEADER.match(lines[number - 1]):
                return line
            wanted -= len(re.findall(pattern, lines[number - 1]))
            if wanted <= 0:
                line = number
                break
        else:
            return line
    return line
