"""What a check knows about the environments of a project: from the configuration and the files that it names."""

from __future__ import annotations

from pathlib import Path

from migrail.actions.statistics import read_applied, read_statistics
from migrail.actions.workspace import Workspace, shown
from migrail.checker import CheckedEnvironment, SmallTable
from migrail.model.migration import TransactionMode


def checked_environments(workspace: Workspace, status: Path | None) -> tuple[CheckedEnvironment, ...]:
    """The environments of the configuration.

    Args:
        workspace: the project.
        status: a file that says what each environment has applied, if there is one.

    Raises:
        InputError: a file with statistics or the status cannot be read.
    """
    settings = workspace.settings
    applied = read_applied(status, shown(status)) if status is not None else {}
    found = []
    for environment in settings.environment:
        path = workspace.root / environment.statistics if environment.statistics else None
        found.append(
            CheckedEnvironment(
                name=environment.name,
                version=environment.server_version or workspace.dialect.default_version,
                severities={**settings.check.severities, **environment.severities},
                transaction=TransactionMode(environment.transaction or settings.promote.transaction),
                applied=applied.get(environment.name),
                statistics=read_statistics(path, shown(path)) if path is not None else None,
                small=SmallTable(rows=settings.check.small_table_rows, bytes=settings.check.small_table_size),
            )
        )
    return tuple(found)
