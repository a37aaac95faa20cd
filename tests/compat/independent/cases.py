"""Histories, queries and migrations, written from what is asked of the compatibility check and nothing else.

Each dialect has a folder. A file holds cases. Each begins with ``-- case: title`` and has three parts,
``-- history``, ``-- queries`` and ``-- migration``. A query ends with a semicolon at the end of a line;
``-- breaks`` above it says that the server refuses it after the migration, ``-- with: 1, 'x'`` gives values for its
placeholders.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent

_CASE = re.compile(r"^-- case: (.*)$", re.MULTILINE)
_PART = re.compile(r"^-- (history|queries|migration)$", re.MULTILINE)
_QUERY = re.compile(r"((?:^--[^\n]*\n)*)(.+?);\s*(?:\n|\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A query of a case."""

    text: str
    breaks: bool
    values: str | None
    """For its placeholders, as SQL writes them."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """A database, what is asked of it, and what changes it."""

    dialect: str
    title: str
    """With the name of its file."""
    history: str
    queries: tuple[Asked, ...]
    migration: str


def cases(dialect: str) -> Iterator[Case]:
    """All cases of a dialect."""
    for path in sorted((FOLDER / dialect).glob("*.sql")):
        _, *rest = _CASE.split(path.read_text())
        for title, text in zip(rest[::2], rest[1::2], strict=True):
            _, *parts = _PART.split(text)
            found = dict(zip(parts[::2], parts[1::2], strict=True))
            yield Case(
                dialect=dialect,
                title=f"{path.stem}: {title}",
                history=found["history"].strip(),
                queries=tuple(_asked(head, query) for head, query in _QUERY.findall(found["queries"].lstrip())),
                migration=found["migration"].strip(),
            )


def _asked(head: str, text: str) -> Asked:
    values = re.search(r"^-- with: (.*)$", head, re.MULTILINE)
    return Asked(text=text, breaks="-- breaks" in head, values=values[1] if values else None)
