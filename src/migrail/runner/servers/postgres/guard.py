"""The guard on PostgreSQL: an advisory lock on a connection of its own in autocommit.

It is asked for again and again and never waited for in the server, because a waiting session holds a snapshot that
a concurrent index build waits for. Whoever works holds a second lock on the connection that does the work, since
that one may live on in the server after its client was killed.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from migrail.model.errors import GuardBusy, IdentityError, TargetUnreachable
from migrail.model.text import visible
from migrail.runner.address import Address, Limits
from migrail.runner.faults import reason_of, unusable
from migrail.runner.servers._dead_peers import answering
from migrail.runner.servers._interface import ENDED, STILL_AT_WORK
from migrail.runner.servers._others import statement_of

KEY = 7237127450127
"""The advisory lock's key. Advisory locks belong to one database, so all targets can use the same."""

WORK_KEY = KEY + 1
"""The key of whoever works."""

POLL = 0.1
"""Seconds between two tries."""

_IS_LOCK = (
    "l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 "
    "AND (l.classid::bigint << 32) + l.objid::bigint = {key}"
)
"""A row of ``pg_locks`` that somebody holds a lock of ours by."""

_TRY = f"SELECT pg_catalog.pg_try_advisory_lock({KEY})"
_HELD = (
    "SELECT EXISTS (SELECT FROM pg_catalog.pg_locks AS l "
    f"WHERE l.pid = pg_catalog.pg_backend_pid() AND {_IS_LOCK.format(key=KEY)})"
)
_SERVER = (
    "SELECT pg_catalog.pg_backend_pid(), pg_catalog.pg_is_in_recovery(), "
    "(SELECT reset_val FROM pg_catalog.pg_settings WHERE name = 'default_transaction_read_only'), "
    "pg_catalog.current_setting('session_replication_role')"
)
_HOLDER = f"""
SELECT a.pid, a.application_name, coalesce(host(a.client_addr), 'local'),
  extract(epoch FROM now() - a.backend_start)::int, a.state, left(a.query, 200)
FROM pg_catalog.pg_locks AS l JOIN pg_catalog.pg_stat_activity AS a ON a.pid = l.pid
WHERE {_IS_LOCK} AND a.pid <> pg_catalog.pg_backend_pid()
  AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
"""

_WORKS = (
    "SELECT CASE WHEN t.number IS NULL THEN a.state IS DISTINCT FROM 'idle' OR EXISTS ("
    f"SELECT FROM pg_catalog.pg_locks AS l WHERE l.pid = a.pid AND {_IS_LOCK.format(key=WORK_KEY)}) "
    "ELSE coalesce(pg_catalog.txid_status(t.number), 'in progress') = 'in progress' END "
    "FROM (SELECT %s::bigint AS number) AS t, pg_catalog.pg_stat_activity AS a WHERE a.pid = %s"
)
"""``txid_status`` is ``pg_xact_status`` by the name that PostgreSQL 12 knows too. Behind a crash a number may be
another transaction's, or nobody's yet, but the session is gone then. One that a pooler keeps for others is idle and
has none of our locks."""

_PROBES = 3
"""How often two connections are compared through a pooler."""


class PostgresGuard:
    """The connection that holds the lock."""

    def __init__(self, connection: Connection, address: Address) -> None:
        self._connection = connection
        self._address = address
        driver: Any = connection.connection.driver_connection
        self.socket: int = driver.fileno()

    def require(self) -> None:
        try:
            with answering(self.socket):
                held = self._connection.exec_driver_sql(_HELD).scalar()
        except (DBAPIError, TimeoutError) as error:
            message = f"{self._address.label}: the connection that holds the guard is lost: {reason_of(error)}"
            raise TargetUnreachable(message) from None
        if not held:
            raise GuardBusy(f"{self._address.label}: the guard is lost; nothing more is done")


@contextmanager
def guarded(engine: Engine, address: Address, limits: Limits) -> Iterator[PostgresGuard]:
    """Holds the guard; ``engine`` is in autocommit."""
    try:
        connection = engine.connect()
    except (DBAPIError, TimeoutError) as error:
        raise unusable(address.label, error) from None
    try:
        guard = PostgresGuard(connection, address)
        try:
            with answering(guard.socket):
                _check_server(engine, connection, address)
                _acquire(connection, address, limits)
        except (DBAPIError, TimeoutError) as error:
            raise unusable(address.label, error) from None
        yield guard
    finally:
        connection.invalidate()  # closes without a ROLLBACK, for which a dead network has no answer
        connection.close()


