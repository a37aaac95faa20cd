"""Writes down what runs on a server and how big its tables are, for ``check`` to read."""

from __future__ import annotations

from pathlib import Path

from migrail.actions.observe import addresses, limits
from migrail.actions.statistics import statistics_text
from migrail.actions.workspace import Workspace, shown
from migrail.config import EnvironmentSettings
from migrail.model.errors import UsageError
from migrail.model.text import plural
from migrail.queries.capture import written
from migrail.queries.globs import Glob
from migrail.results.files import Written
from migrail.runner import reading
from migrail.runner.sizes import read_sizes
from migrail.runner.statements import capture


def capture_queries(
    workspace: Workspace,
    environment: str,
    *,
    target: str | None = None,
    output: Path | None = None,
    dry_run: bool = False,
) -> Written:
    """Writes the statements that ran in an environment into a file, without their values.

    Raises:
        UsageError: there is no such environment or target, the server does not keep its statements, or the file
            cannot be written.
        ConfigError: a URL is wrong.
        TargetUnreachable: the database cannot be reached.
    """
    settings, index = _target(workspace, environment, target)
    with reading(addresses(workspace, settings)[index], limits(workspace)) as connection:
        captured = capture(connection, workspace.dialect, workspace.clock())
    path = output or workspace.root / "queries" / f"{environment}.json"
    content = written(captured)
    if not dry_run:
        _write(path, content)
    calls = sum(query.calls or 0 for query in captured.queries)
    remarks = (
        f"{plural(len(captured.queries), 'query', 'queries')}, called {calls:,} times"
        + (f" since {captured.since:%Y-%m-%d}" if captured.since else ""),
        *([f"{plural(captured.left_out, 'statement')} about other things left out"] if captured.left_out else []),
    )
    return Written(
        path=shown(path), content=content, written=not dry_run, remarks=remarks, next=_next(workspace, path)
    )


def capture_statistics(
    workspace: Workspace,
    environment: str,
    *,
    target: str | None = None,
    output: Path | None = None,
    dry_run: bool = False,
) -> Written:
    """Writes how big the tables of an environment are into a file; from the server's catalogs, no table is read.

    Raises:
        UsageError: there is no such environment or target, its database is not PostgreSQL, or the file cannot be
            written.
        ConfigError: a URL is wrong.
        TargetUnreachable: the database cannot be reached.
    """
    settings, index = _target(workspace, environment, target)
    if workspace.dialect.name != "postgres":
        raise UsageError(f"the sizes of tables are read from PostgreSQL only, not from {workspace.dialect.title}")
    with reading(addresses(workspace, settings)[index], limits(workspace)) as connection:
        sizes, uncounted = read_sizes(connection)
    path = output or workspace.root / "statistics" / f"{environment}.json"
    content = statistics_text(environment, workspace.clock(), sizes)
    if not dry_run:
        _write(path, content)
    biggest = max(sizes.values(), key=lambda size: size.rows, default=None)
    remarks = [plural(len(sizes), "table") + (f", the biggest of {biggest.rows:,} rows" if biggest else "")]
    if uncounted:
        remarks.append(f"{plural(uncounted, 'table')} left out that the server never counted: ANALYZE")
    named = settings.statistics is not None and (workspace.root / settings.statistics).resolve() == path.resolve()
    return Written(
        path=shown(path),
        content=content,
        written=not dry_run,
        remarks=tuple(remarks),
        next="migrail check" if named else f'write statistics = "{shown(path)}" into the environment {environment}',
    )


def _target(workspace: Workspace, environment: str, target: str | None) -> tuple[EnvironmentSettings, int]:
    """The environment and the number of the database; the first where none is named."""
    settings = workspace.settings.named(workspace.require_environment(environment))
    names = [known.name for known in settings.all_targets]
    if target is not None and target not in names:
        raise UsageError(f"{environment} has no target {target!r}; it has {', '.join(names)}")
    return settings, names.index(target or names[0])


def _write(path: Path, content: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{shown(path)} cannot be written: {error.strerror}") from None


def _next(workspace: Workspace, path: Path) -> str:
    here = path.resolve()
    for text in workspace.settings.project.queries:
        glob = Glob.of(text, workspace.root)
        base = glob.base.resolve()
        if here.is_relative_to(base) and glob.matches(here.relative_to(base).as_posix()):
            return "migrail check"
    return f'add "{shown(path)}" to project.queries'
