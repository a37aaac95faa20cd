"""When the other side of a connection counts as gone."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

IDLE, INTERVAL, PROBES = 5, 2, 3
"""Seconds of quiet before the first probe, seconds between two, and how many go unanswered.

With this and the limit for what is on its way, Linux gives up at the first probe behind the limit (tcp(7)): 13 s
after the last sign of life.
"""

_BOUND = 5.0
"""Seconds for which something about another connection is waited for."""

UNANSWERED = 12_000
"""Milliseconds that something sent, or the other side, may go without an answer."""


@contextmanager
def answering(number: int | None, times: int = 1, *, more: float = 0.0) -> Iterator[None]:
    """For a question of our own: gives the connection up when nothing of the answer comes in the same time.

    Something in between may go on to acknowledge what nobody reads any more, which the probes cannot tell.

    Args:
        number: the connection's socket; ``None`` where there is none.
        times: how many times as long an answer may take that is worth some work to the server.
        more: seconds on top of that for which the server may have to wait itself.

    Raises:
        TimeoutError: nothing came for so long.
    """
    if number is None:
        yield
        return
    over, given_up = Event(), Event()
    most = times * UNANSWERED / 1000 + more
    with socket.socket(fileno=os.dup(number)) as same:
        if same.family != socket.AF_UNIX and hasattr(socket, "TCP_INFO"):
            Thread(target=_look, args=(same, most, over, given_up), daemon=True).start()
        try:
            yield
        except Exception as error:
            if given_up.is_set():
                raise TimeoutError(f"no answer within {most:g} s") from error
            raise
        finally:
            over.set()


def in_bounds(work: Callable[[], object]) -> None:
    """Does something about another connection, such as to cancel what runs there, and waits a little for its end.

    Whatever comes of it: the one who waits for the other connection is told by that.
    """

    def do() -> None:
        with suppress(Exception):
            work()

    helper = Thread(target=do, daemon=True)
    helper.start()
    helper.join(_BOUND)


def sever(number: int) -> None:
    """Ends a connection by its socket, which whoever waits for an answer on it sees as its end.

    Raises:
        OSError: it ended by itself.
    """
    with socket.socket(fileno=os.dup(number)) as same:
        same.shutdown(socket.SHUT_RDWR)


def _look(connection: socket.socket, most: float, over: Event, given_up: Event) -> None:
    began, left = time.monotonic(), most
    with suppress(OSError):  # it ended by itself
        while not over.wait(left):
            left = most - _silence(connection, began)
            if left <= 0:
                given_up.set()
                sever(connection.fileno())
                return


def _silence(connection: socket.socket, began: float) -> float:
    """Seconds since the question, or since the last byte that came (tcp(7), TCP_INFO)."""
    asked = time.monotonic() - began
    info = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 64)
    return min(asked, int.from_bytes(info[_LAST_RECEIVED : _LAST_RECEIVED + 4], sys.byteorder) / 1000)


_LAST_RECEIVED = 52
"""Where Linux tells the milliseconds since data came (``tcpi_last_data_recv``)."""
