"""Lets the n-th call of a database fail in the process that asks for it: the others have no part in it.

At that call the driver raises an error, the socket under it is shut, or the process ends as SIGKILL ends it. A run
that came that far says ``reached`` on standard error.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

_LEFT = [0]
_HOW = [""]
_LATER = [0.0]


def _call(lose: Callable[[], None], refuse: Callable[[], None]) -> None:
    _LEFT[0] -= 1
    if _LEFT[0] != 0:
        return
    print("reached", file=sys.stderr, flush=True)
    if _HOW[0] == "KILL" and _LATER[0]:
        threading.Timer(_LATER[0], os.kill, (os.getpid(), signal.SIGKILL)).start()
        return
    if _HOW[0] == "KILL":
        os.kill(os.getpid(), signal.SIGKILL)
    lose() if _HOW[0] == "LOSS" else refuse()


def _shut(number: int) -> None:
    """Both sides see the connection end."""
    with socket.socket(fileno=os.dup(number)) as copy:
        copy.shutdown(socket.SHUT_RDWR)


def _lose(driver: Any) -> None:
    if hasattr(driver, "pgconn"):
        _shut(driver.pgconn.socket)
    elif hasattr(driver, "_sock"):
        driver._sock.shutdown(socket.SHUT_RDWR)
    else:
        driver.interrupt()  # a file has no connection to lose


def _refuse(driver: Any) -> None:
    if hasattr(driver, "pgconn"):
        import psycopg

        raise psycopg.errors.DiskFull("injected")
    if hasattr(driver, "_sock"):
        import pymysql

        raise pymysql.err.OperationalError(1021, "injected")
    import sqlite3

    raise sqlite3.OperationalError("injected")


def _count_plain() -> None:
    """Every statement that is sent through a driver alone."""
    from migrail.runner.plain import DriverRows, query_error

    original = DriverRows._execute

    def execute(self: Any, sql: str, values: Any) -> Any:
        try:
            if _HOW[0] == "AWAY":
                _tracker_call(self.driver)
            else:
                _call(lambda: _lose(self.driver), lambda: _refuse(self.driver))
        except Exception as error:
            raise query_error(error) from None
        return original(self, sql, values)

    DriverRows._execute = execute  # type: ignore[method-assign]


def _tracker_call(driver: Any) -> None:
    """From the n-th call on, the tracker, a file of SQLite, is away; the targets are there."""
    if not hasattr(driver, "iterdump"):
        return
    if Path(driver.execute("PRAGMA database_list").fetchone()[2]).name != "tracker.db":
        return
    _LEFT[0] -= 1
    if _LEFT[0] <= 0:
        print("reached", file=sys.stderr, flush=True)
        _refuse(driver)


def _count_statements() -> None:
    """Every statement through SQLAlchemy, each transaction's end, and everything that is sent past it."""

    @event.listens_for(Engine, "do_execute")
    def _execute(cursor: Any, statement: str, parameters: Any, context: Any) -> None:
        driver = cursor.connection
        if _HOW[0] == "AWAY":
            _tracker_call(driver)
        else:
            _call(lambda: _lose(driver), lambda: _refuse(driver))

    @event.listens_for(Engine, "do_execute_no_params")
    def _execute_plain(cursor: Any, statement: str, context: Any) -> None:
        driver = cursor.connection
        if _HOW[0] != "AWAY":
            _call(lambda: _lose(driver), lambda: _refuse(driver))

    @event.listens_for(Engine, "commit")
    def _commit(connection: Any) -> None:
        if _HOW[0] == "AWAY":
            return
        driver = connection.connection.driver_connection
        _call(lambda: _lose(driver), lambda: None)


def _count_pipelines() -> None:
    from migrail.runner.faults import Fault, FaultKind
    from migrail.runner.servers.postgres import pipeline, session

    original_send, original_next, original_alone = pipeline._send, pipeline._next, pipeline.run_alone

    def refuse() -> None:
        raise Fault(kind=FaultKind.REFUSED, message="injected")

    def send(connection: Any, messages: Any) -> None:
        _call(lambda: _shut(connection.socket), refuse)
        original_send(connection, messages)

    def after(connection: Any) -> Any:
        """Behind the sending, an error is the server's; only losing the answer is left."""
        _call(lambda: _shut(connection.socket), lambda: None)
        return original_next(connection)

    def alone(connection: Any, message: Any) -> Any:
        _call(lambda: _shut(connection.socket), refuse)
        return original_alone(connection, message)

    pipeline._send, pipeline._next = send, after
    session.run_alone = alone


def _count_files() -> None:
    from migrail.runner.servers.mysql.session import MysqlSession

    original = MysqlSession._run

    def run(self: Any, read: Any) -> None:
        _call(lambda: _lose(self._driver), lambda: None)
        original(self, read)

    MysqlSession._run = run  # type: ignore[method-assign]


def inject(number: int, how: str, later: float = 0.0) -> None:
    """From now on, calls count.

    Args:
        how: ``ERROR``, ``LOSS`` or ``KILL``; ``AWAY`` counts the calls of the tracker only, and from the n-th on
            each fails.
        later: seconds between the call and the kill.
    """
    _LEFT[0], _HOW[0], _LATER[0] = number, how, later
    _count_statements()
    _count_plain()
    _count_pipelines()
    _count_files()
