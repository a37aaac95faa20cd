"""The connection on which migrations run."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from migrail.model.ledger import Draft, LedgerEntry, Seal

if TYPE_CHECKING:
    from migrail.sql import ReadStatement


@dataclass(frozen=True, kw_only=True, slots=True)
class Sealed:
    """What a transaction left behind."""

    entry: LedgerEntry | None = None
    """The row that was added, if the seal had one."""
    locks: tuple[str, ...] = ()
    """``orders ACCESS EXCLUSIVE``: the locks that kept others waiting, as the server showed them before COMMIT."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Following:
    """The transaction behind the one that runs: of another migration, as soon as that one is applied."""

    statements: Sequence[ReadStatement]
    row: Draft
    lock_timeout: float


Starting = Callable[["ReadStatement"], None]
"""Told about a statement just before it runs; raises to stop there."""


class Session(ABC):
    """A connection for the statements of migrations. Raises :class:`migrail.runner.faults.Fault`.

    After a fault, whoever used the session closes it and opens another one.
    """

    ident: int = 0
    """The server's number of the connection; 0 where there is none."""

    transaction: str = ""
    """The server's number of the transaction that is about to be committed, where the server has one to ask for."""

    @property
    def ahead(self) -> bool:
        """Whether what follows was sent already: nobody may stop here, since nobody knows what came of it."""
        return False

    @abstractmethod
    def prepare(self, lock_timeout: float) -> None:
        """What follows is another migration: nothing that the one before set is left, and settings are pinned.

        Args:
            lock_timeout: seconds that a statement waits for a lock.
        """

    @abstractmethod
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
        """Runs statements in one transaction, which the seal closes.

        Args:
            begin: open the transaction; without it the one before goes on.
            commit: end it; without it the next call goes on.
            following: what the next call is for. A session may ask for it and send it as soon as the last of the
                statements has succeeded, such that it cannot run unless this is applied; see ``ahead``.
        """

    @abstractmethod
    def alone(self, read: ReadStatement, *, patient: bool) -> None:
        """Runs one statement outside of any transaction.

        Args:
            patient: wait for locks without limit.
        """

    @abstractmethod
    def cancel(self) -> None:
        """Stops the statement that is running. May be called from a signal handler."""

    @abstractmethod
    def sever(self) -> None:
        """Gives the connection up, which the statement that runs on it sees as lost. Called from another thread."""

    @abstractmethod
    def close(self) -> None:
        """Ends the connection; what is not committed is rolled back."""
