"""resolve: a person decides what becomes of a migration that stopped half-way."""

from __future__ import annotations

from contextlib import ExitStack

from migrail import __version__
from migrail.actions.observe import addresses, limits, observe, read_target, tracker_of
from migrail.actions.workspace import Workspace
from migrail.model.errors import UsageError
from migrail.model.ledger import Fact, LedgerEntry, LedgerKind, Standing, TargetRecord
from migrail.results import Resolved
from migrail.runner import Address, engine_for, guarded, unreachable
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

    Everything is looked at under the guards of all targets, so that a migration that is still running cannot be
    decided about, and nothing is written unless all targets can be.

    Args:
        choice: a key of ``CHOICES``.

    Raises:
        UsageError: the migration did not stop half-way there.
        TargetUnreachable, GuardBusy: a target cannot be used; nothing was changed.
    """
    workspace.require_environment(environment)
    targets = addresses(workspace, workspace.settings.named(environment))
    with ExitStack() as guards:
        for address in targets:
            guards.enter_context(guarded(address, limits(workspace)))
        records = [(address, read_target(workspace, address)) for address in targets]
        stopped = [(address, record) for address, record in records if _stopped(record, migration)]
        if not stopped:
            raise UsageError(
                f"{migration} did not stop half-way on {environment}; there is nothing to resolve",
                help="migrail status",
            )
        entries = () if dry_run else tuple(_write(workspace, *one, migration, choice, reason) for one in stopped)
    with tracker_of(workspace) as tracker:
        observe(workspace, tracker)
    return Resolved(
        environment=environment, migration=migration, choice=choice, recorded=not dry_run, entries=entries
    )


def _stopped(record: TargetRecord, migration: str) -> Fact | None:
    fact = record.facts.get(migration)
    return fact if fact and fact.standing in {Standing.FAILED, Standing.STARTED} else None


def _write(
    workspace: Workspace, address: Address, record: TargetRecord, migration: str, choice: str, reason: str
) -> LedgerEntry:
    fact = record.facts[migration]
    now = workspace.clock()
    with unreachable(address), engine_for(address, limits(workspace)).begin() as connection:
        return Ledger(connection, address.ledger_schema).append(
            CHOICES[choice],
            batch=fact.batch,
            actor=workspace.actor,
            tool_version=__version__,
            started_at=now,
            finished_at=now,
            after=record.head,
            migration=migration,
            digests=fact.digests,
            statements=fact.statements,
            detail=reason,
        )
