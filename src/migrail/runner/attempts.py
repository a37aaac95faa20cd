"""One session after the other, until the work is done or another try makes no sense."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from migrail.model.errors import MigrailError, MigrationFailed
from migrail.model.ledger import LedgerEntry
from migrail.model.ports import LedgerAccess
from migrail.runner.address import Address, Limits
from migrail.runner.connect import reading
from migrail.runner.events import Happening
from migrail.runner.faults import Fault, FaultKind
from migrail.runner.servers import Guard, server_of
from migrail.runner.session import Session
from migrail.runner.stopping import Stopping
from migrail.runner.watch import Watch

if TYPE_CHECKING:
    from migrail.sql import ReadStatement

T = TypeVar("T")

FIRST_PAUSE, LONGEST_PAUSE = 0.1, 1.5
"""Seconds between two tries: doubled each time, and each time between half of it and all of it, so that several
runners that were kept out together do not come back together."""

LOSS_PATIENCE = 30.0
"""Seconds for which a server that lost its client is asked what became of the work."""

Tell = Callable[[Happening, "ReadStatement | None", float, str], None]
"""Tells whoever shows it: what, about which statement, seconds, words."""


@dataclass(kw_only=True)
class Attempts:
    """Sessions of one target. Close it at the end."""

    address: Address
    limits: Limits
    ledger: LedgerAccess
    guard: Guard
    stopping: Stopping
    tell: Tell
    random: Callable[[], float] = field(default_factory=lambda: random.SystemRandom().random)
    ident: int = 0
    """The server's number of the last session."""
    transaction: str = ""
    """The server's number of the last session's transaction; empty where it is not known."""
    _session: Session | None = None
    _read: ReadStatement | None = None
    _watch: Watch | None = None

    def run(self, prepare: Callable[[Session], None], work: Callable[[Session], T]) -> T:
        """Runs ``work`` in a prepared session; again in a new one as long as locks keep it out and time is left.

        Work that a lock kept out must have left nothing behind; where it may have, it raises another kind of fault.

        Args:
            prepare: for a session that was just opened or that worked for another migration.

        Raises:
            Fault: it did not succeed; the session is closed.
        """
        self._read = None
        pause = FIRST_PAUSE
        kept_out: float | None = None
        while True:
            try:
                session = self._opened()
                with self._watched(session), self.stopping.cancelling(session.cancel):
                    prepare(session)
                    return work(session)
            except Fault as fault:
                blockers = self._watch.blockers if self._watch else ()
                self.transaction = self._session.transaction if self._session else ""
                self.close()
                if fault.kind is FaultKind.CANCELLED and not self.stopping.wanted:
                    fault.kind = FaultKind.REFUSED  # by somebody else, or by a timeout that the file itself set
                kept_out = time.monotonic() if kept_out is None else kept_out
                left = self.limits.budget - (time.monotonic() - kept_out)
                if fault.kind is not FaultKind.LOCKED or left <= 0 or self.stopping.wanted:
                    raise _with(fault, blockers) from None
                wait = min(pause * (0.5 + self.random() / 2), left)
                held = f"; held by {'; '.join(blockers)}" if blockers else ""
                self.tell(Happening.RETRYING, fault.read, wait, f"{fault.reason}{held}; next try in {wait:.1f} s")
                self._sleep(wait)
                pause = min(pause * 2, LONGEST_PAUSE)
            except BaseException:
                self.close()
                raise

    def starting(self, read: ReadStatement) -> None:
        """A statement is about to run; raises when somebody asked to stop."""
        if self.stopping.wanted:
            raise Fault(kind=FaultKind.CANCELLED, message="stopped before this statement, as asked", read=read)
        self._read = read
        if self._watch:
            self._watch.next()
        self.tell(Happening.STATEMENT, read, 0.0, "")

    @property
    def ahead(self) -> bool:
        """Whether what is to be run next was sent already, and has to be heard of."""
        return self._session is not None and self._session.ahead

    def _opened(self) -> Session:
        if self.stopping.wanted and not self.ahead:
            raise Fault(kind=FaultKind.CANCELLED, message="stopped before its next statement, as asked")
        if self._session is None:
            self._session = server_of(self.address).open(self.address, self.limits, self.ledger)
        self.ident = self._session.ident
        return self._session

    def _watched(self, session: Session) -> Watch:
        if self._watch is None or self._watch.ident != session.ident:
            if self._watch:
                self._watch.close()
            self._watch = Watch(self.address, self.limits, session, self.guard, self._waiting)
        return self._watch

    def _waiting(self, seconds: float, blockers: tuple[str, ...]) -> None:
        said = f"waits for {'; '.join(blockers)}" if blockers else ""
        self.tell(Happening.WAITING, self._read, seconds, said)

    def _sleep(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not self.stopping.wanted and (left := deadline - time.monotonic()) > 0:
            time.sleep(min(left, 0.1))

    def after_loss(self, sequence: int, *, ahead: bool = False) -> LedgerEntry | None:
        """The ledger's row of that number, once the transaction that was lost has ended on the server.

        A server may go on, and even commit, long after its client is gone; so nothing is concluded before.

        Args:
            ahead: the row is that of the transaction which was sent behind the last one that was heard of.

        Raises:
            MigrationFailed: that cannot be found out now.
        """
        self.tell(Happening.LOST, self._read, 0.0, "the server is asked what became of it")
        deadline = time.monotonic() + LOSS_PATIENCE
        why = "its session still works there"
        number = "" if ahead else self.transaction
        while time.monotonic() < deadline:
            try:
                with reading(self.address, self.limits, briefly=True) as connection:
                    if not server_of(self.address).may_commit(connection, self.ident, number):
                        return self.ledger.on(connection).entry(sequence)
                    why = f"its session {self.ident} still works there"
            except MigrailError as error:
                why = error.message
            time.sleep(0.2)
        raise MigrationFailed(
            f"{self.address.label}: the connection was lost, and what the server made of it is not known: {why}",
            help=f"migrail status {self.address.environment}",
        )

    def close(self) -> None:
        """Ends the session."""
        if self._watch is not None:
            self._watch.close()
            self._watch = None
        if self._session is not None:
            self._session.close()
            self._session = None


def _with(fault: Fault, blockers: tuple[str, ...]) -> Fault:
    if fault.kind is FaultKind.LOCKED and blockers:
        fault.notes = (*fault.notes, *(f"held by {blocker}" for blocker in blockers))
    return fault
