"""Conditions of CHECKs, as far as the server's own proofs need them: what is joined by AND and OR."""

from __future__ import annotations

import re

_PIECES = re.compile(
    r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|\(|\)|\b(?:AND|OR|BETWEEN|CASE|END)\b|[^'"()\w]+|\w+""",
    re.IGNORECASE,
)
_TYPES = r"(?:timestamp(?:tz)?|date|text|integer|bigint|numeric|character varying)"
_CAST = re.compile(rf"::\s*{_TYPES}\b(?:\(\d+\))?|\b{_TYPES}\s*(?=')", re.IGNORECASE)

_WRITTEN = re.compile(r"""('(?:[^']|'')*')|"((?:[^"]|"")*)"|[^'"]+""")
"""A literal, a quoted name, or anything else."""


def conjuncts(condition: str) -> list[str]:
    """The parts of ``a AND b AND c``, each without its outer parentheses; one that is no AND is its only part."""
    return _split(condition, "AND")


def disjuncts(condition: str) -> list[str]:
    """The parts of ``a OR b``."""
    return _split(condition, "OR")


def names(text: str, column: str) -> bool:
    """Whether the text is the column's name, with quotes or without."""
    bare = without_parentheses(text)
    return (bare[1:-1].replace('""', '"') if bare.startswith('"') else bare.lower()) == column


def normal(condition: str) -> str:
    """A comparison without blanks, quotes around names, parentheses and casts: ``id>=20``.

    What stands in quotes keeps its letters, since ``'A'`` and ``'a'`` are two values.
    """
    text = _CAST.sub("", without_parentheses(condition))
    return _WRITTEN.sub(lambda found: found[1] or found[2] or re.sub(r"[\s()]", "", found[0]).lower(), text)


def without_parentheses(text: str) -> str:
    """Without those that stand around the whole."""
    text = text.strip()
    while text.startswith("(") and _closes_at_end(text):
        text = text[1:-1].strip()
    return text


def _closes_at_end(text: str) -> bool:
    depth = 0
    for found in _PIECES.finditer(text):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if depth == 0:
            return found.end() == len(text)
    return False


def _split(condition: str, word: str) -> list[str]:
    """At the word, outside parentheses; nowhere where a weaker or unknown operator stands beside it."""
    text = without_parentheses(condition)
    depth, start, between = 0, 0, False
    parts: list[str] = []
    for found in _PIECES.finditer(text):
        piece = found[0].upper()
        depth += {"(": 1, ")": -1}.get(piece, 0)
        if depth or piece not in {"AND", "OR", "BETWEEN", "CASE"}:
            continue
        if piece == "CASE" or (piece == "OR" and word == "AND"):
            return [text]
        if piece == "BETWEEN":
            between = True
        elif piece == "AND" and between:
            between = False
        elif piece == word:
            parts.append(text[start : found.start()])
            start = found.end()
    parts.append(text[start:])
    if len(parts) == 1:
        return [text]
    return [inner for part in parts for inner in _split(part, word)]
