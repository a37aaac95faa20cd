"""Running migrations on PostgreSQL."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from migrail.model.errors import GuardBusy
from migrail.model.ledger import Seal
from migrail.model.operations import SessionCommand
from migrail.model.ports import LedgerAccess
from migrail.runner.address import Address, Limits
from migrail.runner.faults import Fault, FaultKind, reason_of
from migrail.runner.servers._dead_peers import answering, in_bounds, sever
from migrail.runner.servers._interface import STILL_AT_WORK
from migrail.runner.servers.postgres.guard import POLL, WORK_KEY, described, holding
from migrail.runner.servers.postgres.pipeline import Message, Rows, give_back, run, run_alone
from migrail.runner.servers.postgres.prepared import GONE, LITTERED, NONE_LEFT, Ask, Prepared, as_text
from migrail.runner.servers.postgres.settings import PINNED, RESETTING, milliseconds, pinning
from migrail.runner.servers.postgres.transaction import Transaction, new_mark, told_apart, transaction
from migrail.runner.session import Following, Sealed, Session, Starting

if TYPE_CHECKING:
    from migrail.sql import ReadStatement

_TRY_WORK = f"pg_catalog.pg_try_advisory_lock({WORK_KEY})"
_RENEW = f"SELECT {NONE_LEFT}, pg_catalog.pg_advisory_unlock_all(), {{}}, {_TRY_WORK}"
_ENTER_WORK = f"SELECT {_TRY_WORK}, pg_catalog.pg_backend_pid()"
"""A pooler in between tells its clients another number than the server's."""

_SMALL = 100_000
"""Characters that are sent ahead at most. Of a larger file, what that would save is nothing beside its own time."""


