"""A written file for a terminal: its path alone, so that a shell can take it."""

from __future__ import annotations

from migrail.model.text import visible
from migrail.results.files import Written


def render(result: Written, *, color: bool, width: int) -> str:
    """The path, or for a dry run the path and what would be in the file."""
    return visible(result.path) if result.written else f"{visible(result.path)}\n{result.content}"
