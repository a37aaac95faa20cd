"""The names that servers give to what the author left unnamed."""

from __future__ import annotations

import re
from collections.abc import Callable

from migrail.model.structure import ConstraintKind

_BYTES = 63
"""NAMEDATALEN - 1 of PostgreSQL."""

CONSTRAINT_LABELS = {
    ConstraintKind.PRIMARY_KEY: "pkey",
    ConstraintKind.UNIQUE: "key",
    ConstraintKind.EXCLUDE: "excl",
    ConstraintKind.FOREIGN_KEY: "fkey",
    ConstraintKind.CHECK: "check",
    ConstraintKind.NOT_NULL: "not_null",
}
"""PostgreSQL's endings."""

_TRIES = 100

_CALL = re.compile(r"(?:[\w$]+\.)?([\w$]+)\s*\(.*\)", re.DOTALL)


def object_name(first: str, second: str, label: str) -> str:
    """``first_second_label`` in 63 bytes: the longer of the first two is cut (makeObjectName in indexcmds.c)."""
    one, two = first.encode("utf-8", "replace"), second.encode("utf-8", "replace")
    room = _BYTES - len(label.encode()) - 1 - (1 if two else 0)
    excess = max(0, len(one) + len(two) - room)
    longer_by = len(one) - len(two)
    cut_one = min(excess, longer_by) if longer_by > 0 else 0
    cut_two = min(excess, -longer_by) if longer_by < 0 else 0
    rest = excess - cut_one - cut_two
    one, two = _cut(one, cut_one + rest // 2), _cut(two, cut_two + rest - rest // 2)
    parts = (one.decode("utf-8", "ignore"), two.decode("utf-8", "ignore"), label)
    return "_".join(part for part in parts if part)


def _cut(text: bytes, count: int) -> bytes:
    return text[: len(text) - count] if count > 0 else text


def free_name(first: str, second: str, label: str, taken: Callable[[str], bool], known: int = 0) -> str:
    """The first name that is free, with a number behind the label from the second on.

    After a hundred it goes on at ``known``, the number of names there are, lest a script of nothing but unnamed
    indexes takes quadratic time.
    """
    name, number = object_name(first, second, label), 0
    while taken(name):
        number = max(number, known) if number == _TRIES else number
        number += 1
        name = object_name(first, second, f"{label}{number}")
    return name


def index_columns(columns: tuple[str, ...]) -> str:
    """The middle of an index's name (ChooseIndexNameAddition in indexcmds.c)."""
    used: set[str] = set()
    parts: list[str] = []
    for column in columns:
        base = part = _column_name(column)
        number = 0
        while part in used:
            number += 1
            part = f"{base}{number}"
        used.add(part)
        parts.append(part)
    return "_".join(parts)


def _column_name(column: str) -> str:
    """A column as it is; a call by its function; another expression as ``expr``."""
    if not any(char in column for char in "(:+-*/|<>="):
        return column
    inner = column.strip()
    while inner.startswith("(") and inner.endswith(")"):
        inner = inner[1:-1].strip()
    call = _CALL.fullmatch(inner)
    return call[1].lower() if call is not None else "expr"