def _check_server(engine: Engine, connection: Connection, address: Address) -> None:
    pid, standby, read_only, triggers = connection.exec_driver_sql(_SERVER).one()
    where = "name the primary in the url"
    if standby:
        raise IdentityError(f"{address.label}: the server is a standby, which takes no changes", help=where)
    driver: Any = connection.connection.driver_connection
    if driver.info.backend_pid != pid and is_shared(engine, connection):
        raise IdentityError(
            f"{address.label}: a pooler that gives every transaction another connection is in between; no lock can "
            "be held through it",
            help=f"give environment {address.environment} the server's own address as migration_url",
        )
    if read_only == "on":
        raise IdentityError(
            f"{address.label}: the database or the role is read-only (default_transaction_read_only = on)",
            help="use a role that may write, or end the maintenance that made it so",
        )
    if triggers == "replica":
        raise IdentityError(
            f"{address.label}: no foreign key would be checked and no trigger fire: session_replication_role = "
            "replica stands where this role may not change it",
            help="ALTER DATABASE or ALTER ROLE ... RESET session_replication_role",
        )


def is_shared(engine: Engine, connection: Connection) -> bool:
    """Whether a pooler gives one server connection to two clients at once.

    A pooler in session mode also answers with a process number of its own, but keeps its clients apart.
    """
    try:
        for _ in range(_PROBES):
            own = connection.exec_driver_sql("SELECT pg_catalog.pg_backend_pid()").scalar()
            with engine.connect() as other:
                # The last connection that was given back is the first one that is taken again.
                other.exec_driver_sql("BEGIN")
                theirs = other.exec_driver_sql("SELECT pg_catalog.pg_backend_pid()").scalar()
                again = connection.exec_driver_sql("SELECT pg_catalog.pg_backend_pid()").scalar()
                other.exec_driver_sql("ROLLBACK")
            if own == theirs or own != again:
                return True
    except DBAPIError:
        return True  # in statement mode BEGIN is refused
    return False


def _acquire(connection: Connection, address: Address, limits: Limits) -> None:
    """Takes the guard, and lets what an earlier holder may have left at work come to its end."""
    deadline = time.monotonic() + limits.guard
    while not connection.exec_driver_sql(_TRY).scalar_one():
        if time.monotonic() >= deadline:
            raise GuardBusy(f"{address.label}: another promotion is running: {holder(connection) or ENDED}")
        time.sleep(POLL)
    while who := _held_by(connection, WORK_KEY):
        if time.monotonic() >= deadline:
            raise GuardBusy(f"{address.label}: {STILL_AT_WORK}: {who}")
        time.sleep(POLL)


def holder(connection: Connection) -> str | None:
    """Who promotes: works now, also after the guard was lost, or holds the guard, idle between statements."""
    return _held_by(connection, WORK_KEY) or _held_by(connection, KEY)


def works(connection: Connection, ident: int, transaction: str) -> bool:
    """Whether a session still works, on the transaction of that number where one is known (not empty)."""
    return bool(connection.exec_driver_sql(_WORKS, (transaction or None, ident)).scalar())


def _held_by(connection: Connection, key: int) -> str | None:
    found = list(connection.exec_driver_sql(holding(key)))
    return described(found) if found else None


def holding(key: int) -> str:
    """The query for who holds a lock."""
    return _HOLDER.format(key=key)


def described(rows: Sequence[Any]) -> str:
    """Who holds a lock, by what :func:`holding` finds, and how to end it."""
    if not rows:
        return ENDED
    pid, program, client, seconds, state, query = rows[0]
    doing = statement_of(query or "", "postgres") if state == "active" else state or "unknown"
    return (
        f"pid {pid} ({visible(program or '')}, {client}, for {seconds} s: {doing}); "
        f"if it is dead, end it with SELECT pg_terminate_backend({pid})"
    )
