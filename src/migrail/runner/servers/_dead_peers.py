"""When the other side of a connection counts as gone."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Timer

IDLE, INTERVAL, PROBES = 5, 2, 3
"""Seconds of quiet before the first probe, seconds between two, and how many go unanswered.

With this and the limit for what is on its way, Linux gives up at the first probe behind the limit (tcp(7)): 13 s
after the last sign of life.
"""

UNANSWERED = 12_000
"""Milliseconds that something sent, or the other side, may go without an answer."""


@contextmanager
def answering(number: int | None) -> Iterator[None]:
    """For a short question of our own: gives the connection up where no answer comes in the same time.

    Something in between may go on to acknowledge what nobody reads any more, which the probes cannot tell.

    Args:
        number: the connection's socket; ``None`` where there is none.

    Raises:
        TimeoutError: there was no answer.
    """
    if number is None:
        yield
        return
    given_up = Event()
    with socket.socket(fileno=os.dup(number)) as same:
        timer = Timer(UNANSWERED / 1000, _give_up, [same, given_up])
        timer.daemon = True
        timer.start()
        try:
            yield
        except Exception as error:
            if given_up.is_set():
                raise TimeoutError(f"no answer within {UNANSWERED / 1000:g} s") from error
            raise
        finally:
            timer.cancel()


def _give_up(connection: socket.socket, given_up: Event) -> None:
    given_up.set()
    with suppress(OSError):  # it ended by itself
        connection.shutdown(socket.SHUT_RDWR)  # which whoever waits for an answer sees as its end
