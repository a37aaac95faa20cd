"""Sends many statements at once and reads their results one by one: one round trip for a whole transaction.

libpq's pipeline mode. The server stops at the first statement that fails and passes over all that follow, COMMIT
included, so nothing that was sent behind a mistake can run. Which statement failed is known from its place.
"""

from __future__ import annotations

import select
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from psycopg import OperationalError, pq

from migrail.runner.faults import Fault, FaultKind, one_line

if TYPE_CHECKING:
    from migrail.sql import ReadStatement

LOCKED = frozenset({"55P03", "40P01"})
"""lock_not_available, deadlock_detected."""

_CANCELLED = "57014"
_GONE = frozenset({"57P01", "57P02", "57P03", "08006", "08003", "08000"})
"""The server ends the connection: by an administrator, in a crash, or at its end."""

_FINE = frozenset({pq.ExecStatus.COMMAND_OK, pq.ExecStatus.TUPLES_OK, pq.ExecStatus.EMPTY_QUERY})

_TICK = 0.5
"""Seconds; Python's signal handlers get their turn between two looks at the socket anyway."""


@dataclass(frozen=True, slots=True)
class Message:
    """A statement to send."""

    text: str
    values: tuple[Any, ...] = ()
    read: ReadStatement | None = None
    """The migration's statement that it is; ``None`` for one of ours."""
    phase: FaultKind = FaultKind.REFUSED
    """What it means when it fails, unless the server's answer says more."""


Rows = list[tuple[str | None, ...]]


def run(
    connection: pq.abc.PGconn, messages: Sequence[Message], starting: Callable[[ReadStatement], None]
) -> list[Rows]:
    """Runs the messages and returns the rows of each.

    Args:
        starting: told about a statement of the migration as soon as the one before it has succeeded. When it
        raises,
            what was sent is cancelled and the exception goes on.

    Raises:
        Fault: one failed, or the connection was lost.
    """
    try:
        _send(connection, messages)
        return _results(connection, messages, starting)
    except OperationalError as error:
        raise Fault(kind=FaultKind.LOST, message=one_line(str(error))) from None


def _send(connection: pq.abc.PGconn, messages: Sequence[Message]) -> None:
    connection.nonblocking = 1
    connection.enter_pipeline_mode()
    for message in messages:
        try:
            text = message.text.encode()
        except UnicodeEncodeError as error:
            said = one_line(f"the driver cannot send it: {error}")
            raise Fault(kind=message.phase, message=said, read=message.read) from None
        values = [None if value is None else str(value).encode() for value in message.values]
        connection.send_query_params(text, values)
        if message.read is not None:
            connection.send_flush_request()  # so that the answer does not wait for the end
    connection.pipeline_sync()


def _results(
    connection: pq.abc.PGconn, messages: Sequence[Message], starting: Callable[[ReadStatement], None]
) -> list[Rows]:
    found: list[Rows] = []
    fault: Fault | None = None
    stop: Fault | None = None
    for message in messages:
        if message.read is not None and fault is None:
            try:
                starting(message.read)
            except Fault as stopped:
                # All is sent, COMMIT too; only the server can say whether it was stopped in time.
                stop = stop or stopped
                connection.get_cancel().cancel()
        while (result := _next(connection)) is not None:
            if result.status in _FINE:
                found.append(_rows(result))
            elif result.status != pq.ExecStatus.PIPELINE_ABORTED and fault is None:
                fault = fault_of(connection, result, message)
                if fault.kind is FaultKind.LOST:
                    raise fault
    while (result := _next(connection)) is not None and result.status != pq.ExecStatus.PIPELINE_SYNC:
        pass
    if fault is not None:
        raise stop if stop is not None and fault.kind is FaultKind.CANCELLED else fault
    connection.exit_pipeline_mode()
    return found


def run_alone(connection: pq.abc.PGconn, message: Message) -> Rows:
    """Runs one statement by itself, outside of any transaction block."""
    try:
        connection.nonblocking = 1
        connection.send_query_params(message.text.encode(), [str(value).encode() for value in message.values])
        rows: Rows = []
        fault: Fault | None = None
        while (result := _next(connection)) is not None:
            if result.status in _FINE:
                rows = _rows(result)
            else:
                fault = fault or fault_of(connection, result, message)
                if fault.kind is FaultKind.LOST or result.status != pq.ExecStatus.FATAL_ERROR:
                    break
    except OperationalError as error:
        raise Fault(kind=FaultKind.LOST, message=one_line(str(error)), read=message.read) from None
    except UnicodeEncodeError as error:
        said = one_line(f"the driver cannot send it: {error}")
        raise Fault(kind=FaultKind.REFUSED, message=said, read=message.read) from None
    if fault is not None:
        raise fault
    return rows


def _next(connection: pq.abc.PGconn) -> pq.abc.PGresult | None:
    """The next result, waited for in a way that lets signal handlers run."""
    while True:
        unsent = connection.flush()
        if not unsent and not connection.is_busy():
            return connection.get_result()
        socket = connection.socket
        select.select([socket], [socket] if unsent else [], [], _TICK)
        connection.consume_input()


def _rows(result: pq.abc.PGresult) -> Rows:
    return [
        tuple(
            None if (value := result.get_value(row, column)) is None else value.decode("utf-8", "replace")
            for column in range(result.nfields)
        )
        for row in range(result.ntuples if result.nfields else 0)
    ]


def fault_of(connection: pq.abc.PGconn, result: pq.abc.PGresult, message: Message) -> Fault:
    """What a result that is not fine means."""

    def part(field: pq.DiagnosticField) -> str:
        return (result.error_field(field) or b"").decode("utf-8", "replace")

    state = part(pq.DiagnosticField.SQLSTATE)
    said = part(pq.DiagnosticField.MESSAGE_PRIMARY) or result.get_error_message()
    details = (part(pq.DiagnosticField.MESSAGE_DETAIL), part(pq.DiagnosticField.MESSAGE_HINT))
    position = part(pq.DiagnosticField.STATEMENT_POSITION)
    kind = message.phase
    if connection.status != pq.ConnStatus.OK or not state or state in _GONE:
        kind = FaultKind.LOST
    elif state in LOCKED:
        kind = FaultKind.LOCKED
    elif state == _CANCELLED:
        kind = FaultKind.CANCELLED
    if kind is not FaultKind.LOST and result.status in {pq.ExecStatus.COPY_IN, pq.ExecStatus.COPY_OUT}:
        said, kind = "COPY between the server and the client cannot stand in a migration", FaultKind.REFUSED
    return Fault(
        kind=kind,
        message=one_line(said),
        state=state,
        notes=tuple(one_line(detail) for detail in details if detail),
        position=int(position) if position.isdecimal() else None,
        read=message.read,
    )
