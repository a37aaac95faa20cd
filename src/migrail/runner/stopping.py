"""SIGINT and SIGTERM while migrations are applied.

The first one stops at the next boundary between statements, the second one cancels the statement that is running.
Either way the run comes to an end of its own and records what is there. Elsewhere, a signal is a KeyboardInterrupt.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stopping:
    """Whether somebody asked to stop."""

    def __init__(self, said: Callable[[str], None] = lambda _: None) -> None:
        """``said`` is told what a signal will lead to."""
        self.asked = 0
        self._said = said
        self._cancel: Callable[[], None] | None = None

    @property
    def wanted(self) -> bool:
        return self.asked > 0

    @contextmanager
    def cancelling(self, cancel: Callable[[], None]) -> Iterator[None]:
        """Inside, the second signal calls ``cancel``, which must be safe to call from a signal handler."""
        self._cancel = cancel
        try:
            yield
        finally:
            self._cancel = None

    def ask(self) -> None:
        """Somebody asks to stop, for the first time or once more."""
        self.asked += 1
        if self.asked == 1:
            self._said("stopping before the next statement; a second signal cancels the one that is running")
        elif self._cancel is not None:
            self._said("cancelling the statement that is running")
            self._cancel()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Takes the two signals over, where that is possible (in the main thread)."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return

        def handle(_number: int, _frame: FrameType | None) -> None:
            self.ask()

        before = {number: signal.signal(number, handle) for number in _SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
