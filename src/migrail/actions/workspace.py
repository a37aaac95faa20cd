"""A project on disk: its settings, its migrations, and who is asking at what time. Needs no database."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from migrail import dialects, sources
from migrail.config import Settings, load
from migrail.dialects import Dialect
from migrail.model.errors import InputError, Problem, UsageError
from migrail.model.migration import Migration
from migrail.pipeline.order import lower_environments
from migrail.sources import Discovered

MAX_ACTOR = 200

_ACTOR_VARIABLES = ("MIGRAIL_ACTOR", "GITHUB_ACTOR", "GITLAB_USER_LOGIN")


def utc_now() -> datetime:
    """The time, with its zone."""
    return datetime.now(UTC)


def default_actor() -> str:
    """Who is asking: ``MIGRAIL_ACTOR``, the user of the CI job, or the user of this machine."""
    for variable in _ACTOR_VARIABLES:
        if os.environ.get(variable):
            return os.environ[variable]
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


@dataclass(frozen=True)
class Workspace:
    """A project and the person who works in it."""

    settings: Settings
    actor: str
    clock: Callable[[], datetime] = utc_now

    @classmethod
    def open(cls, config: Path | None = None, *, actor: str | None = None) -> Workspace:
        """The project of a configuration file, or of the nearest one.

        Raises:
            ConfigError: there is none or it is wrong.
            UsageError: the actor's name cannot be kept.
        """
        name = actor or default_actor()
        if not name.isprintable() or len(name) > MAX_ACTOR:
            raise UsageError(f"who is asking must be printable and at most {MAX_ACTOR} characters long")
        return cls(settings=load(config), actor=name)

    @property
    def root(self) -> Path:
        return self.settings.root

    @cached_property
    def dialect(self) -> Dialect:
        return dialects.get(self.settings.project.dialect)

    @cached_property
    def discovered(self) -> Discovered:
        """All migrations of the project, in order.

        Raises:
            InputError: a folder or a file cannot be read; every problem is listed.
        """
        found: list[Migration] = []
        notes: list[str] = []
        for folder in self.settings.project.migrations:
            part = discover(self.root / folder, self.settings.project.format)
            found.extend(part.migrations)
            notes.extend(part.notes)
        if not found:
            names = ", ".join(shown(self.root / folder) for folder in self.settings.project.migrations)
            message = "holds no migration; files are called NNNN_words.sql"
            raise InputError([Problem(message=message, path=names)], help="migrail new NAME")
        found.sort(key=lambda migration: (migration.order, migration.id))
        return Discovered(migrations=tuple(found), notes=tuple(notes))

    def migration(self, id: str) -> Migration | None:
        """The migration of that id, if there is one.

        Raises:
            InputError: as for ``discovered``.
        """
        return next((migration for migration in self.discovered.migrations if migration.id == id), None)

    @cached_property
    def strictly_ordered(self) -> tuple[Migration, ...]:
        """All migrations, none of which shares its number with another.

        Raises:
            InputError: as for ``discovered``, and for every number that is taken twice.
        """
        migrations = self.discovered.migrations
        problems = [
            Problem(message=f"has the same number as {before.path}", path=migration.path)
            for before, migration in pairwise(migrations)
            if before.order == migration.order or before.id == migration.id
        ]
        if problems:
            raise InputError(problems, help="rename one of them to the next free number")
        return migrations

    @cached_property
    def pipeline(self) -> Mapping[str, tuple[str, ...]]:
        """The environments, lowest first, with those that each comes after."""
        listed = [(environment.name, environment.after) for environment in self.settings.environment]
        return lower_environments(listed)

    def require_environment(self, name: str) -> str:
        """The name, if there is such an environment.

        Raises:
            UsageError: there is none.
        """
        self.require_environments()
        if name not in self.pipeline:
            raise UsageError(f"there is no environment {name!r}; there is {', '.join(self.pipeline)}")
        return name

    def require_environments(self) -> None:
        """Raises UsageError when no environment is configured."""
        if not self.pipeline:
            help_ = f"add [[environment]] tables to {shown(self.settings.path)}"
            raise UsageError("no environment is configured, so there is nothing to promote into", help=help_)


def shown(path: Path) -> str:
    """A path as the user would type it here, with ``/``."""
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:
        return path.as_posix()


def discover(folder: Path, layout: str) -> Discovered:
    """The migrations of one folder, in the layout that is named or that fits.

    Raises:
        InputError: the folder or a file in it cannot be read.
    """
    place = shown(folder)
    try:
        if not folder.is_dir():
            what = "is not a folder" if folder.exists() else "does not exist"
            raise InputError([Problem(message=what, path=place)], help="migrail init")
        return sources.detect(folder, place, layout).discover(folder, place)
    except OSError as error:
        raise InputError([Problem(message=f"cannot be read: {error.strerror}", path=place)]) from None
