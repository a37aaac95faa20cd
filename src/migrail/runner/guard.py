"""The guard: one promotion at a time into one target.

PostgreSQL: an advisory lock on a connection of its own in autocommit, asked for again and again and never waited
for in the server, because a waiting session holds a snapshot that a concurrent index build waits for. SQLite: a
lock of the operating system on a file beside the database, gone with the process; each transaction also takes the
writer's lock at its start.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, text

from migrail.model.errors import GuardBusy, IdentityError, TargetUnreachable
from migrail.model.text import visible
from migrail.runner.connect import Address, Limits, engine_for, unreachable

KEY = 7237127450127
"""The advisory lock's key. Advisory locks belong to one database, so all targets can use the same."""

POLL = 0.1
"""Seconds between two tries."""

_TRY = text("SELECT pg_try_advisory_lock(:key)")
_SERVER = text("SELECT pg_backend_pid(), pg_is_in_recovery()")
_HOLDER = text(
    "SELECT a.pid, a.application_name, coalesce(host(a.client_addr), 'local'), "
    "extract(epoch FROM now() - a.backend_start)::int "
    "FROM pg_locks AS l JOIN pg_stat_activity AS a ON a.pid = l.pid "
    "WHERE l.locktype = 'advisory' AND l.granted AND l.database = (SELECT oid FROM pg_database "
    "WHERE datname = current_database()) AND (l.classid::bigint << 32) + l.objid::bigint = :key"
)


@contextmanager
def guarded(address: Address, limits: Limits) -> Iterator[None]:
    """Holds the guard of a target.

    Raises:
        GuardBusy: another promotion held it for the whole of ``limits.guard`` seconds.
        IdentityError: the server is a standby, or a pooler stands in between that does not keep sessions apart.
        TargetUnreachable: the database cannot be reached.
    """
    if address.file is not None:
        with _locked_file(address, limits):
            yield
        return
    engine = engine_for(address, limits, autocommit=True)
    with unreachable(address):
        connection = engine.connect()
    try:
        with unreachable(address):
            _check_server(connection, address)
            _acquire(connection, address, limits)
        yield
    finally:
        connection.close()


def is_held(address: Address, limits: Limits) -> bool:
    """Whether a promotion holds the guard of a target right now."""
    if address.file is None:
        with unreachable(address), engine_for(address, limits, autocommit=True).connect() as connection:
            return connection.execute(_HOLDER, {"key": KEY}).first() is not None
    try:
        with _locked_file(address, Limits(guard=0)):
            return False
    except GuardBusy:
        return True


@contextmanager
def _locked_file(address: Address, limits: Limits) -> Iterator[None]:
    """Locks a file beside a SQLite database; it is removed again while the lock is still held."""
    path = Path(f"{address.file}-guard")
    deadline = time.monotonic() + limits.guard
    while True:
        try:
            file = path.open("a")
        except OSError as error:
            raise TargetUnreachable(f"{address.label}: {path} cannot be made: {error.strerror}") from None
        with file:
            if _lock(file) and _still_there(file, path):
                try:
                    yield
                finally:
                    path.unlink(missing_ok=True)
                return
        if time.monotonic() >= deadline:
            raise GuardBusy(f"{address.label}: another promotion is running")
        time.sleep(POLL)


def _lock(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _still_there(file: IO[str], path: Path) -> bool:
    """Whether the locked file is the one of that name, which its last holder may have removed meanwhile."""
    try:
        return os.fstat(file.fileno()).st_ino == path.stat().st_ino
    except FileNotFoundError:
        return False


def _check_server(connection: Connection, address: Address) -> None:
    pid, standby = connection.execute(_SERVER).one()
    if standby:
        raise IdentityError(f"{address.label}: the server is a standby; name the primary in the url")
    driver = connection.connection.driver_connection
    if driver is not None and driver.info.backend_pid != pid:
        raise IdentityError(
            f"{address.label}: a pooler in transaction mode is in between, through which no lock can be held; "
            "use the server's own address"
        )


def _acquire(connection: Connection, address: Address, limits: Limits) -> None:
    deadline = time.monotonic() + limits.guard
    while not connection.execute(_TRY, {"key": KEY}).scalar_one():
        if time.monotonic() >= deadline:
            raise GuardBusy(f"{address.label}: {_holder(connection)}")
        time.sleep(POLL)


def _holder(connection: Connection) -> str:
    row = connection.execute(_HOLDER, {"key": KEY}).first()
    if row is None:
        return "another promotion was running until just now; try again"
    pid, program, client, seconds = row
    return (
        f"another promotion is running: pid {pid} ({visible(program)}, {client}, for {seconds} s); "
        f"if it is dead, end it with SELECT pg_terminate_backend({pid})"
    )
