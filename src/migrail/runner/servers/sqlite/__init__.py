"""SQLite files, through the standard library.

The guard is a lock of the operating system on a file beside the database, gone with the process; each transaction
also takes the single writer's lock at its start.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import quote

from migrail.model.errors import GuardBusy, TargetUnreachable
from migrail.model.ports import LedgerAccess
from migrail.model.rows import Rows
from migrail.runner.address import Address, Limits
from migrail.runner.servers._interface import Guard

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from migrail.model.operations import Operation
    from migrail.runner.session import Session

POLL = 0.1
"""Seconds between two tries."""

_BUSY = "another promotion is running"


class _FileGuard:
    """A locked file, which nobody can take away."""

    def require(self) -> None:
        """The operating system takes the lock only when the process ends."""


class Sqlite:
    """See :class:`migrail.runner.servers.Server`."""

    begin = "BEGIN IMMEDIATE"

    def engine(
        self, address: Address, limits: Limits, *, pooled: bool, autocommit: bool, read_only: bool
    ) -> Engine:
        from sqlalchemy import create_engine, event
        from sqlalchemy.pool import NullPool

        engine = create_engine(
            "sqlite+pysqlite://",
            creator=lambda: self.connect(address, limits, read_only=read_only),
            poolclass=NullPool,  # a connection that is kept would hold a database in its WAL
        )
        if not autocommit:
            # The driver's own transaction handling commits before some statements.
            begin = "BEGIN" if read_only else self.begin
            event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
        return engine

    def connect(self, address: Address, limits: Limits, *, read_only: bool) -> sqlite3.Connection:
        path, mode = quote(str(address.file)), "ro" if read_only else "rwc"
        # For what is not tried again; nobody queues up behind who waits for a file.
        patience = min(limits.guard, limits.budget)
        return sqlite3.connect(f"file:{path}?mode={mode}", uri=True, timeout=patience, isolation_level=None)

    def socket(self, driver: Any) -> int | None:
        return None

    def read_only(self, connection: Connection) -> Connection:
        return connection

    def guard(self, address: Address, limits: Limits) -> AbstractContextManager[Guard]:
        return _locked_file(address, limits)

    def holder(self, address: Address, limits: Limits) -> str | None:
        try:
            with _guard_of(address).open() as file:
                # Shared: whoever asks keeps nobody else who asks out, and needs no right to write.
                return None if _lock(file, fcntl.LOCK_SH) else f"{address.label}: {_BUSY}{_signed(file)}"
        except FileNotFoundError:
            return None
        except OSError as error:
            raise TargetUnreachable(f"{address.label}: {_guard_of(address)}: {error.strerror}") from None

    def open(self, address: Address, limits: Limits, ledger: LedgerAccess) -> Session:
        from migrail.runner.connect import engine_for
        from migrail.runner.servers.sqlite.session import SqliteSession

        return SqliteSession(engine_for(address, limits, autocommit=True), address, ledger)

    def may_commit(self, connection: Connection, ident: int, transaction: str) -> bool:
        return False

    def blockers(self, connection: Connection, ident: int) -> tuple[str, ...]:
        return ()

    def identity(self, rows: Rows) -> str | None:
        return None

    def leftovers(self, connection: Connection, operation: Operation) -> tuple[str, ...]:
        return ()

    def there(self, connection: Connection, operation: Operation) -> bool | None:
        return None


def _guard_of(address: Address) -> Path:
    return Path(f"{address.file}-guard")


@contextmanager
def _locked_file(address: Address, limits: Limits) -> Iterator[_FileGuard]:
    """Locks a file beside a SQLite database; it is removed again while the lock is still held."""
    path = _guard_of(address)
    deadline = time.monotonic() + limits.guard
    while True:
        try:
            file = path.open("a+")
        except OSError as error:
            message = f"{address.label}: {path} cannot be made: {error.strerror}"
            raise TargetUnreachable(
                message, help="whoever promotes has to be able to write in that folder"
            ) from None
        with file:
            if _lock(file, fcntl.LOCK_EX) and _still_there(file, path):
                _sign(file)
                try:
                    yield _FileGuard()
                finally:
                    path.unlink(missing_ok=True)
                return
            holder = _signed(file)
        if time.monotonic() >= deadline:
            raise GuardBusy(f"{address.label}: {_BUSY}{holder}")
        time.sleep(POLL)


def _sign(file: IO[str]) -> None:
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()


def _signed(file: IO[str]) -> str:
    file.seek(0)
    pid = file.read(20)
    if not pid.isdecimal():
        return ": it ended just now; try again"
    seconds = max(0, round(time.time() - os.fstat(file.fileno()).st_mtime))
    return f": process {pid} on the machine that holds the file, for {seconds} s; to end it: kill {pid}"


def _lock(file: IO[str], how: int) -> bool:
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _still_there(file: IO[str], path: Path) -> bool:
    """Whether the locked file is the one of that name, which its last holder may have removed meanwhile."""
    try:
        return os.fstat(file.fileno()).st_ino == path.stat().st_ino
    except FileNotFoundError:
        return False


SERVER = Sqlite()
