"""status: which migration is where, and why the next one waits."""

from __future__ import annotations

from dataclasses import replace

from migrail.actions.observe import observe, tracker_of
from migrail.actions.workspace import Workspace
from migrail.pipeline.batches import without_overtaken
from migrail.pipeline.matrix import Status, status


def read_status(workspace: Workspace, subject: str | None = None, *, everything: bool = False) -> Status:
    """The matrix, read from every target just now; what does not answer shows its last observation.

    Args:
        subject: only this environment, or only this migration.
        everything: show migrations that are everywhere one by one.

    Raises:
        InputError: migrations cannot be read.
        TargetUnreachable: the tracker cannot be reached.
        UsageError: there is no such environment or migration.
    """
    workspace.require_environments()
    with tracker_of(workspace) as tracker:
        whole = replace(status(without_overtaken(observe(workspace, tracker).situation)), everything=everything)
    return whole.about(subject) if subject else whole
