"""Sends many statements at once and reads their results one by one: one round trip for a whole transaction.

Of a large one, for each few megabytes.

libpq's pipeline mode. The server stops at the first statement that fails and passes over all that follow up to the
next sync, which stands behind COMMIT, so nothing of a transaction that was sent behind a mistake can run. What
keeps the next transaction from running is in ``session.py``. Which statement failed is known from its place.
"""

from __future__ import annotations

import select
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
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

AHEAD = 4_000_000
"""Characters that are sent before their answers are read: the driver keeps a copy of what is on its way."""

_TICK = 0.5
"""Seconds; Python's signal handlers get their turn between two looks at the socket anyway."""


Rows = Sequence[tuple[str | None, ...]]

_NONE: Rows = ()


@dataclass(frozen=True, slots=True)
class Message:
    """A statement to send."""

    text: str
    values: tuple[Any, ...] = ()
    read: ReadStatement | None = None
    """The migration's statement that it is; ``None`` for one of ours."""
    phase: FaultKind = FaultKind.REFUSED
    """What it means when it fails, unless the server's answer says more."""
    answered: Callable[[Rows], None] | None = None
    """Told its rows as soon as they are there, whatever comes of what is sent behind it."""
    name: str = ""
    """With a text: what the server is to know it by, without running it. Without one: what it is known by."""


def run(
    connection: pq.abc.PGconn,
    messages: Sequence[Message],
    starting: Callable[[ReadStatement], None],
    *,
    sent: bool = False,
    following: Callable[[], Sequence[Message] | None] = lambda: None,
) -> list[Rows]:
    """Runs the messages and returns the rows of each.

    Args:
        starting: told about a statement of the migration as soon as the one before it has succeeded. When it
            raises, it has cancelled what was sent, and the exception goes on.
        sent: they were sent already, as what followed the ones before.
        following: asked for what is to be run next, as soon as the migration's last statement has succeeded; it is
            sent at once.

    Raises:
        Fault: one failed, or the connection was lost.
    """
    more = False

    def follow() -> None:
        nonlocal more
        behind = following()
        if behind is None:
            return
        more = True
        try:
            _send(connection, behind)
        except Fault as fault:  # the ones before are on their way
            raise Fault(kind=FaultKind.LOST, message=fault.message) from None
        connection.pipeline_sync()

    try:
        found: list[Rows] = []
        last = messages
        if not sent:
            connection.nonblocking = 1
            connection.enter_pipeline_mode()
            *first, last = _windows(messages)
            for window in first:
                _send(connection, window)
                connection.send_flush_request()
                answers = _answers(connection, window, starting)
                if answers.fault or answers.stop:
                    connection.pipeline_sync()
                    _to_sync(connection)
                    raise answers.failure or answers.stop  # type: ignore[misc]  # one of them is there
                found += answers.rows
            _send(connection, last)
            connection.pipeline_sync()
        answers = _answers(connection, last, starting, follow)
        _to_sync(connection)
        if answers.failure is not None:
            if more:
                _to_sync(connection)
            raise answers.failure
        if not more:
            connection.exit_pipeline_mode()
        return found + answers.rows
    except OperationalError as error:
        raise Fault(kind=FaultKind.LOST, message=one_line(str(error))) from None


def _windows(messages: Sequence[Message]) -> list[Sequence[Message]]:
    """Messages that are sent without waiting for an answer. COMMIT is in the last of them."""
    begins, size = [0], 0
    for place, message in enumerate(messages):
        size += len(message.text)
        if size > AHEAD and place > begins[-1]:
            begins.append(place)
            size = len(message.text)
    return [messages[begin:end] for begin, end in pairwise([*begins, len(messages)])]


def _send(connection: pq.abc.PGconn, messages: Sequence[Message]) -> None:
    held_back = False
    for message in messages:
        if message.read is not None and held_back:
            connection.send_flush_request()  # what is told of it comes when all before it is answered
        held_back = message.read is None
        _send_one(connection, message)
        if message.read is not None or message.answered is not None:
            connection.send_flush_request()  # so that the answer does not wait for the end


def _send_one(connection: pq.abc.PGconn, message: Message) -> None:
    try:
        text = message.text.encode()
    except UnicodeEncodeError as error:
        said = one_line(f"the driver cannot send it: {error}")
        raise Fault(kind=message.phase, message=said, read=message.read) from None
    values = [None if value is None else str(value).encode() for value in message.values]
    if not message.name:
        connection.send_query_params(text, values)
    elif text:
        connection.send_prepare(message.name.encode(), text)
    else:
        connection.send_query_prepared(message.name.encode(), values)


@dataclass
class _Answers:
    """What the server said to some messages."""

    rows: list[Rows] = field(default_factory=list)
    fault: Fault | None = None
    """The first that failed."""
    stop: Fault | None = None
    """Why what was sent is no longer wanted; only the server can say whether it was stopped in time."""

    @property
    def failure(self) -> Fault | None:
        """Why nothing of it counts."""
        return self.stop if self.stop and self.fault and self.fault.kind is FaultKind.CANCELLED else self.fault


def _answers(
    connection: pq.abc.PGconn,
    messages: Sequence[Message],
    starting: Callable[[ReadStatement], None],
    follow: Callable[[], None] = lambda: None,
) -> _Answers:
    """Reads the answers; ``follow`` is called between the migration's last statement and what stands behind it."""
    found = _Answers()
    behind = max((place for place, message in enumerate(messages, 1) if message.read is not None), default=None)
    for place, message in enumerate(messages):
        if place == behind and found.fault is None and found.stop is None:
            follow()
        if message.read is not None and found.fault is None:
            try:
                starting(message.read)
            except Fault as stopped:
                found.stop = found.stop or stopped
        while (result := _next(connection)) is not None:
            if result.status in _FINE:
                rows = _rows(result)
                found.rows.append(rows)
                if message.answered is not None:
                    message.answered(rows)
            elif result.status != pq.ExecStatus.PIPELINE_ABORTED and found.fault is None:
                found.fault = fault_of(connection, result, message)
                if found.fault.kind is FaultKind.LOST:
                    raise found.fault
    return found


def _to_sync(connection: pq.abc.PGconn) -> None:
    """Passes over the answers up to where the server is in step again."""
    while (result := _next(connection)) is None or result.status != pq.ExecStatus.PIPELINE_SYNC:
        if connection.status != pq.ConnStatus.OK:
            raise Fault(kind=FaultKind.LOST, message=one_line(connection.get_error_message()))


def give_back(connection: pq.abc.PGconn) -> None:
    """Makes a connection whose messages failed fit for others: ends their transaction.

    Raises:
        Fault: the connection is lost.
    """
    try:
        connection.exit_pipeline_mode()
    except OperationalError as error:
        raise Fault(kind=FaultKind.LOST, message=one_line(str(error))) from None
    run_alone(connection, Message("ROLLBACK", phase=FaultKind.LOST))


def run_alone(connection: pq.abc.PGconn, message: Message) -> Rows:
    """Runs one statement by itself, outside of any transaction block."""
    try:
        connection.nonblocking = 1
        _send_one(connection, message)
        rows = _NONE
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
    if not result.nfields:
        return _NONE
    return [
        tuple(
            None if (value := result.get_value(row, column)) is None else value.decode("utf-8", "replace")
            for column in range(result.nfields)
        )
        for row in range(result.ntuples)
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
    if kind is FaultKind.LOST or connection.status != pq.ConnStatus.OK or not state or state in _GONE:
        kind = FaultKind.LOST  # also of a cancelled statement behind COMMIT
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
