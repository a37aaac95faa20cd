"""resolve: a person decides what becomes of a migration that stopped half-way."""

from __future__ import annotations

from contextlib import ExitStack

from migrail import __version__
from migrail.actions.observe import addresses, limits, observe, read_target, tracker_of
from migrail.actions.workspace import Workspace
from migrail.model.errors import UsageError
from migrail.model.ledger import Draft, Fact, LedgerEntry, LedgerKind, Standing, TargetRecord
from migrail.model.migration import Migration
from migrail.pipeline.identity import resolving
from migrail.results import Resolved
from migrail.runner import Address, guarded, writing
from migrail.tracker import LedgerAccess

CHOICES = {
    "retry": LedgerKind.RETRIED,
    "accept-edit": LedgerKind.ACCEPTED_EDIT,
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
        UsageError: the migration did not stop half-way there, or its file does not fit the choice.
        TargetUnreachable, GuardBusy: a target cannot be used; nothing was changed.
    """
    workspace.require_environment(environment)
    bounds = limits(workspace, environment)
    targets = addresses(workspace, workspace.settings.named(environment), direct=True)
    with ExitStack() as guards:
        for address in targets:
            guards.enter_context(guarded(address, bounds))
        records = [(address, read_target(workspace, address)) for address in targets]
        stopped = [(address, record) for address, record in records if _stopped(record, migration)]
        if not stopped:
            raise UsageError(
                f"{migration} did not stop half-way on {environment}; there is nothing to resolve",
                help="migrail status",
            )
        file = workspace.migration(migration)
        for _, record in stopped:
            _fits(environment, migration, choice, record.facts[migration], file)
        entries: tuple[LedgerEntry, ...] = ()
        if not dry_run:
            entries = tuple(_write(workspace, *one, migration, choice, reason, file) for one in stopped)
    with tracker_of(workspace) as tracker:
        observe(workspace, tracker)
    return Resolved(
        environment=environment, migration=migration, choice=choice, recorded=not dry_run, entries=entries
    )


def _stopped(record: TargetRecord, migration: str) -> Fact | None:
    fact = record.facts.get(migration)
    return fact if fact and fact.standing in {Standing.FAILED, Standing.STARTED, Standing.RETRY} else None


def _fits(environment: str, migration: str, choice: str, fact: Fact, file: Migration | None) -> None:
    """Going on with a file needs the file; with another content than what began, it needs to be said."""
    if choice not in {"retry", "accept-edit"}:
        return
    help_ = resolving(environment, migration, fact, file)
    if file is None:
        raise UsageError(f"there is no file of {migration} to go on with", help=help_)
    edited = file.digests.text != fact.digests.text
    if choice == "retry" and edited:
        raise UsageError(
            f"{migration} was edited since it stopped: it began with {fact.digests.text}, the file now has "
            f"{file.digests.text}",
            help=help_,
        )
    if choice == "accept-edit" and not edited:
        raise UsageError(f"{migration} was not edited since it stopped", help=help_)


def _write(
    workspace: Workspace,
    address: Address,
    record: TargetRecord,
    migration: str,
    choice: str,
    reason: str,
    file: Migration | None,
) -> LedgerEntry:
    fact = record.facts[migration]
    now = workspace.clock()
    draft = Draft(
        kind=CHOICES[choice],
        migration=migration,
        digests=file.digests if file is not None and choice == "accept-edit" else fact.digests,
        batch=fact.batch,
        actor=workspace.actor,
        tool_version=__version__,
        statements=fact.statements,
        detail=reason,
    )
    with writing(address, limits(workspace, address.environment)) as connection:
        ledger = LedgerAccess(address.ledger_schema).on(connection)
        return ledger.append(draft, after=record.head, started_at=now, finished_at=now)
