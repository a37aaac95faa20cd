"""What a migration layout is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from migrail.model.migration import Migration


@dataclass(frozen=True, kw_only=True, slots=True)
class Discovered:
    """What lies in a folder."""

    migrations: tuple[Migration, ...]
    """In order; ties by id."""
    notes: tuple[str, ...] = ()
    """Files that are left out, each with the reason; for people, on standard error."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A layout of migration files."""

    name: str
    """The word used in the configuration."""
    title: str
    matches: Callable[[Path], bool]
    """Whether a folder looks like this layout."""
    is_migration: Callable[[str], bool]
    """Whether a file of that name is a migration of this layout."""
    discover: Callable[[Path, str], Discovered]
    """``discover(folder, shown)`` reads all migrations; ``shown`` is the folder as the user would type it.

    Raises InputError with every problem found."""
    read: Callable[[Path, str], Migration]
    """``read(file, shown)`` reads one migration file, whatever its folder. Raises InputError."""
    from_content: Callable[[str, bytes, str], Migration]
    """``from_content(name, content, shown)``: a migration whose file is elsewhere, such as in a git revision."""
    file_name: Callable[[int, str], str]
    """``file_name(previous, words)``: the name of the migration after number ``previous``."""
