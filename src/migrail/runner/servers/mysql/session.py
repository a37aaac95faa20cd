"""Running migrations on MySQL and MariaDB."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from migrail.model.ledger import LedgerEntry, Seal
from migrail.model.ports import LedgerAccess
from migrail.runner.address import Address, Limits
from migrail.runner.faults import Fault, FaultKind, one_line
from migrail.runner.servers._dead_peers import answering, in_bounds, sever
from migrail.runner.servers._sequential import SequentialSession, raw
from migrail.runner.servers.mysql.guard import SILENCE, WORK, WORK_SILENCE, acquire
from migrail.runner.servers.mysql.settings import CHARSET, socket_of, whole_seconds

if TYPE_CHECKING:
    from migrail.sql import ReadStatement

_LOCKED = frozenset({1205, 1213, 3572})
"""Lock wait timeout (of rows and of metadata), deadlock, NOWAIT."""

_CANCELLED = frozenset({1317, 1969, 3024})
"""Query interrupted; execution time exceeded."""

_LOST = frozenset({1053, 1152, 1158, 1159, 1160, 1161, 1184, 1927, 2006, 2013, 2014, 2055, 4031})
"""The server shuts down or kills the connection, or the network fails."""

_CHARSETS = "SELECT @@character_set_client, @@character_set_connection, @@character_set_results LIMIT 1"
_CHARSETS_AS = "SET character_set_client = {}, character_set_connection = {}, character_set_results = {}"
"""How the server reads what it is sent: the driver sends UTF-8 whatever a file has said with SET NAMES."""

_LARGE = 500_000
"""Characters of a statement from which on it is asked first how much the server takes."""

_MOST = "SELECT @@max_allowed_packet LIMIT 1"

_IN_TRANSACTION = 1
"""Bit SERVER_STATUS_IN_TRANS of the status that comes with each answer."""


class MysqlSession(SequentialSession):
    """A fresh connection for each migration."""

    begin = "START TRANSACTION"

    def __init__(self, engine: Engine, address: Address, limits: Limits, ledger: LedgerAccess) -> None:
        self._address = address
        self._limits = limits
        super().__init__(engine, ledger)
        self._enter()

    def _enter(self) -> None:
        """Holds the lock of whoever works, which must outlive a client that is killed."""
        self.ident = self._driver.thread_id()
        try:
            with answering(socket_of(self._driver)):
                acquire(self._connection, self._address, self._limits, WORK)
                self._connection.exec_driver_sql(SILENCE.format(seconds=WORK_SILENCE))
        except DBAPIError as error:
            raise self._fault(error, FaultKind.LOST, None) from None
        except TimeoutError as error:
            raise Fault(kind=FaultKind.LOST, message=str(error)) from None

    @property
    def _driver(self) -> Any:
        return raw(self._connection)

    def prepare(self, lock_timeout: float) -> None:
        try:
            if self.needs_renewal():
                self.renew()
                self._enter()
            seconds = whole_seconds(lock_timeout)
            self._connection.exec_driver_sql(
                f"SET SESSION lock_wait_timeout = {seconds}, innodb_lock_wait_timeout = {seconds}"
            )
        except DBAPIError as error:
            raise self._fault(error, FaultKind.LOST, None) from None

    def in_transaction(self) -> bool:
        """A statement may end it without a word: the server says so with every answer."""
        return bool(self._driver.server_status & _IN_TRANSACTION)

    def kind_of(self, error: BaseException) -> FaultKind | None:
        code = error.args[0] if error.args else None
        for codes, kind in (
            (_LOCKED, FaultKind.LOCKED),
            (_CANCELLED, FaultKind.CANCELLED),
            (_LOST, FaultKind.LOST),
        ):
            if code in codes:
                return kind
        return None

    def _run(self, read: ReadStatement) -> None:
        """Reads every result: an error of a later one comes only then."""
        import pymysql

        driver = self._driver
        try:
            with driver.cursor() as cursor:
                _require_room(cursor, read)
                cursor.execute(read.statement.text)
                while cursor.nextset():
                    pass
        except pymysql.Error as error:
            code = error.args[0] if error.args else ""
            text = str(error.args[1]) if len(error.args) > 1 else str(error)
            kind = self.kind_of(error) or (FaultKind.REFUSED if code else FaultKind.LOST)
            raise Fault(kind=kind, message=f"{one_line(text)} (error {code})", state=str(code), read=read) from None
        except (OSError, UnicodeError) as error:
            kind = FaultKind.LOST if isinstance(error, OSError) else FaultKind.REFUSED
            raise Fault(kind=kind, message=one_line(str(error)), read=read) from None

    def alone(self, read: ReadStatement, *, patient: bool) -> None:
        self._enter()  # the file may have let go of the lock
        super().alone(read, patient=patient)

    def _write(self, seal: Seal) -> LedgerEntry | None:
        try:
            before = self._connection.exec_driver_sql(_CHARSETS).one()
            if set(before) != {CHARSET}:
                self._connection.exec_driver_sql(f"SET NAMES {CHARSET}")
            hidden = self._ledger.on(self._connection).hidden()
            if hidden is not None:
                raise Fault(kind=FaultKind.SEALING, message=f"a temporary table stands in for {hidden}")
            entry = super()._write(seal)
            if set(before) != {CHARSET}:
                self._connection.exec_driver_sql(_CHARSETS_AS.format(*(name or "NULL" for name in before)))
        except DBAPIError as error:
            raise self._fault(error, FaultKind.SEALING, None) from None
        return entry

    def sever(self) -> None:
        sever(socket_of(self._driver))

    def cancel(self) -> None:
        in_bounds(self._kill_query)

    def _kill_query(self) -> None:
        with self._engine.connect() as connection:
            connection.exec_driver_sql(f"KILL QUERY {self.ident}")


def _require_room(cursor: Any, read: ReadStatement) -> None:
    """A server that is sent more than it takes hangs up, and what it says of that may never arrive."""
    text = read.statement.text
    if len(text) < _LARGE:
        return
    cursor.execute(_MOST)
    size, (most,) = len(text.encode()), cursor.fetchone()
    if size >= most:
        said = (
            f"its {size:,} bytes are more than the {most:,} of max_allowed_packet, which the server takes at once"
        )
        raise Fault(kind=FaultKind.REFUSED, message=said, read=read)
