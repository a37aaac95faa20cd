"""Everything migrail raises, named after situations.

    MigrailError                  exit 2 unless said otherwise
    ├── ConfigError               migrail.toml is missing, broken or says something impossible
    ├── UsageError                the command line asks for something that does not exist
    ├── InputError                migrations that cannot be read; carries every problem found, not just the first
    ├── IdentityError             the database belongs to another project or environment, or has unknown content
    ├── TargetUnreachable   (5)   a database could not be reached; nothing was changed
    ├── GuardBusy           (5)   another promotion holds the target; nothing was changed
    ├── LockTimeout         (5)   a table was locked for too long; the migration was rolled back
    ├── MigrationFailed     (4)   a migration failed while it was applied
    └── Interrupted       (130)   somebody stopped it; nothing is half-done

Answers such as a closed gate or a finding are values, never exceptions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One thing that is wrong with an input, and where."""

    message: str
    path: str
    """The file as the user would type it."""
    line: int | None = None
    """Counts from 1; ``None`` when the whole file is meant."""
    column: int | None = None

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)
        return f"{place}: {self.message}"


class MigrailError(Exception):
    """A situation that ends the command. ``help`` is the one thing to do next.

    ``record`` is the message as the ledger and the tracker keep it: without values of rows.
    """

    exit_code = 2

    def __init__(self, message: str, *, help: str | None = None, record: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.record = message if record is None else record


class ConfigError(MigrailError):
    """The configuration cannot be used; the message names file, line and key."""


class UsageError(MigrailError):
    """The command line names something that does not exist or cannot be combined."""


class InputError(MigrailError):
    """Migrations cannot be read. Every problem is listed."""

    def __init__(self, problems: Sequence[Problem], *, help: str | None = None) -> None:
        super().__init__("\n".join(str(problem) for problem in problems), help=help)
        self.problems = tuple(problems)


class IdentityError(MigrailError):
    """The target is not the database that the configuration says it is."""


class TargetUnreachable(MigrailError):
    """A database could not be reached or refused the connection. Nothing was changed; safe to retry."""

    exit_code = 5


class GuardBusy(MigrailError):
    """Another promotion holds the guard of the target. Nothing was changed; safe to retry."""

    exit_code = 5


class LockTimeout(MigrailError):
    """Somebody held a table's lock for too long. The migration was rolled back; safe to retry."""

    exit_code = 5


class MigrationFailed(MigrailError):
    """A migration failed while it was applied. The message says what is true in the database now."""

    exit_code = 4


class Interrupted(MigrailError):
    """Somebody stopped the run, and nothing is half-done. 130 is what shells use for a command that Ctrl-C
    ended."""

    exit_code = 130
