"""What the runner needs to know about a server."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from migrail.model.operations import Operation
    from migrail.model.ports import LedgerAccess
    from migrail.model.rows import Rows
    from migrail.runner.address import Address, Limits
    from migrail.runner.session import Session


STILL_AT_WORK = "a statement of an earlier promotion still runs"
"""Said where somebody works on without the guard, such as a session whose client was killed."""


ENDED = "it ended just now; try again"
"""Said of somebody who was in the way and cannot be named any more."""


class Guard(Protocol):
    """Held by the one promotion that may change a target."""

    def require(self) -> None:
        """Makes sure that it is still held; raises GuardBusy or TargetUnreachable."""


class Server(Protocol):
    """One kind of database server. Methods raise what :mod:`migrail.model.errors` names."""

    def engine(
        self, address: Address, limits: Limits, *, pooled: bool, autocommit: bool, read_only: bool
    ) -> Engine:
        """An engine whose sessions are pinned: no setting of a role, a database or a server gets in."""

    @property
    def begin(self) -> str:
        """The statement that begins a transaction which is to change something."""

    def connect(self, address: Address, limits: Limits, *, read_only: bool) -> Any:
        """A connection of the driver alone, pinned as those of an engine are.

        Each statement is a transaction, or, where nothing is to be changed, all of them may be one.
        """

    def socket(self, driver: Any) -> int | None:
        """The number of the socket that a driver's connection goes through; ``None`` for a file."""

    def read_only(self, connection: Connection) -> Connection:
        """The connection such that nothing can be changed through it, where the server can see to that."""

    def guard(self, address: Address, limits: Limits) -> AbstractContextManager[Guard]:
        """Waits for the guard, and for what an earlier holder left at work, and holds it.

        Refuses targets that cannot be promoted into, such as a standby.
        """

    def holder(self, address: Address, limits: Limits) -> str | None:
        """Who promotes now, in words: holds the guard, or works on without it; ``None`` for nobody."""

    def open(self, address: Address, limits: Limits, ledger: LedgerAccess) -> Session:
        """A session for migrations, once nothing that a dead promotion left still runs on the server."""

    def may_commit(self, connection: Connection, ident: int, transaction: str) -> bool:
        """Whether a session still works there, on the transaction of that number where one is known (not empty)."""

    def blockers(self, connection: Connection, ident: int) -> tuple[str, ...]:
        """Those whom a session waits for: who they are, since when, and what they run."""

    def identity(self, rows: Rows) -> str | None:
        """Which server this is and which database there; ``None`` where a copy cannot be told from it."""

    def leftovers(self, connection: Connection, operation: Operation) -> tuple[str, ...]:
        """What an interrupted run of a statement left half-done: the statements that clear it away."""

    def there(self, connection: Connection, operation: Operation) -> bool | None:
        """Whether the object that an operation makes or drops is there, where it belongs to the whole server.

        ``None`` where the structure of the database tells that, or nobody can.
        """
