"""How SQLite reads text, names and types."""

from __future__ import annotations

from migrail.dialects._interface import Lexical, lower_ascii

LEXICAL = Lexical(
    backticks=True,
    brackets=True,
    comment_ends_at_cr=False,
    trigger_bodies=True,
    client="sqlite3",
    client_commands=r"\.[A-Za-z]+",
)

TYPE_ALIASES: dict[str, str] = {}
"""SQLite keeps the words of a type as written; only case does not matter."""


def fold(name: str, quoted: bool) -> str:
    """Names compare without regard to the case of ASCII letters, quoted or not."""
    return lower_ascii(name)
