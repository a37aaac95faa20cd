"""Plain SQL: one folder of ``NNNN_words.sql``, ordered by number, forward only.

A file is UTF-8 (a byte order mark is accepted, any line ends are). Files that end in ``.sql`` or begin with a digit
must have such a name; others are left out with a note, and hidden files and read-me files without one.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from migrail.model.errors import InputError, Problem
from migrail.model.migration import Digests, Migration
from migrail.model.text import visible
from migrail.sources._interface import Discovered, Source
from migrail.sources._text import decode, problem, read_text

NAME = re.compile(r"(\d+)_(\w[\w-]*)\.sql")
_QUIET = re.compile(r"\..*|readme(\.(?!sql$).*)?|.*\.md", re.IGNORECASE)


def matches(folder: Path) -> bool:
    """Whether at least one file has such a name, or the folder holds no SQL at all yet."""
    names = [path.name for path in folder.iterdir()]
    return any(NAME.fullmatch(name) for name in names) or not any(name.endswith(".sql") for name in names)


def discover(folder: Path, shown: str) -> Discovered:
    """All migrations of a folder."""
    migrations: list[Migration] = []
    problems: list[Problem] = []
    notes: list[str] = []
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        place = f"{shown}/{entry.name}"
        if _QUIET.fullmatch(entry.name):
            continue
        if entry.is_dir():
            if _looks_like_migration(entry.name) or any(Path(entry).rglob("*.sql")):
                notes.append(
                    f"{visible(place)} is a folder and is left out; name it in project.migrations to have it"
                )
            continue
        if not NAME.fullmatch(entry.name) and not _looks_like_migration(entry.name):
            notes.append(f"{visible(place)} is not a migration (NNNN_words.sql) and is left out")
            continue
        try:
            migrations.append(read(Path(entry), place))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    migrations.sort(key=lambda migration: (migration.order, migration.id))
    return Discovered(migrations=tuple(migrations), notes=tuple(notes))


def read(path: Path, shown: str) -> Migration:
    """One migration from its file."""
    if not _is_regular(path):
        raise problem("is not a regular file", shown)
    return _migration(path.name, *read_text(path, visible(shown)), visible(shown))


def from_content(name: str, content: bytes, shown: str) -> Migration:
    """One migration from the content of a file that is somewhere else."""
    return _migration(name, content, decode(content, visible(shown)), visible(shown))


def _migration(name: str, content: bytes, text: str, shown: str) -> Migration:
    found = NAME.fullmatch(name)
    if not found:
        raise problem("the name is not a number, '_', words and '.sql', such as 0007_add_phone.sql", shown)
    return Migration(
        id=name.removesuffix(".sql"),
        order=(int(found[1]),),
        path=shown,
        text=text,
        digests=Digests.of(content, text),
        source="plain",
    )


def file_name(previous: int, words: str) -> str:
    """``0008_words.sql`` after number 7."""
    slug = re.sub(r"[^\w]+", "_", words.strip().lower()).strip("_")
    return f"{previous + 1:04d}_{slug}.sql"


def _is_regular(path: Path) -> bool:
    """False for a device, say, from which reading would never end; what is not there is said by who reads it."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return True


def _looks_like_migration(name: str) -> bool:
    return name.lower().endswith(".sql") or name[:1].isdigit()


SOURCE = Source(
    name="plain",
    title="plain SQL files",
    matches=matches,
    is_migration=lambda name: NAME.fullmatch(name) is not None,
    discover=discover,
    read=read,
    from_content=from_content,
    file_name=file_name,
)
