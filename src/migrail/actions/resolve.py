"""resolve: a person decides what becomes of a migration that stopped half-way."""

from __future__ import annotations

from migrail import __version__
from migrail.actions.observe import addresses, limits, observe, read_target, tracker_of
from migrail.actions.workspace import Workspace
from migrail.model.errors import UsageError
from migrail.model.ledger import LedgerEntry, LedgerKind
from migrail.pipeline.state import Standing, facts
from migrail.results import Resolved
from migrail.runner import engine_for, guarded, unreachable
from migrail.tracker import Ledger

CHOICES = {
    "retry": LedgerKind.RETRIED,
    "mark-applied": LedgerKind.MARKED_APPLIED,
    "mark-reverted": LedgerKind.MARKED_REVERTED,
}


def resolve(
    workspace: Workspace, environment: str, migration: str, *, choice: str, reason: str, dry_run: bool = False
) -> Resolved:
    """Appends the decision to the ledger of every target on which the migration stopped half-way.

    Args:
        choice: a key of ``CHOICES``.

    Raises:
        UsageError: the migration did not stop half-way there.
        TargetUnreachable, GuardBusy: a target cannot be used; nothing was changed.
    """
    workspace.require_environment(environment)
    settings = next(e for e in workspace.settings.environment if e.name == environment)
    entries: list[LedgerEntry] = []
    stopped = False
    for address in addresses(workspace, settings):
        fact = facts(read_target(workspace, address).entries).get(migration)
        if fact is None or fact.standing not in {Standing.FAILED, Standing.STARTED}:
            continue
        stopped = True
        if dry_run:
            continue
        with guarded(address, limits(workspace)), unreachable(address):
            now = workspace.clock()
            with engine_for(address, limits(workspace)).begin() as connection:
                ledger = Ledger(connection, address.ledger_schema)
                entries.append(
                    ledger.append(
                        CHOICES[choice],
                        batch=fact.batch,
                        actor=workspace.actor,
                        tool_version=__version__,
                        started_at=now,
                        finished_at=now,
                        after=ledger.head(),
                        migration=migration,
                        digests=fact.digests,
                        statements=fact.statements,
                        detail=reason,
                    )
                )
    if not stopped:
        raise UsageError(
            f"{migration} did not stop half-way on {environment}; there is nothing to resolve",
            help="migrail status",
        )
    with tracker_of(workspace) as tracker:
        observe(workspace, tracker)
    return Resolved(environment=environment, migration=migration, choice=choice, entries=tuple(entries))
