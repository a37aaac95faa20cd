"""Settling what a crash left in a target, which several verbs do."""

from __future__ import annotations

from migrail import __version__
from migrail.actions.observe import limits
from migrail.actions.workspace import Workspace
from migrail.model.errors import InputError
from migrail.model.ledger import Fact, Head, Standing, TargetRecord
from migrail.model.migration import Migration
from migrail.runner import Address
from migrail.runner.recovery import Recovered, Recovery
from migrail.sql import Script, read_script
from migrail.tracker import LedgerAccess


def begun(record: TargetRecord) -> dict[str, Fact]:
    """The migrations that began in a target and of which nothing says how they ended."""
    return {id: fact for id, fact in record.facts.items() if fact.standing is Standing.STARTED}


def recover(
    workspace: Workspace, address: Address, record: TargetRecord, *, dry_run: bool = False
) -> dict[str, Recovered]:
    """Settles what a crash left in a target whose guard is held. By migration."""
    recovery = Recovery(
        address=address,
        limits=limits(workspace, address.environment),
        dialect=workspace.dialect,
        ledger=LedgerAccess(address.ledger_schema),
        actor=workspace.actor,
        tool_version=__version__,
    )
    found: dict[str, Recovered] = {}
    head: Head = record.head
    for id, fact in begun(record).items():
        found[id] = recovery.recover(id, fact, _script(workspace, id), head, dry_run=dry_run)
        row = found[id].entry
        if row is not None:
            head = (row.sequence, row.hash)
    return found


def file_of(workspace: Workspace, id: str) -> Migration | None:
    """The migration as its file is now, if the files can be read."""
    try:
        return workspace.migration(id)
    except InputError:
        return None


def _script(workspace: Workspace, id: str) -> Script | None:
    """The file as it is now, if it can be read; whether it is the one that ran, the journal's digests tell."""
    migration = file_of(workspace, id)
    try:
        return None if migration is None else read_script(migration, workspace.dialect)
    except InputError:
        return None
