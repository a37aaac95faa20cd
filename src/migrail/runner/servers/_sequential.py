"""Sessions on servers that are told one statement at a time."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from migrail.model.errors import GuardBusy
from migrail.model.ledger import LedgerEntry, Seal
from migrail.model.ports import LedgerAccess
from migrail.runner.faults import Fault, FaultKind, reason_of
from migrail.runner.session import Following, Sealed, Session, Starting

if TYPE_CHECKING:
    from migrail.sql import ReadStatement

NO_PARAMETERS = {"no_parameters": True}
"""The driver gets the text alone, so that a percent sign is a percent sign."""


class SequentialSession(Session):
    """A connection in autocommit on which BEGIN and COMMIT are statements like others."""

    begin = "BEGIN"

    def __init__(self, engine: Engine, ledger: LedgerAccess) -> None:
        self._engine = engine
        self._ledger = ledger
        self._started = datetime.now(UTC)
        self._used = False
        try:
            self._connection = engine.connect()
        except DBAPIError as error:
            raise self._fault(error, FaultKind.LOST, None) from None

    @abstractmethod
    def kind_of(self, error: BaseException) -> FaultKind | None:
        """What a driver's error means by itself; ``None`` leaves that to where it came up."""

    @abstractmethod
    def in_transaction(self) -> bool:
        """Whether the transaction that was begun still goes on."""

    def together(
        self,
        statements: Sequence[ReadStatement],
        seal: Seal,
        starting: Starting,
        *,
        begin: bool = True,
        commit: bool = True,
        following: Callable[[], Following | None] = lambda: None,
    ) -> Sealed:
        if begin:
            self._say(self.begin, FaultKind.REFUSED)
        self._started = datetime.now(UTC)
        self._require_head(seal)
        for read in statements:
            starting(read)
            self._run(read)
            if not self.in_transaction():
                raise Fault(kind=FaultKind.ENDED, message="it ended the transaction", read=read)
        entry = self._write(seal)
        if commit:
            self.commit()
        return Sealed(entry=entry)

    def _require_head(self, seal: Seal) -> None:
        try:
            if self._ledger.on(self._connection).head() != seal.after:
                raise Fault(kind=FaultKind.OVERTAKEN, message="another promotion was faster")
        except DBAPIError as error:
            raise self._fault(error, FaultKind.SEALING, None) from None

    def _write(self, seal: Seal) -> LedgerEntry | None:
        now = datetime.now(UTC)
        ledger = self._ledger.on(self._connection)
        try:
            ledger.note(seal.notes, after=seal.after, now=now)
            if seal.row is None:
                return None
            return ledger.append(seal.row, after=seal.after, started_at=self._started, finished_at=now)
        except DBAPIError as error:
            raise self._fault(error, FaultKind.SEALING, None) from None
        except GuardBusy as error:
            raise Fault(kind=FaultKind.OVERTAKEN, message=error.message) from None

    def commit(self) -> None:
        """Ends the transaction."""
        self._say("COMMIT", FaultKind.COMMITTING)

    def alone(self, read: ReadStatement, *, patient: bool) -> None:
        self._run(read)
        if self.in_transaction():
            raise Fault(kind=FaultKind.ENDED, message="it left a transaction open", read=read)

    def close(self) -> None:
        if not self._connection.closed:  # as it is where another one was asked for in vain
            self._connection.invalidate()
            self._connection.close()

    def renew(self) -> None:
        """Takes another connection, which knows nothing of what was set on this one."""
        self.close()
        self._connection = self._engine.connect()

    def needs_renewal(self) -> bool:
        """Whether the session worked for another migration before; not in the middle of a transaction."""
        used, self._used = self._used, True
        return used and not self.in_transaction()

    def _run(self, read: ReadStatement) -> None:
        self._say(read.statement.text, FaultKind.REFUSED, read)

    def _say(self, text: str, kind: FaultKind, read: ReadStatement | None = None) -> None:
        try:
            self._connection.exec_driver_sql(text, execution_options=NO_PARAMETERS)
        except DBAPIError as error:
            raise self._fault(error, kind, read) from None
        except UnicodeError as error:
            said = f"the driver cannot send it: {error}"
            raise Fault(kind=FaultKind.REFUSED, message=said, read=read) from None

    def _fault(self, error: DBAPIError, kind: FaultKind, read: ReadStatement | None) -> Fault:
        original = error.orig or error
        code = original.args[0] if original.args and isinstance(original.args[0], int) else ""
        lost = FaultKind.LOST if error.connection_invalidated else None
        return Fault(
            kind=self.kind_of(original) or lost or kind,
            message=reason_of(error),
            state=str(code),
            read=read,
        )


def raw(connection: Connection) -> object:
    """The driver's own connection."""
    return connection.connection.driver_connection
