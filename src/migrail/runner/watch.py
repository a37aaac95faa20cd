"""Looks at a statement that takes long: says how long it has been running, and whom it waits for.

Something in between may go on to acknowledge what nobody reads any more, so that the statement's connection seems
alive for ever. The look-out notices, as it asks the server anew: where nothing answers, that connection is given
up as well, and what became of the statement is asked as after any loss.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType

from migrail.model.errors import MigrailError, TargetUnreachable
from migrail.runner.address import Address, Limits
from migrail.runner.connect import connected, engine_for, unreachable
from migrail.runner.servers import Guard, server_of
from migrail.runner.session import Session

FIRST_LOOK, LATER_LOOKS = 1.0, 5.0
"""Seconds after which a statement counts as long, and between two reports then."""

SILENT_LOOKS = 2
"""Looks in a row that wait in vain as long as connecting may take: about what a dead peer is given, too."""

Said = Callable[[float, tuple[str, ...]], None]
"""Told the seconds that passed and the blockers."""


class Watch:
    """The look-out of one session. A thread and a connection of its own come only where something takes long."""

    def __init__(self, address: Address, limits: Limits, session: Session, guard: Guard, said: Said) -> None:
        self.ident = session.ident
        self.blockers: tuple[str, ...] = ()
        """Those who were seen in the way since the block was entered."""
        self._address = address
        self._limits = limits
        self._session = session
        self._guard = guard
        self._said = said
        self._silent = 0
        self._since: float | None = None
        self._reported = 0.0
        self._closed = threading.Event()
        # A wait that a timeout ends has to be looked at before; connecting takes its time too.
        self._step = min(FIRST_LOOK, limits.lock / 4)
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def __enter__(self) -> Watch:
        self.blockers = ()
        self.next()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._since = None

    def next(self) -> None:
        """Another statement runs now."""
        self._silent = 0
        self._since = self._reported = time.monotonic()

    def close(self) -> None:
        """Looks no more. Where the network is dead, a look that hangs there is left alone."""
        self._closed.set()
        self._thread.join(FIRST_LOOK)

    def _look(self) -> None:
        looked = 0.0
        while not self._closed.wait(self._step):
            since, now = self._since, time.monotonic()
            if since is None or now - since < self._step or (looked > since and now - looked < FIRST_LOOK):
                continue
            looked = now
            found = self._found()
            if self._since != since:
                continue  # another statement runs meanwhile
            if self._silent >= SILENT_LOOKS and not self._reached():
                with suppress(OSError):  # it ended by itself
                    self._session.sever()
            self.blockers = found or self.blockers
            now = time.monotonic()
            pause = FIRST_LOOK if self._reported == since else LATER_LOOKS
            if now - self._reported >= pause:
                self._reported = now
                self._said(now - since, found)

    def _reached(self) -> bool:
        """Whether the server still answers on the guard's connection: it may only take no new ones."""
        try:
            self._guard.require()
        except TargetUnreachable:
            return False
        except MigrailError:
            pass  # an answer, too
        self._silent = 0
        return True

    def _found(self) -> tuple[str, ...]:
        if not self.ident:
            return ()
        engine = engine_for(self._address, self._limits, autocommit=True)
        began = time.monotonic()
        try:
            with unreachable(self._address), connected(self._address, engine, briefly=True) as connection:
                self._silent = 0
                return server_of(self._address).blockers(connection, self.ident)
        except MigrailError:
            # A refusal comes at once, and is an answer.
            waited = time.monotonic() - began
            self._silent = self._silent + 1 if waited >= 0.9 * self._limits.connect else 0
            return ()
