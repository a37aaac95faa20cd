"""Writes rewritten migrations. Either all files are as they should be afterwards, or none was touched."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from migrail import git
from migrail.model.errors import UsageError
from migrail.model.text import visible
from migrail.results.files import FileChange

_BOM = b"\xef\xbb\xbf"
_AGAIN = "migrail check --diff"


def write(changes: Sequence[FileChange]) -> None:
    """Brings files into the state that the changes describe, byte order marks and permissions kept.

    Raises:
        UsageError: a file is not what was checked any more, is in the way, is half merged or half staged, or cannot
            be written. Nothing was changed then, unless the disk failed between two renames.
    """
    for change in changes:
        _require_untouched(change)
    prepared: list[tuple[Path, Path]] = []
    try:
        for change in changes:
            prepared.append((_prepare(change), Path(change.path)))
        for change in changes:
            if change.origin is not None:
                Path(change.origin).unlink()
        for ready, path in prepared:
            ready.replace(path)
    except OSError as error:
        for ready, _ in prepared:
            with contextlib.suppress(OSError):
                ready.unlink(missing_ok=True)
        raise UsageError(f"the files cannot be written: {error.strerror}", help=_AGAIN) from None


def _require_untouched(change: FileChange) -> None:
    """Raises unless the file is what was checked, and nothing of a person's would be lost."""
    path, old = Path(change.path), Path(change.origin or change.path)
    gone = {Path(change.origin)} if change.origin else set()
    if path != old and path.exists() and path not in gone:
        raise UsageError(f"{visible(change.path)} is there already; nothing was changed")
    if change.before is None:
        if path.exists() or path.is_symlink():
            raise UsageError(f"{visible(change.path)} is there already; nothing was changed")
        return
    if old.is_symlink():
        raise UsageError(f"{visible(str(old))} is a link; nothing was changed")
    if _content(old) != change.before.encode():
        raise UsageError(f"{visible(str(old))} changed while it was checked; nothing was changed", help=_AGAIN)
    state = git.unfinished(old)
    if state is not None:
        raise UsageError(f"{visible(str(old))} is {state}; nothing was changed", help="git status")


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes().removeprefix(_BOM)
    except OSError as error:
        raise UsageError(f"{visible(str(path))} cannot be read: {error.strerror}") from None


def _prepare(change: FileChange) -> Path:
    """The new content in a hidden file beside the place where it will be."""
    path = Path(change.path)
    ready = path.with_name(f".{path.name}.{os.getpid()}.new")
    content = change.text.encode()
    if change.before is not None:
        old = Path(change.origin or change.path)
        if old.read_bytes().startswith(_BOM):
            content = _BOM + content
    with ready.open("xb") as file:
        file.write(content)
    if change.before is not None:
        shutil.copymode(Path(change.origin or change.path), ready)
    return ready
