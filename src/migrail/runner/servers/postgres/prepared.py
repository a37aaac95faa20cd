"""Our own statements, which the server reads and plans once in a session instead of once in a migration.

A file may take them away (``DEALLOCATE ALL``), or leave one of its own. What comes then is refused: with
:data:`GONE`, or where :data:`NONE_LEFT` stands. Without preparing, which begins with ``DEALLOCATE ALL``, the same
succeeds.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any, Protocol

from migrail.runner.faults import FaultKind
from migrail.runner.servers.postgres.pipeline import Message, Rows

GONE = "26000"
"""invalid_sql_statement_name."""

LITTERED = "migrail: littered"

NONE_LEFT = (
    "(SELECT CASE WHEN pg_catalog.bool_or(from_sql) "
    f"THEN ('{LITTERED} ' || pg_catalog.count(*))::int END FROM pg_catalog.pg_prepared_statements)"
)
"""Fails where a statement is there that SQL prepared, as no one of ours is."""


class Ask(Protocol):
    """The messages that run a statement of ours. They must be sent in the order in which they were asked for."""

    def __call__(
        self,
        text: str,
        values: tuple[Any, ...] = (),
        *,
        phase: FaultKind = ...,
        answered: Callable[[Rows], None] | None = ...,
    ) -> list[Message]: ...


def as_text(
    text: str,
    values: tuple[Any, ...] = (),
    *,
    phase: FaultKind = FaultKind.REFUSED,
    answered: Callable[[Rows], None] | None = None,
) -> list[Message]:
    """Without preparing."""
    return [Message(text, values, phase=phase, answered=answered)]


class Prepared:
    """The statements that are known to a session."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, FaultKind], str] = {}

    def ask(
        self,
        text: str,
        values: tuple[Any, ...] = (),
        *,
        phase: FaultKind = FaultKind.REFUSED,
        answered: Callable[[Rows], None] | None = None,
    ) -> list[Message]:
        """Prepares what is new. Once a message has failed, nobody knows what the server knows: :meth:`forget`."""
        messages = []
        # The server plans anew where the search path is another one, and that is what the phases differ in.
        known = (text, phase)
        name = self._names.get(known)
        if name is None:
            name = self._names[known] = f"migrail_{secrets.token_hex(8)}"  # a file has none of that name
            messages.append(Message(text, name=name, phase=phase))
        return [*messages, Message("", values, name=name, phase=phase, answered=answered)]

    def forget(self) -> None:
        """The server knows none of them any more, or nobody knows which."""
        self._names.clear()
