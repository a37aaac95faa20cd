"""Our own statements, which the server reads and plans once in a session instead of once in a migration.

A file may take them away (``DEALLOCATE ALL``), or leave one of its own. What comes then is refused: with
:data:`GONE`, or where :data:`NONE_LEFT` stands. Without preparing, which begins with ``DEALLOCATE ALL``, the same
succeeds.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace

from migrail.runner.faults import FaultKind
from migrail.runner.servers.postgres.pipeline import Message

GONE = "26000"
"""invalid_sql_statement_name."""

LITTERED = "migrail: littered"

NONE_LEFT = (
    "(SELECT CASE WHEN pg_catalog.bool_or(from_sql) "
    f"THEN ('{LITTERED} ' || pg_catalog.count(*))::int END FROM pg_catalog.pg_prepared_statements)"
)
"""Fails where a statement is there that SQL prepared, as no one of ours is."""


Ask = Callable[[Message], list[Message]]
"""What is sent for a statement of ours, to be sent in the order in which it was asked for."""


def as_text(message: Message) -> list[Message]:
    """Without preparing."""
    return [message]


class Prepared:
    """The statements that are known to a session."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, FaultKind], str] = {}

    def ask(self, message: Message) -> list[Message]:
        """Prepares what is new. Once a message has failed, nobody knows what the server knows: :meth:`forget`."""
        messages = []
        # The server plans anew where the search path is another one, and that is what the phases differ in.
        known = (message.text, message.phase)
        name = self._names.get(known)
        if name is None:
            name = self._names[known] = f"migrail_{secrets.token_hex(8)}"  # a file has none of that name
            messages.append(Message(message.text, name=name, phase=message.phase))
        return [*messages, replace(message, text="", name=name)]

    def forget(self) -> None:
        """The server knows none of them any more, or nobody knows which."""
        self._names.clear()
