"""reconcile: settles what a crash left, and makes the tracker equal to the ledgers."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace

from migrail import __version__
from migrail.actions.observe import addresses, limits, observe, read_target, remember, tracker_of
from migrail.actions.target import begun, file_of, recover
from migrail.actions.workspace import Workspace
from migrail.model.batch import Promotion
from migrail.model.errors import MigrailError
from migrail.model.ledger import Draft, LedgerEntry, LedgerKind, TargetRecord
from migrail.model.text import plural
from migrail.pipeline.identity import resolving
from migrail.pipeline.promotions import promotions_of
from migrail.results.records import Reconciliation, Settled
from migrail.runner import Address, guarded, writing
from migrail.runner.lookup import Outcome
from migrail.tracker import LedgerAccess, Tracker


def reconcile(
    workspace: Workspace, environment: str | None = None, *, moved: str | None = None, dry_run: bool = False
) -> Reconciliation:
    """Settles one environment, or all of them. Can be repeated; does nothing where nothing is to be done.

    Args:
        moved: why the databases live on other servers now than when their ledgers were made.

    Raises:
        UsageError: there is no such environment.
        TargetUnreachable: the tracker cannot be used.
    """
    chosen = [workspace.require_environment(environment)] if environment else list(workspace.pipeline)
    settled: list[Settled] = []
    errors: list[MigrailError] = []
    with tracker_of(workspace, dry_run=dry_run) as tracker:
        for name in chosen:
            settled.extend(_environment(workspace, tracker, name, moved, dry_run, errors))
        if not dry_run:
            try:
                observe(workspace, tracker)
            except MigrailError as error:  # files that cannot be listed, say; what was settled is told all the same
                errors.append(error)
    return Reconciliation(
        project=workspace.settings.project.name,
        environments=tuple(chosen),
        settled=tuple(settled),
        errors=tuple(errors),
        recorded=not dry_run,
    )


def settle(workspace: Workspace, environment: str) -> tuple[Settled, ...]:
    """Settles the migrations that a crash left in doubt, before a promotion; touches nothing else.

    Raises:
        GuardBusy, TargetUnreachable: a target cannot be looked at.
    """
    found: list[Settled] = []
    for address in addresses(workspace, workspace.settings.named(environment), direct=True):
        with guarded(address, limits(workspace, environment)):
            found.extend(_migrations(workspace, address, read_target(workspace, address), dry_run=False))
    return tuple(found)


def _environment(
    workspace: Workspace, tracker: Tracker, name: str, moved: str | None, dry_run: bool, errors: list[MigrailError]
) -> Iterator[Settled]:
    """Settles what can be reached of an environment; its guards are kept until all of it was looked at."""
    try:
        targets = addresses(workspace, workspace.settings.named(name), direct=True)
    except MigrailError as error:
        errors.append(error)
        return
    records: list[TargetRecord] = []
    with ExitStack() as guards:
        for address in targets:
            try:
                guards.enter_context(guarded(address, limits(workspace, name)))
                records.append((yield from _target(workspace, tracker, address, moved, dry_run)))
            except MigrailError as error:
                errors.append(error)
        if len(records) == len(targets):
            yield from _ended(workspace, tracker, name, records, dry_run)


def _target(
    workspace: Workspace, tracker: Tracker, address: Address, moved: str | None, dry_run: bool
) -> Generator[Settled, None, TargetRecord]:
    record = read_target(workspace, address, moved=moved is not None)
    if record.identity is None:
        return record
    if moved is not None and record.identity.server != record.server:
        if not dry_run:
            _move(workspace, address, record, moved)
            record = read_target(workspace, address)
        yield _settled(address, None, f"it lives in database {record.server} now: {moved}")
    if begun(record):
        yield from _migrations(workspace, address, record, dry_run=dry_run)
        record = read_target(workspace, address)
    yield from _told(workspace, tracker, address, record, dry_run)
    return record


def _migrations(
    workspace: Workspace, address: Address, record: TargetRecord, *, dry_run: bool
) -> Iterator[Settled]:
    for id, found in recover(workspace, address, record, dry_run=dry_run).items():
        asks = found.outcome is Outcome.UNKNOWN
        file = file_of(workspace, id)
        next_ = resolving(address.environment, id, record.facts[id], file) if asks else ""
        yield replace(_settled(address, id, found.said), open=asks, next=next_)


def _move(workspace: Workspace, address: Address, record: TargetRecord, reason: str) -> LedgerEntry:
    draft = Draft(
        kind=LedgerKind.MOVED,
        batch=record.entries[-1].batch if record.entries else "",
        actor=workspace.actor,
        tool_version=__version__,
        detail=f"{record.identity.server if record.identity else None} -> {record.server}: {reason}",
    )
    now = workspace.clock()
    with writing(address, limits(workspace, address.environment)) as connection:
        ledger = LedgerAccess(address.ledger_schema).on(connection)
        ledger.moved_to(record.server)
        return ledger.append(draft, after=record.head, started_at=now, finished_at=now)


def _told(
    workspace: Workspace, tracker: Tracker, address: Address, record: TargetRecord, dry_run: bool
) -> Iterator[Settled]:
    """Puts into the tracker what the ledger of a target tells."""
    known = tracker.promotions()
    unknown = [p for p in promotions_of(address.environment, record) if not _is_known(p, known)]
    if not dry_run:
        for promotion in unknown:
            tracker.save_promotion(promotion)
        remember(tracker, address.environment, record, now=workspace.clock())
    if unknown:
        yield _settled(address, None, f"{plural(len(unknown), 'promotion')} put into the tracker from the ledger")


def _ended(
    workspace: Workspace, tracker: Tracker, name: str, records: Sequence[TargetRecord], dry_run: bool
) -> Iterator[Settled]:
    """Whoever holds the guards of all targets knows that no promotion into the environment goes on."""
    left = [p for p in tracker.promotions() if p.environment == name and p.outcome == "running"]
    for promotion in left if not dry_run else ():
        outcome, detail = "failed", "interrupted: the process was gone"
        if all(_succeeded(name, record, promotion.batch) for record in records):
            outcome, detail = "succeeded", ""
        ended = replace(promotion, outcome=outcome, detail=detail, finished_at=workspace.clock())
        tracker.save_promotion(ended)
    if left:
        what = f"{plural(len(left), 'promotion')} that nobody works at any more ended"
        yield Settled(environment=name, target=None, migration=None, what=what)


def _succeeded(name: str, record: TargetRecord, batch: str) -> bool:
    return any(p.batch == batch and p.outcome == "succeeded" for p in promotions_of(name, record))


def _is_known(told: Promotion, known: tuple[Promotion, ...]) -> bool:
    return any((p.environment, p.batch) == (told.environment, told.batch) for p in known)


def _settled(address: Address, migration: str | None, what: str) -> Settled:
    return Settled(environment=address.environment, target=address.target, migration=migration, what=what)
