"""Rewritten migrations as a patch for ``git apply``."""

from __future__ import annotations

from migrail.report._patch import patch
from migrail.results.files import Fixes


def render(result: Fixes, *, color: bool, width: int) -> str:
    """The patch of all files. Only files without invisible characters are rewritten, so it is safe to print."""
    return "".join(patch(change) for change in result.changes)
