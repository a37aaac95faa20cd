"""Runs the command line in a process that stops at named points and goes on when it is told to.

``python -m tests.races.stepper FD ARGUMENTS...``: at each point it writes the point's name and a line end into the
socket FD, and waits there for one byte.
"""

from __future__ import annotations

import importlib
import socket
import sys
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

BEFORE = {
    "guard": ("migrail.runner.servers.postgres.guard", "_acquire"),
    "look": ("migrail.actions.promotion", "PromotionRun._let_in"),
    "create": ("migrail.tracker.ledger", "Ledger.create"),
    "batch": ("migrail.runner.apply", "Applier.begin_batch"),
    "apply": ("migrail.runner.apply", "Applier.apply"),
    "open": ("migrail.runner.servers.postgres.session", "PostgresSession.__init__"),
    "send": ("migrail.runner.servers.postgres.pipeline", "_send"),
    "note": ("migrail.runner.journal", "Journal.write"),
    "row": ("migrail.runner.journal", "Journal.append"),
    "alone": ("migrail.runner.servers.postgres.session", "PostgresSession.alone"),
    "leave": ("migrail.actions.promotion", "PromotionRun._reread"),
}
"""Points and the function before which each of them is."""

POLLING = ("migrail.runner.servers.postgres.guard", "migrail.runner.servers.postgres.session")
"""Modules whose pause between two tries for a lock is the point ``busy``."""


def main() -> int:
    channel = socket.socket(fileno=int(sys.argv[1]))

    def stop(name: str) -> None:
        channel.sendall(f"{name}\n".encode())
        if not channel.recv(1):
            raise SystemExit("nobody is there to go on")

    for name, (module, path) in BEFORE.items():
        owner: Any = importlib.import_module(module)
        *outer, last = path.split(".")
        for part in outer:
            owner = getattr(owner, part)
        setattr(owner, last, _stopping(name, getattr(owner, last), stop))
    for module in POLLING:
        polling: Any = importlib.import_module(module)
        polling.time = SimpleNamespace(monotonic=time.monotonic, sleep=lambda _: stop("busy"))

    from migrail.cli import run

    return run(sys.argv[2:])


def _stopping(name: str, original: Callable[..., Any], stop: Callable[[str], None]) -> Callable[..., Any]:
    def stopped(*arguments: Any, **named: Any) -> Any:
        stop(name)
        return original(*arguments, **named)

    return stopped


if __name__ == "__main__":
    sys.exit(main())
