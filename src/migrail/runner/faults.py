"""What a server said when it did not do as it was told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from migrail.model.errors import TargetUnreachable
from migrail.model.redact import redact
from migrail.model.rows import QueryError
from migrail.model.text import visible

if TYPE_CHECKING:
    from sqlalchemy.exc import DBAPIError

    from migrail.sql import ReadStatement


class FaultKind(StrEnum):
    """What a fault means for what comes next."""

    REFUSED = "refused"
    """The server did not accept a statement."""
    LOCKED = "locked"
    """Somebody held a lock for too long, or the server broke a deadlock: worth another try."""
    CANCELLED = "cancelled"
    """Somebody stopped the statement: we ourselves or an administrator."""
    LOST = "lost"
    """The connection is gone. What the server still did is not known."""
    ENDED = "ended"
    """A statement ended the transaction around it."""
    OVERTAKEN = "overtaken"
    """Another promotion was faster."""
    SEALING = "sealing"
    """The statements ran, but the ledger's row was refused."""
    COMMITTING = "committing"
    """Everything ran, but COMMIT was refused."""


@dataclass(kw_only=True, eq=False)
class Fault(Exception):
    """A statement, or what belongs to it, did not succeed. Becomes an error for people in ``failures.py``."""

    kind: FaultKind
    message: str
    """The server's words, in one line, without secrets."""
    state: str = ""
    """SQLSTATE, or MySQL's error number."""
    notes: tuple[str, ...] = ()
    """The server's details and hints."""
    position: int | None = None
    """Where in the statement, in characters from 1."""
    read: ReadStatement | None = None
    """The statement, if it was one."""

    def __post_init__(self) -> None:
        super().__init__(self.message)

    @property
    def reason(self) -> str:
        """The message with its SQLSTATE."""
        return f"{self.message} (SQLSTATE {self.state})" if len(self.state) == 5 else self.message


def one_line(text: str) -> str:
    """A server's message in one line, without secrets and control characters."""
    return visible(redact("; ".join(part.strip() for part in text.strip().splitlines() if part.strip())))


def original_of(error: DBAPIError | QueryError | OSError) -> BaseException | None:
    """The driver's or the system's own error."""
    if isinstance(error, OSError):
        return error
    return error.original if isinstance(error, QueryError) else error.orig


def reason_of(error: DBAPIError | QueryError | OSError) -> str:
    """The server's message in one line, with its SQLSTATE, without secrets."""
    original = original_of(error)
    diagnostics = getattr(original, "diag", None)
    text = getattr(diagnostics, "message_primary", None) or _said(original or error)
    state = getattr(original, "sqlstate", None)
    return one_line(f"{text} (SQLSTATE {state})" if state else text)


def unusable(label: str, error: DBAPIError | QueryError | OSError) -> TargetUnreachable:
    """What is said of a database that does not answer, or refuses what every command needs."""
    return TargetUnreachable(f"{label}: the database cannot be used: {reason_of(error)}", help="migrail doctor")


def _said(error: BaseException) -> str:
    """PyMySQL's errors are a number and a text."""
    if len(error.args) == 2 and isinstance(error.args[0], int):
        return f"{error.args[1]} (error {error.args[0]})"
    return str(error)
