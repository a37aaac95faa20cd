"""The guard on MySQL and MariaDB: GET_LOCK on a connection of its own, never waited for in the server.

Such locks belong to the whole server, so their names hold the database; MySQL allows 64 characters. Whoever works
holds a second one on the connection that does the work: when the client is killed, the server still finishes its
statement.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from migrail.model.errors import GuardBusy, IdentityError, TargetUnreachable
from migrail.model.text import visible
from migrail.runner.address import Address, Limits
from migrail.runner.faults import reason_of, unusable
from migrail.runner.servers._dead_peers import answering
from migrail.runner.servers._interface import ENDED, STILL_AT_WORK
from migrail.runner.servers._others import statement_of
from migrail.runner.servers.mysql.settings import socket_of

GUARD, WORK = "guard", "work"

POLL = 0.1
"""Seconds between two tries."""

SILENCE = "SET SESSION wait_timeout = {seconds}"
"""After so many seconds without a word the server ends a session, and its locks with it."""

GUARD_SILENCE = 20
WORK_SILENCE = 60
"""Whoever works is quiet between two statements only, while the journal is written."""

_TRY = text("SELECT GET_LOCK(:name, 0) LIMIT 1")  # a file may have set sql_select_limit to 0
_USED = text("SELECT IS_USED_LOCK(:name), CONNECTION_ID()")
_HOLDER = text(
    "SELECT id, user, host, command, time, left(coalesce(info, ''), 200) "
    "FROM information_schema.processlist WHERE id = IS_USED_LOCK(:name)"
)
_SERVER = "SELECT @@GLOBAL.read_only, VERSION()"


def name_of(address: Address, what: str) -> str:
    """The lock's name: at most 64 characters, and no two databases share one whatever the case of their names."""
    database = str(address.url.database)
    digest = hashlib.sha256(database.encode()).hexdigest()[:12]
    return f"migrail.{what}.{database.lower()[:36]}.{digest}"


class MysqlGuard:
    """The connection that holds the lock.

    The server notices only by silence that it cannot reach a client any more, so a living one has to speak.
    """

    def __init__(self, connection: Connection, address: Address) -> None:
        self._connection = connection
        self._address = address
        driver: Any = connection.connection.driver_connection
        self._driver = driver
        self.socket = socket_of(driver)
        self._speaking = Lock()
        self._over = Event()

    @contextmanager
    def alive(self) -> Iterator[None]:
        """Speaks to the server now and then, until nothing more is to be guarded."""
        Thread(target=self._beat, daemon=True).start()
        try:
            yield
        finally:
            self._over.set()
            self._speaking.acquire(timeout=1)  # where something stalls, closing the connection ends the wait for it

    def _beat(self) -> None:
        while not self._over.wait(GUARD_SILENCE / 4):
            with self._speaking:
                if self._over.is_set():
                    return
                try:
                    with answering(self.socket):
                        self._driver.ping(reconnect=False)
                except Exception:  # whoever needs the guard is told by ``require``
                    return

    def require(self) -> None:
        try:
            with self._speaking, answering(self.socket):
                holder, own = self._connection.execute(_USED, {"name": name_of(self._address, GUARD)}).one()
        except (DBAPIError, OSError) as error:
            message = f"{self._address.label}: the connection that holds the guard is lost: {reason_of(error)}"
            raise TargetUnreachable(message) from None
        if holder != own:
            raise GuardBusy(f"{self._address.label}: the guard is lost; nothing more is done")


@contextmanager
def guarded(engine: Engine, address: Address, limits: Limits) -> Iterator[MysqlGuard]:
    """Holds the guard."""
    try:
        connection = engine.connect()
    except DBAPIError as error:
        raise unusable(address.label, error) from None
    try:
        guard = MysqlGuard(connection, address)
        try:
            with answering(guard.socket):
                _check_server(connection, address)
                acquire(connection, address, limits, GUARD)
                _let_end(connection, address, limits)
                connection.exec_driver_sql(SILENCE.format(seconds=GUARD_SILENCE))
        except (DBAPIError, TimeoutError) as error:
            raise unusable(address.label, error) from None
        with guard.alive():
            yield guard
    finally:
        connection.invalidate()  # closes without a ROLLBACK, for which a dead network has no answer
        connection.close()


def _check_server(connection: Connection, address: Address) -> None:
    read_only, version = connection.exec_driver_sql(_SERVER).one()
    if read_only not in (0, "0", "OFF"):
        raise IdentityError(
            f"{address.label}: the server is read-only, as replicas are", help="name the primary in the url"
        )
    wanted = "mariadb" if "mariadb" in str(version).lower() else "mysql"
    if wanted not in address.dialects:
        raise IdentityError(
            f"{address.label}: the url says {address.backend}, but the server is {visible(str(version))}",
            help=f"write {wanted}:// in the url",
        )


def acquire(connection: Connection, address: Address, limits: Limits, what: str) -> None:
    """Takes a lock, asking again and again.

    Raises:
        GuardBusy: somebody held it all the time.
    """
    name = name_of(address, what)
    deadline = time.monotonic() + limits.guard
    while connection.execute(_TRY, {"name": name}).scalar() != 1:
        if time.monotonic() >= deadline:
            who = holder_of(connection, name) if what == WORK else holder(connection, address)
            doing = STILL_AT_WORK if what == WORK else "another promotion is running"
            raise GuardBusy(f"{address.label}: {doing}: {who or ENDED}")
        time.sleep(POLL)


def _let_end(connection: Connection, address: Address, limits: Limits) -> None:
    """Lets what an earlier holder of the guard may have left at work come to its end."""
    deadline = time.monotonic() + limits.guard
    while who := holder_of(connection, name_of(address, WORK)):
        if time.monotonic() >= deadline:
            raise GuardBusy(f"{address.label}: {STILL_AT_WORK}: {who}")
        time.sleep(POLL)


def holder(connection: Connection, address: Address) -> str | None:
    """Who promotes: works now, also after the guard was lost, or holds the guard, idle between statements."""
    found = (holder_of(connection, name_of(address, what)) for what in (WORK, GUARD))
    return next(filter(None, found), None)


def holder_of(connection: Connection, name: str) -> str | None:
    """Who holds a lock, and how to end it."""
    row = connection.execute(_HOLDER, {"name": name}).first()
    if row is None:
        return None
    id, user, host, command, seconds, query = row
    doing = statement_of(query, "mariadb") or command
    return f"connection {id} ({visible(user)}, {visible(host)}, {doing}, for {seconds} s); to end it: KILL {id}"
