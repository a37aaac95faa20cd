"""How sessions on MySQL and MariaDB are set up, whatever the server's defaults are."""

from __future__ import annotations

import math
import weakref
from typing import TYPE_CHECKING, Any

from migrail.runner.address import Address, Limits
from migrail.runner.servers import _dead_peers

if TYPE_CHECKING:
    from sqlalchemy import Engine

_MODES = ("ANSI_QUOTES", "NO_BACKSLASH_ESCAPES", "ANSI", "PIPES_AS_CONCAT")
"""They change where strings and names end, so the splitter would read another text than the server."""

_ER_UNKNOWN_VARIABLE = 1193

_OPEN: set[weakref.ref[Any]] = set()
"""The drivers of this process. No server setting that is on by default tells whose a connection is."""

CHARSET = "utf8mb4"
"""Of whatever passes between us and the server."""


def whole_seconds(seconds: float) -> int:
    """Timeouts are whole seconds here; less than one is one."""
    return max(1, math.ceil(seconds))


def pinned(limits: Limits) -> tuple[str, ...]:
    """Statements that a session begins with. Those about variables that a server does not have are passed over."""
    mode = "@@GLOBAL.sql_mode"
    for word in _MODES:
        mode = f"REPLACE({mode}, '{word}', '')"
    lock = whole_seconds(limits.lock)
    return (
        f"SET SESSION sql_mode = {mode}",
        "SET SESSION time_zone = '+00:00'",
        "SET SESSION foreign_key_checks = 1, unique_checks = 1, sql_safe_updates = 0",
        f"SET SESSION lock_wait_timeout = {lock}, innodb_lock_wait_timeout = {lock}",
        "SET SESSION wait_timeout = 86400, net_read_timeout = 600, net_write_timeout = 600",
        "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ WRITE",
        "SET SESSION max_statement_time = 0",
        "SET SESSION max_execution_time = 0",
    )


def pin(driver: Any, limits: Limits) -> None:
    """Sets a driver's connection up."""
    from pymysql.err import OperationalError

    with driver.cursor() as cursor:
        for statement in pinned(limits):
            try:
                cursor.execute(statement)
            except OperationalError as error:
                if error.args[0] != _ER_UNKNOWN_VARIABLE:
                    raise


def _arguments(limits: Limits) -> dict[str, Any]:
    return {
        "connect_timeout": max(1, round(limits.connect)),
        # The driver waits for ever for the greeting of whoever accepts and says nothing; see _prepare.
        "read_timeout": max(1, round(limits.connect)),
        "charset": CHARSET,
        "program_name": "migrail",
    }


def engine(address: Address, limits: Limits, *, pooled: bool, autocommit: bool, read_only: bool) -> Engine:
    """An engine with pinned sessions."""
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import NullPool, QueuePool

    made = create_engine(
        address.url.for_sqlalchemy(),
        poolclass=QueuePool if pooled else NullPool,
        pool_reset_on_return=None,  # every transaction of ours comes to its own end
        isolation_level="AUTOCOMMIT" if autocommit else None,
        connect_args=_arguments(limits),
    )
    event.listen(made, "connect", lambda driver, _record: _prepare(driver, limits, read_only=read_only))
    return made


def connect(address: Address, limits: Limits, *, read_only: bool) -> Any:
    """A pinned connection of the driver, in autocommit."""
    import pymysql
    from sqlalchemy.dialects.mysql.pymysql import dialect

    # What the driver wants of a URL, such as a table for TLS, is known there and need not be said again.
    places, named = dialect(dbapi=pymysql).create_connect_args(address.url.for_sqlalchemy())
    made = pymysql.connect(*places, **{**named, **_arguments(limits), "autocommit": True})
    _prepare(made, limits, read_only=read_only)
    return made


def socket_of(driver: Any) -> int:
    """The number of the socket that a connection of the driver goes through."""
    return int(driver._sock.fileno())


def own_idents(driver: Any) -> set[int]:
    """The server's numbers of this process's connections, of the server that a driver is connected to."""

    def server(one: Any) -> tuple[object, ...]:
        return one.host, one.port, one.unix_socket

    others = (found() for found in tuple(_OPEN))
    return {one.thread_id() for one in others if one is not None and one.open and server(one) == server(driver)}


def _prepare(driver: Any, limits: Limits, *, read_only: bool) -> None:
    _OPEN.add(weakref.ref(driver, _OPEN.discard))
    _keep_alive(driver)
    pin(driver, limits)
    driver._read_timeout = None  # statements take as long as they take
    if read_only:
        with driver.cursor() as cursor:
            cursor.execute("SET SESSION TRANSACTION READ ONLY")


def _keep_alive(driver: Any) -> None:
    """Notices a server that cannot be reached any more."""
    import socket

    sock = getattr(driver, "_sock", None)
    if sock is None or sock.family == socket.AF_UNIX:
        return
    for name, value in (("IDLE", _dead_peers.IDLE), ("INTVL", _dead_peers.INTERVAL), ("CNT", _dead_peers.PROBES)):
        option = getattr(socket, f"TCP_KEEP{name}", None)
        if option is not None:
            sock.setsockopt(socket.IPPROTO_TCP, option, value)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _dead_peers.UNANSWERED)
