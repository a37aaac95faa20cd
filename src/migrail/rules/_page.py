"""Rule pages: the docstring of a rule's module, and the examples in it."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass

from migrail.dialects import Version

SECTIONS = ("What", "Why", "Refused", "Accepted", "Since", "Sources")
"""Every page has these, in this order, under ``##``."""

NO_REWRITE = "No rewrite"
"""Stands behind ``Accepted`` on pages of rules that propose no migrations to write instead, or not always: why."""

_FENCE = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HISTORY = re.compile(r"^-- history:\n(.*?)^-- migration:\n", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """SQL from a page."""

    dialect: str
    history: str
    """Older statements; empty where the example has none."""
    migration: str
    version: Version | None = None
    """Of the server, where the example is about a certain one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A rule's documentation in Markdown."""

    title: str
    """The first line, without full stop."""
    text: str
    """All of it, the first line included."""

    @classmethod
    def of(cls, docstring: str) -> Page:
        text = inspect.cleandoc(docstring)
        return cls(title=text.partition("\n")[0].rstrip("."), text=text)

    def section(self, heading: str) -> str:
        """What stands below a heading.

        Raises:
            LookupError: there is no such heading.
        """
        _, found, rest = f"{self.text}\n".partition(f"\n## {heading}\n")
        if not found:
            raise LookupError(heading)
        return rest.partition("\n## ")[0].strip()

    def examples(self, heading: str) -> tuple[Example, ...]:
        """The SQL blocks below a heading. The info string is ``sql``, ``sql sqlite`` or ``sql postgres 14.2``."""
        blocks = _FENCE.findall(f"{self.section(heading)}\n")
        return tuple(_example(info.split()[1:], body) for info, body in blocks if info.split()[:1] == ["sql"])


def _example(words: list[str], body: str) -> Example:
    history = _HISTORY.match(body)
    return Example(
        dialect=words[0] if words else "postgres",
        history=history[1] if history else "",
        migration=body[history.end() :] if history else body,
        version=tuple(int(part) for part in words[1].split(".")) if len(words) > 1 else None,
    )
