"""Plain SQL, for what every command asks first: it needs a database's driver and nothing above it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

Row = dict[str, Any]
"""Values by the names of the columns."""


class QueryError(Exception):
    """A statement was refused, or the database did not answer."""

    def __init__(self, original: BaseException) -> None:
        """``original`` is the driver's error."""
        super().__init__(str(original))
        self.original = original


class DuplicateRow(QueryError):
    """Another row has the key already."""


class Rows(Protocol):
    """Runs statements in which ``?`` stands for a value."""

    @property
    def backend(self) -> str:
        """``postgresql``, ``mysql``, ``mariadb`` or ``sqlite``."""

    def all(self, sql: str, *values: Any) -> Sequence[Row]:
        """What a query finds; raises QueryError."""

    def run(self, sql: str, *values: Any) -> int:
        """Changes something, and says how many rows it met; raises QueryError, DuplicateRow."""


class Database(Protocol):
    """A database that is asked again and again. All its methods raise QueryError."""

    def rows(self) -> AbstractContextManager[Rows]:
        """For statements that are a transaction each."""

    def begin(self) -> AbstractContextManager[Rows]:
        """A transaction for changes."""

    def engine(self) -> Any:
        """The SQLAlchemy engine, for what is done once only."""


def marked(sql: str, backend: str) -> str:
    """The statement with the driver's own sign for a value; it must have no other question and percent signs."""
    return sql if backend == "sqlite" else sql.replace("?", "%s")