class PostgresSession(Session):
    """One connection; a transaction is one round trip.

    The next one is sent while this one is committed. It cannot run unless this one is applied: it is refused in a
    transaction that failed, and where this one's row is not the ledger's last.
    """

    def __init__(self, engine: Engine, address: Address, limits: Limits, ledger: LedgerAccess) -> None:
        self._address = address
        self._ledger = ledger
        self._wanted: str | None = None
        self._prepared = Prepared()
        self._mark = ""
        self._sent: Transaction | None = None
        try:
            self._pooled = engine.raw_connection()
        except (DBAPIError, TimeoutError) as error:
            raise Fault(kind=FaultKind.LOST, message=reason_of(error)) from None
        driver: Any = self._pooled.driver_connection
        record: Any = self._pooled
        self._known: dict[str, str] = dict(record.info[PINNED])
        self._driver = driver
        self._connection = driver.pgconn
        try:
            with answering(self._connection.socket):
                self._wait_for_the_dead(limits)
        except TimeoutError as error:
            self.close()
            raise Fault(kind=FaultKind.LOST, message=str(error)) from None
        except BaseException:
            self.close()
            raise

    def _wait_for_the_dead(self, limits: Limits) -> None:
        """Holds the lock of whoever works here: one that was killed has it as long as its statement runs."""
        deadline = time.monotonic() + limits.guard
        while True:
            [(locked, ident)] = run_alone(self._connection, Message(_ENTER_WORK))
            self.ident = int(ident or 0)
            if locked == "t":
                return
            if time.monotonic() >= deadline:
                said = described(self._ask(holding(WORK_KEY)))
                raise GuardBusy(f"{self._address.label}: {STILL_AT_WORK}: {said}")
            time.sleep(POLL)

    def _ask(self, query: str) -> Rows:
        return run_alone(self._connection, Message(query))

    def prepare(self, lock_timeout: float) -> None:
        self._wanted = self._renewal(lock_timeout)

    def _renewal(self, lock_timeout: float) -> str:
        return _RENEW.format(pinning({**self._known, "lock_timeout": milliseconds(lock_timeout)}))

    def _renewing(self, renewal: str, ask: Ask) -> list[Message]:
        """What has to be sent first where another migration begins: nothing of the one before is left."""
        messages = [Message(text) for text in RESETTING]
        if ask is as_text:
            messages.append(Message("DEALLOCATE ALL"))
            self._prepared.forget()
        return messages + ask(Message(renewal))

    @property
    def ahead(self) -> bool:
        return self._sent is not None

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
        def work(ask: Ask) -> Sealed:
            self.transaction = ""
            sent, self._sent = self._sent, None
            current = sent or self._transaction(statements, seal, self._wanted, ask, begin=begin, commit=commit)
            assert (current.seal.after[0], current.seal.row) == (seal.after[0], seal.row)
            answers = self._answers(
                current, starting, lambda: self._behind(seal, following(), ask), sent=sent is not None
            )
            self._wanted = None
            return current.sealed(answers)

        if not (begin and commit):
            return work(as_text)
        try:
            return work(self._prepared.ask)
        except Fault as fault:
            if fault.kind is FaultKind.LOST or fault.read is not None:
                raise
            if fault.state != GONE and LITTERED not in fault.message:
                raise
        # Code of a file took away what was prepared, or left something. Nothing of this one is there.
        give_back(self._connection)
        self._prepared.forget()
        return work(as_text)

    def _transaction(
        self,
        statements: Sequence[ReadStatement],
        seal: Seal,
        renewal: str | None,
        ask: Ask,
        *,
        begin: bool = True,
        commit: bool = True,
    ) -> Transaction:
        if any(_takes_away(read) for read in statements):
            ask = as_text
        opening = self._renewing(renewal, ask) if renewal is not None else []
        if begin:
            self._mark = new_mark()
        if commit:
            # LISTEN begins with the commit, and would go on until that of the next migration.
            closing = [
                Message("COMMIT", phase=FaultKind.COMMITTING),
                Message("UNLISTEN *", phase=FaultKind.LOST),
            ]
        else:
            # What follows may be another migration, with the search path that it knows.
            path = self._known["search_path"].replace("'", "''")
            closing = [Message(f"SELECT pg_catalog.set_config('search_path', '{path}', false)")]
        return transaction(
            statements,
            seal,
            self._ledger.sealing(seal),
            ask=ask,
            mark=self._mark,
            enter=begin,
            begin=opening,
            end=closing,
            path=[schema.strip() for schema in self._known["search_path"].split(",")],
            numbered=self._numbered,
        )

    def _behind(self, seal: Seal, following: Following | None, ask: Ask) -> Transaction | None:
        """What may be sent before the answers to this one are there."""
        if following is None or sum(len(read.statement.text) for read in following.statements) > _SMALL:
            return None
        behind = Seal(after=(seal.after[0] + 1, ""), before=seal.row, row=following.row)
        return self._transaction(following.statements, behind, self._renewal(following.lock_timeout), ask)

    def _answers(
        self, current: Transaction, starting: Starting, behind: Callable[[], Transaction | None], *, sent: bool
    ) -> list[Rows]:
        def start(read: ReadStatement) -> None:
            try:
                starting(read)
            except Fault:
                self.cancel()
                raise

        def follow() -> Sequence[Message] | None:
            self._sent = behind()
            return self._sent.messages if self._sent else None

        try:
            return run(self._connection, current.messages, start, sent=sent, following=follow)
        except Fault as fault:
            self._sent = None
            raise told_apart(fault) from None

    def _numbered(self, number: str) -> None:
        self.transaction = number

    def alone(self, read: ReadStatement, *, patient: bool) -> None:
        if self._wanted is not None:
            for message in self._renewing(self._wanted, as_text):
                run_alone(self._connection, message)
            self._wanted = None
        if _takes_away(read):
            self._prepared.forget()
        if patient:
            timeout = self._ask("SELECT pg_catalog.current_setting('lock_timeout')")[0][0]
            self._ask("SET lock_timeout = 0")
        run_alone(self._connection, Message(read.statement.text, read=read))
        if patient:
            try:
                self._ask(f"SET lock_timeout = '{timeout}'")
            except Fault as fault:
                # The statement ran: the fault must not count as its own, or it would run again.
                raise Fault(kind=FaultKind.LOST, message=fault.message, state=fault.state, read=read) from None
        if self._driver.info.transaction_status.name != "IDLE":
            raise Fault(kind=FaultKind.ENDED, message="it left a transaction open", read=read)

    def cancel(self) -> None:
        # The older way keeps every thread of this program waiting for the network.
        in_bounds(self._driver.cancel_safe)

    def sever(self) -> None:
        sever(self._connection.socket)

    def close(self) -> None:
        """Closes the connection itself: what it is in the middle of must not be waited for."""
        if self._sent:
            self.cancel()  # nobody would hear of it
        self._connection.finish()
        self._pooled.invalidate()


def _takes_away(read: ReadStatement) -> bool:
    """Whether a statement ends what is prepared, as far as it says so itself."""
    return any(
        isinstance(operation, SessionCommand) and operation.verb in {"DEALLOCATE", "DISCARD ALL"}
        for operation in read.operations
    )
