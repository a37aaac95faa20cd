"""Writes down what runs on a server, for ``check`` to read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from migrail.actions.observe import addresses, limits
from migrail.actions.workspace import Workspace, shown
from migrail.config import EnvironmentSettings, resolve
from migrail.model.errors import ConfigError, UsageError
from migrail.model.text import plural
from migrail.queries.capture import written
from migrail.queries.globs import Glob
from migrail.results import Written
from migrail.runner import reading
from migrail.runner.connect import parse_url
from migrail.runner.statements import capture, mysql


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
    settings = workspace.settings.named(workspace.require_environment(environment))
    names = [known.name for known in settings.all_targets]
    if target is not None and target not in names:
        raise UsageError(f"{environment} has no target {target!r}; it has {', '.join(names)}")
    with _reading(workspace, settings, names.index(target or names[0])) as connection:
        captured = capture(connection, workspace.dialect, workspace.clock())
    path = output or workspace.root / "queries" / f"{environment}.json"
    content = written(captured)
    if not dry_run:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{shown(path)} cannot be written: {error.strerror}") from None
    calls = sum(query.calls or 0 for query in captured.queries)
    remarks = (
        f"{plural(len(captured.queries), 'query', 'queries')}, called {calls:,} times"
        + (f" since {captured.since:%Y-%m-%d}" if captured.since else ""),
        *([f"{plural(captured.left_out, 'statement')} about other things left out"] if captured.left_out else []),
    )
    return Written(
        path=shown(path), content=content, written=not dry_run, remarks=remarks, next=_next(workspace, path)
    )


@contextmanager
def _reading(workspace: Workspace, settings: EnvironmentSettings, index: int) -> Iterator[Connection]:
    """A connection to a target. MySQL and MariaDB are no targets to promote into, but can be asked."""
    if workspace.dialect.name not in ("mysql", "mariadb"):
        with reading(addresses(workspace, settings)[index], limits(workspace)) as connection:
            yield connection
        return
    where = f"environment {settings.name}"
    url = parse_url(resolve(settings.all_targets[index].url, root=workspace.root, key=f"url of {where}"), where)
    if url.get_backend_name() not in ("mysql", "mariadb"):
        raise ConfigError(f"{where}: the url does not name a {workspace.dialect.title} database")
    with mysql.reading(url, settings.name, limits(workspace).connect) as connection:
        yield connection


def _next(workspace: Workspace, path: Path) -> str:
    here = path.resolve()
    for text in workspace.settings.project.queries:
        glob = Glob.of(text, workspace.root)
        base = glob.base.resolve()
        if here.is_relative_to(base) and glob.matches(here.relative_to(base).as_posix()):
            return "migrail check"
    return f'add "{shown(path)}" to project.queries'
