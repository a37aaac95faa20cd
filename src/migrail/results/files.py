"""What capture, init, new and fix write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the checker brings all rules along, which most verbs do not need
    from migrail.checker import CheckResult


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """A file that was written, or would be."""

    path: str
    content: str
    written: bool
    """False for a dry run."""
    remarks: tuple[str, ...] = ()
    """What was found out for it."""
    next: str = ""
    """What to do then."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FileChange:
    """What becomes of a migration's file."""

    path: str
    """As the user would type it, with ``/``."""
    text: str
    """The new content without byte order mark."""
    before: str | None = None
    """The content now; ``None`` for a file that is not there yet."""
    origin: str | None = None
    """The path now, where it changes."""
    mark: bool = False
    """Whether the file begins with a byte order mark, which stays."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fixes:
    """What files become when the rewrites that a machine may apply are applied. Shown as a patch."""

    changes: tuple[FileChange, ...]
    applied: tuple[str, ...]
    """What was rewritten, for people."""
    withheld: tuple[str, ...]
    """What could have been, and why it was not; for people."""
    found: CheckResult
    """The findings as the files are now."""
    left: CheckResult
    """The findings that would be left."""
