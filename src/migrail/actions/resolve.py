"""resolve: a person decides what becomes of a migration that stopped half-way."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass

from migrail import __version__
from migrail.actions.observe import addresses, limits, observe, read_target, tracker_of
from migrail.actions.workspace import Workspace
from migrail.model.errors import MigrailError, MigrationFailed, UsageError
from migrail.model.ledger import Draft, Fact, Head, LedgerEntry, LedgerKind, Standing
from migrail.model.migration import Migration
from migrail.pipeline.identity import resolve_with, resolving
from migrail.results.records import Resolved
from migrail.runner import Address, guarded, writing
from migrail.tracker import LedgerAccess, Tracker

CHOICES = {
    "retry": LedgerKind.RETRIED,
    "accept-edit": LedgerKind.ACCEPTED_EDIT,
    "mark-applied": LedgerKind.MARKED_APPLIED,
    "mark-reverted": LedgerKind.MARKED_REVERTED,
}


_HALF_WAY = {Standing.FAILED, Standing.STARTED, Standing.RETRY}


def resolve(
    workspace: Workspace, environment: str, migration: str, *, choice: str, reason: str, dry_run: bool = False
) -> Resolved:
    """Appends the decision to the ledger of every target on which the migration stopped half-way.

    Everything is looked at under the guards of all targets, so that a migration that is still running cannot be
    decided about, and nothing is written unless all of them can be looked at. The ledgers are written one after
    the other; said again, the decision is recorded where it is missing.

    Args:
        choice: a key of ``CHOICES``.

    Raises:
        UsageError: the migration did not stop half-way there, or its file does not fit the choice.
        TargetUnreachable, GuardBusy: a target or the tracker cannot be used; nothing was changed.
        MigrationFailed: a target went away behind the first row that was written.
    """
    workspace.require_environment(environment)
    bounds = limits(workspace, environment)
    targets = addresses(workspace, workspace.settings.named(environment), direct=True)
    with tracker_of(workspace, dry_run=dry_run) as tracker:
        with ExitStack() as guards:
            for address in targets:
                guards.enter_context(guarded(address, bounds))
            records = [(address, read_target(workspace, address)) for address in targets]
            stopped = [
                _Stopped(address=address, head=record.head, fact=record.facts[migration])
                for address, record in records
                if migration in record.facts and record.facts[migration].standing in _HALF_WAY
            ]
            file = workspace.migration(migration)
            chosen = _chosen(environment, migration, choice, stopped, file)
            entries = () if dry_run else _recorded(workspace, migration, choice, reason, chosen, file)
        remarks = () if dry_run else _remarks(workspace, tracker)
    return Resolved(
        environment=environment,
        migration=migration,
        choice=choice,
        recorded=not dry_run,
        entries=entries,
        remarks=remarks,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Stopped:
    """A target on which the migration stopped half-way."""

    address: Address
    head: Head
    fact: Fact


def _chosen(
    environment: str, migration: str, choice: str, stopped: list[_Stopped], file: Migration | None
) -> list[_Stopped]:
    """The targets to decide about.

    Going on with a file needs the file; with another content than what began, it needs to be said.
    """
    if not stopped:
        raise UsageError(
            f"{migration} did not stop half-way on {environment}; there is nothing to resolve",
            help="migrail status",
        )
    if choice not in {"retry", "accept-edit"}:
        return stopped
    edited = [one for one in stopped if file and one.fact.digests.text != file.digests.text]
    fact = (edited or stopped)[0].fact
    help_ = resolving(environment, migration, fact, file)
    if file is None:
        raise UsageError(f"there is no file of {migration} to go on with", help=help_)
    if choice == "retry" and edited:
        raise UsageError(
            f"{migration} was edited since it stopped: it began with {fact.digests.text}, the file now has "
            f"{file.digests.text}",
            help=help_,
        )
    if choice == "accept-edit" and not edited:
        raise UsageError(f"{migration} was not edited since it stopped", help=help_)
    return edited or stopped


def _recorded(
    workspace: Workspace,
    migration: str,
    choice: str,
    reason: str,
    chosen: list[_Stopped],
    file: Migration | None,
) -> tuple[LedgerEntry, ...]:
    """One row for each target, which cannot be one transaction."""
    done: list[LedgerEntry] = []
    for address, head, fact in ((one.address, one.head, one.fact) for one in chosen):
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
        now = workspace.clock()
        try:
            with writing(address, limits(workspace, address.environment)) as connection:
                ledger = LedgerAccess(address.ledger_schema).on(connection)
                done.append(ledger.append(draft, after=head, started_at=now, finished_at=now))
        except MigrailError as error:
            if not done:
                raise
            there = ", ".join(one.address.label for one in chosen[: len(done)])
            raise MigrationFailed(
                f"{error.message}\n  the decision is recorded on {there}, not on the others",
                help=resolve_with(address.environment, migration, choice),
            ) from None
    return tuple(done)


def _remarks(workspace: Workspace, tracker: Tracker) -> tuple[str, ...]:
    """What went wrong with bringing the tracker up to date, which the next command that observes makes good."""
    try:
        observe(workspace, tracker)
    except MigrailError as error:
        return (error.message,)
    return ()
