"""The guard: one promotion at a time into one target.

PostgreSQL: an advisory lock on a connection of its own in autocommit, asked for again and again and never waited
for in the server, because a waiting session holds a snapshot that a concurrent index build waits for. SQLite: the
writer's lock that every transaction takes at its start.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from migrail.model.errors import GuardBusy, IdentityError
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
    if address.dialect == "sqlite":
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
