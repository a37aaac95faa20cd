"""Who has a SQLite file locked, which SQLite itself does not tell: Linux does, of the processes it shows."""

from __future__ import annotations

import os
from pathlib import Path

from migrail.model.text import visible

_LOCKS, _PROCESSES = Path("/proc/locks"), Path("/proc")


def holders(file: Path) -> tuple[str, ...]:
    """The other processes with locks on a file or on the memory of its WAL; those that write, if any do."""
    try:
        lines = [line.split() for line in _LOCKS.read_text().splitlines()]
    except OSError:
        return ()
    places = {place for name in (file, Path(f"{file}-shm")) if (place := _place(name))}
    held = [(words[3], int(words[4])) for words in lines if "->" not in words and words[5] in places]
    others = {(kind, process) for kind, process in held if process > 0 and process != os.getpid()}
    writing = {process for kind, process in others if kind == "WRITE"}
    return tuple(_named(process) for process in sorted(writing or {process for _, process in others}))


def _place(file: Path) -> str | None:
    """Device and number of a file as they are written there."""
    try:
        found = file.stat()
    except OSError:
        return None
    return f"{os.major(found.st_dev):02x}:{os.minor(found.st_dev):02x}:{found.st_ino}"


def _named(process: int) -> str:
    try:
        name = (_PROCESSES / str(process) / "comm").read_text().strip()
    except OSError:
        name = "of another user"
    return f"process {process} ({visible(name)}); to end it: kill {process}"
