"""drift: live databases beside the structure that the migrations in their ledgers should have made."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from migrail.actions.observe import PARALLEL, addresses, limits, read_target
from migrail.actions.workspace import Workspace
from migrail.catalog import Catalog
from migrail.catalog.expectation import Expectation
from migrail.model.errors import GuardBusy, InputError, MigrailError
from migrail.model.ledger import Fact, LedgerEntry, LedgerKind, Standing, TargetRecord
from migrail.model.migration import Migration
from migrail.model.operations import Opaque, RunCode
from migrail.results.targets import ComparedTarget, Drift, StructureComparison
from migrail.runner import Address, exists, reading
from migrail.runner.inspect import inspect
from migrail.sql import ReadStatement, Script, read_script
from migrail.tracker import LedgerAccess

_ATTEMPTS = 3
"""How often a target is read whose ledger grows in the meantime."""


def read_drift(workspace: Workspace, environment: str | None = None) -> Drift:
    """Compares every environment, or one. Changes nothing.

    Raises:
        UsageError: there is no such environment.
        ConfigError: a URL is wrong.
        InputError: a folder of migrations cannot be read.
    """
    workspace.require_environments()
    chosen = list(workspace.pipeline) if environment is None else [environment]
    return Drift(
        project=workspace.settings.project.name,
        environments=tuple(compare_with(workspace, name) for name in chosen),
    )


def compare_with(workspace: Workspace, environment: str) -> StructureComparison:
    """Replays what an environment's ledgers say is applied, and compares each target with that. Changes nothing.

    A target that cannot be compared carries the reason; the others are compared all the same.

    Raises:
        UsageError: there is no such environment.
        ConfigError: a URL is wrong.
        InputError: a folder of migrations cannot be read.
    """
    settings = workspace.settings.named(workspace.require_environment(environment))
    files = {migration.id: migration for migration in workspace.discovered.migrations}
    with ThreadPoolExecutor(max_workers=PARALLEL) as pool:
        compared = pool.map(lambda address: _compare(workspace, address, files), addresses(workspace, settings))
        targets = tuple(compared)
    return StructureComparison(environment=environment, targets=targets)


def _compare(workspace: Workspace, address: Address, files: dict[str, Migration]) -> ComparedTarget:
    try:
        record, found = _read(workspace, address)
    except MigrailError as error:
        return ComparedTarget(target=address.target, error=error)
    replayed = _Replayed(workspace, files)
    for id in _in_order(record):
        replayed.add(id, record.facts[id], _finished(record.entries, id))
    return ComparedTarget(
        target=address.target,
        migrations=len(record.applied),
        differences=replayed.expectation.differences(found),
        unread=tuple(replayed.unread),
        missing=tuple(replayed.missing),
        edited=tuple(replayed.edited),
        respelled=tuple(replayed.respelled),
        unfinished=tuple(replayed.unfinished),
    )


def _read(workspace: Workspace, address: Address) -> tuple[TargetRecord, Catalog]:
    """A ledger and the structure that belongs to it: nothing was applied between the two readings."""
    for _ in range(_ATTEMPTS):
        record = read_target(workspace, address)
        if not exists(address):
            return record, Catalog.empty(workspace.dialect)
        with reading(address, limits(workspace)) as connection:
            found = inspect(connection, workspace.dialect)
            ledger = LedgerAccess(address.ledger_schema).on(connection)
            head = ledger.head() if ledger.exists() else (0, "")
        if head == record.head:
            return record, found
    raise GuardBusy(f"{address.label}: migrations are being applied; nothing was compared")


def _in_order(record: TargetRecord) -> list[str]:
    """The migrations that left something in the target, in the order in which they did."""
    last = {entry.migration: entry.sequence for entry in record.entries if entry.migration is not None}
    there = [id for id, fact in record.facts.items() if fact.standing is not Standing.REVERTED]
    return sorted(there, key=lambda id: last[id])


def _finished(entries: Sequence[LedgerEntry], id: str) -> int:
    """How many statements of a migration were done when it stopped."""
    own = (entry for entry in reversed(entries) if entry.migration == id)
    return next((entry.statements for entry in own if entry.kind is LedgerKind.FAILED), 0)


class _Replayed:
    """The expected structure while migrations are added to it, and what there is to say about them."""

    def __init__(self, workspace: Workspace, files: dict[str, Migration]) -> None:
        self.expectation = Expectation(workspace.dialect)
        self.unread: list[str] = []
        self.missing: list[str] = []
        self.edited: list[str] = []
        self.respelled: list[str] = []
        self.unfinished: list[str] = []
        self._workspace = workspace
        self._files = files

    def add(self, id: str, fact: Fact, finished: int) -> None:
        """Replays a migration, or as much of it as is in the target."""
        script = self._script(id, fact)
        if script is None:
            self.expectation.doubt()
            return
        statements = script.statements
        if fact.standing is not Standing.APPLIED:
            self.unfinished.append(id)
            statements = statements[:finished]
            if fact.standing is Standing.STARTED:
                self.expectation.doubt()
        self.expectation.begin_session()
        for read in statements:
            self._replay(script, read)

    def _script(self, id: str, fact: Fact) -> Script | None:
        file = self._files.get(id)
        if file is None:
            self.missing.append(id)
            return None
        if file.digests.text != fact.digests.text:
            self.edited.append(id)
            self.expectation.doubt()
        elif file.digests.raw != fact.digests.raw:
            self.respelled.append(id)
        try:
            return read_script(file, self._workspace.dialect)
        except InputError:
            return None

    def _replay(self, script: Script, read: ReadStatement) -> None:
        for operation in read.operations:
            if isinstance(operation, Opaque) or (isinstance(operation, RunCode) and not operation.is_read):
                self.unread.append(f"{script.migration.path}:{read.statement.span.line}")
            self.expectation.apply(operation)
