"""Which migrations a check judges, and which it reads as history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from migrail import dialects, git, sources
from migrail.actions.environments import checked_environments
from migrail.actions.workspace import Workspace, discover, shown
from migrail.checker import CheckedEnvironment
from migrail.dialects import Dialect, Version
from migrail.model.errors import InputError, Problem, UsageError
from migrail.model.findings import Severity
from migrail.model.migration import Migration, TransactionMode
from migrail.model.query import NotCheckable, Query


@dataclass(frozen=True, kw_only=True)
class CheckContext:
    """What is judged, against which background."""

    dialect: Dialect
    version: Version
    history: tuple[Migration, ...]
    new: tuple[Migration, ...]
    base: Mapping[str, Migration] | None = None
    """What the git revision holds, by id; ``None`` where none was named."""
    upstream: tuple[Migration, ...] = ()
    """What came to the git revision since the change left it."""
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    fail_on: str = "error"
    lock_timeout: float = 2.0
    """Seconds that promote lets a statement wait for a lock; 0 where nothing says that promote runs the files: then
    the server's own counts, which is none."""
    transaction: TransactionMode = TransactionMode.MIGRATION
    """What one transaction of promote holds."""
    notes: tuple[str, ...] = ()
    """For people, on standard error."""
    environments: tuple[CheckedEnvironment, ...] = ()
    """Those that the answer is about; empty outside a project, and where a version is asked for."""
    since: str | None = None
    """The git revision that tells old from new, if one does."""
    queries: tuple[Query, ...] = ()
    """What the deployed application runs."""
    unreadable: tuple[NotCheckable, ...] = ()
    """What should have been a query and could not be taken as one; never counted as fine."""
    new_queries: tuple[Query, ...] | None = None
    """What the change under judgement brings: queries that the files hold now and did not at the revision.
    ``None`` unless they are to be judged."""


def in_project(
    workspace: Workspace,
    paths: Sequence[Path],
    *,
    since: str | None,
    version: Version | None,
    history: Path | None,
    status: Path | None = None,
) -> CheckContext:
    """The context of a project's migrations.

    With paths, these are judged, and every migration ordered before one of them is history. Without, those are
    judged that the git revision ``since`` (or ``check.since``) does not hold; without a revision, all.
    ``status`` is a file that says what each environment has applied; that is history there.

    Raises:
        InputError: migrations cannot be read.
        UsageError: paths and ``since`` are both given, or git knows no such revision.
    """
    settings = workspace.settings
    if paths and since:
        raise UsageError("give either paths or --since, not both")
    discovered = workspace.discovered
    revision = since or (None if paths else settings.check.since)
    base: Mapping[str, Migration] | None = None
    upstream: tuple[Migration, ...] = ()
    if paths:
        judged, older = _by_path(workspace, discovered.migrations, paths)
    elif revision:
        base, tip = _at_revision(workspace, revision)
        here = {migration.id for migration in discovered.migrations}
        upstream = tuple(m for id, m in tip.items() if id not in base and id not in here)
        judged = tuple(migration for migration in discovered.migrations if migration.id not in base)
        older = tuple(migration for migration in discovered.migrations if migration.id in base)
    else:
        judged, older = discovered.migrations, ()
    if history is not None:
        older = (*_before(history, judged, "auto"), *older)
    configured = [environment.server_version for environment in settings.environment if environment.server_version]
    return CheckContext(
        dialect=workspace.dialect,
        version=version or min(configured, default=workspace.dialect.default_version),
        history=older,
        new=judged,
        base=base,
        upstream=upstream,
        severities=settings.check.severities,
        fail_on=settings.check.fail_on,
        lock_timeout=settings.promote.lock_timeout,
        transaction=TransactionMode(settings.promote.transaction),
        environments=() if version else checked_environments(workspace, status),
        notes=discovered.notes,
        since=revision,
    )


def alone(dialect: str, paths: Sequence[Path], *, version: Version | None, history: Path | None) -> CheckContext:
    """The context of files that belong to no project.

    Raises:
        UsageError: there is no such dialect, or no path is given.
        InputError: a path cannot be read.
    """
    if not paths:
        raise UsageError("outside a project, name the files to check")
    chosen = dialects.get(dialect)
    judged: list[Migration] = []
    notes: list[str] = []
    for path in paths:
        if path.is_dir():
            part = discover(path, "auto")
            judged.extend(part.migrations)
            notes.extend(part.notes)
        else:
            judged.append(_file(path, len(judged)))
    return CheckContext(
        dialect=chosen,
        version=version or chosen.default_version,
        history=_before(history, judged, "auto") if history else (),
        new=tuple(judged),
        lock_timeout=0.0,
        notes=tuple(notes),
    )


def _file(path: Path, position: int) -> Migration:
    for name in sources.names():
        source = sources.get(name)
        try:
            return source.read(path, shown(path))
        except InputError:
            continue
    return sources.loose(path, shown(path), position)


def _before(folder: Path, judged: Sequence[Migration], layout: str) -> tuple[Migration, ...]:
    """The migrations of a folder that are ordered before the last judged one of the same folder, or all."""
    found = discover(folder, layout).migrations
    names = {migration.id for migration in judged}
    inside = [migration.order for migration in found if migration.id in names]
    return tuple(
        migration
        for migration in found
        if migration.id not in names and (not inside or migration.order < max(inside))
    )


def _by_path(
    workspace: Workspace, migrations: Sequence[Migration], paths: Sequence[Path]
) -> tuple[tuple[Migration, ...], tuple[Migration, ...]]:
    by_place = {Path(migration.path).resolve(): migration for migration in migrations}
    chosen: dict[str, Migration] = {}
    loose: list[Migration] = []
    problems: list[Problem] = []
    for path in paths:
        resolved = path.resolve()
        inside = [migration for place, migration in by_place.items() if resolved in (place, *place.parents)]
        if inside:
            chosen |= {migration.id: migration for migration in inside}
        elif path.is_file():
            loose.append(_file(path, len(migrations) + len(loose)))
        elif path.is_dir():
            loose.extend(discover(path, "auto").migrations)
        else:
            problems.append(Problem(message="does not exist", path=shown(path)))
    if problems:
        raise InputError(problems)
    judged = sorted(chosen.values(), key=lambda migration: (migration.order, migration.id))
    older: tuple[Migration, ...] = ()
    if judged:
        last = judged[-1].order
        older = tuple(m for m in migrations if m.id not in chosen and m.order <= last)
    return (*judged, *loose), older


def _at_revision(workspace: Workspace, revision: str) -> tuple[dict[str, Migration], dict[str, Migration]]:
    """What was there when HEAD and the revision parted, and what the revision holds now, both by id."""
    parted: dict[str, Migration] = {}
    tip: dict[str, Migration] = {}
    for name in workspace.settings.project.migrations:
        folder = workspace.root / name
        layout = sources.detect(folder, shown(folder), workspace.settings.project.format)
        for found, commit in zip((parted, tip), git.commits(revision, folder), strict=True):
            for file, content in git.files_at(commit, folder).items():
                if layout.is_migration(file):
                    migration = layout.from_content(file, content, f"{shown(folder)}/{file}")
                    found[migration.id] = migration
    return parted, tip
