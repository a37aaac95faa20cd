"""Running migrations on SQLite."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, cast

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from migrail.model.ports import LedgerAccess
from migrail.runner.address import Address
from migrail.runner.faults import Fault, FaultKind
from migrail.runner.servers._sequential import SequentialSession, raw
from migrail.runner.servers.sqlite.holders import holders

if TYPE_CHECKING:
    from migrail.sql import ReadStatement

_SIGNALS_EVERY = 20_000
"""Steps of SQLite's machine after which Python may handle signals in the middle of a statement."""

_LETTING_GO = ("PRAGMA main.locking_mode = NORMAL", "SELECT count(*) FROM main.sqlite_master")
"""A file may have set EXCLUSIVE; the lock is gone with the next reading (https://sqlite.org/pragma.html)."""


class SqliteSession(SequentialSession):
    """One connection to a file."""

    begin = "BEGIN IMMEDIATE"

    def __init__(self, engine: Engine, address: Address, ledger: LedgerAccess) -> None:
        self._address = address
        self._cancelled = False
        super().__init__(engine, ledger)
        self._watch()

    def _watch(self) -> None:
        """Without a callback, no signal would be handled before a long statement is done."""
        driver = cast(sqlite3.Connection, raw(self._connection))
        driver.set_progress_handler(lambda: self._cancelled, _SIGNALS_EVERY)

    def prepare(self, lock_timeout: float) -> None:
        """A connection of its own for each migration: nothing that one sets reaches the next."""
        if self.needs_renewal():
            self.renew()
            self._watch()
        self._say(f"PRAGMA busy_timeout = {max(1, round(lock_timeout * 1000))}", FaultKind.LOST)

    def in_transaction(self) -> bool:
        return cast(sqlite3.Connection, raw(self._connection)).in_transaction

    def kind_of(self, error: BaseException) -> FaultKind | None:
        code = getattr(error, "sqlite_errorcode", None)
        if code is not None and code & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            return FaultKind.LOCKED
        return FaultKind.CANCELLED if code == sqlite3.SQLITE_INTERRUPT else None

    def _fault(self, error: DBAPIError, kind: FaultKind, read: ReadStatement | None) -> Fault:
        fault = super()._fault(error, kind, read)
        if fault.kind is FaultKind.LOCKED and self._address.file is not None:
            fault.notes = tuple(f"held by {holder}" for holder in holders(self._address.file))
        return fault

    def alone(self, read: ReadStatement, *, patient: bool) -> None:
        """Lets go of the file, which the journal is written to through another connection."""
        super().alone(read, patient=patient)
        for statement in _LETTING_GO:
            self._say(statement, FaultKind.LOST)

    def sever(self) -> None:
        """A file has no other side."""

    def cancel(self) -> None:
        self._cancelled = True
