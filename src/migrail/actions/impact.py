"""impact: what uses an object. Reads files, and nothing else."""

from __future__ import annotations

from migrail.actions.check import read_scripts
from migrail.actions.context import CheckContext
from migrail.checker.impact import Impact
from migrail.checker.impact import impact as find


def impact(context: CheckContext, name: str) -> Impact:
    """What uses a table, view or column, on the structure that all migrations make.

    Raises:
        InputError: a migration cannot be read.
        UsageError: there is no such object.
    """
    history, new = read_scripts(context)
    return find(name, (*history, *new), context.queries, context.unreadable, context.dialect)
