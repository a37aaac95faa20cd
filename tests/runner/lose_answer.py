"""Runs the command line in a process that loses its connection behind COMMIT, before the answer is read.

``python -m tests.runner.lose_answer WHEN ARGUMENTS...``: the first pipeline with a COMMIT is sent (``at_once``), or
what follows it is sent, too (``ahead``), the server gets the time to be done with it, and then the socket is shut.
Prints ``lost`` on standard error; with ``stopped``, as with ``ahead``, and somebody asks to stop then.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable
from typing import Any

PATIENCE = 5.0
"""Seconds for the server to answer; the answer is left where it is."""


def main() -> int:
    from migrail.cli import run
    from migrail.runner.servers.postgres import pipeline

    original = pipeline._answers
    ahead = sys.argv[1] in {"ahead", "stopped"}
    lost: list[bool] = []

    def lose(connection: Any) -> None:
        lost.append(True)
        print("lost", file=sys.stderr)
        while connection.flush():
            pass
        time.sleep(1.0 if ahead else 0.0)
        select.select([connection.socket], [], [], PATIENCE)
        with socket.socket(fileno=os.dup(connection.socket)) as copy:
            while copy.recv(65536, socket.MSG_DONTWAIT | socket.MSG_PEEK):
                if not copy.recv(65536) or not select.select([copy], [], [], 1.0)[0]:
                    break
            copy.shutdown(socket.SHUT_RDWR)
        if sys.argv[1] == "stopped":
            os.kill(os.getpid(), signal.SIGTERM)

    def answers(connection: Any, messages: Any, starting: Any, follow: Callable[[], None] = lambda: None) -> Any:
        def followed() -> None:
            follow()
            if ahead and not lost:
                lose(connection)

        if not ahead and not lost and any(message.text == "COMMIT" for message in messages):
            lose(connection)
        return original(connection, messages, starting, followed)

    pipeline._answers = answers
    return run(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
