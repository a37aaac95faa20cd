"""A slow link to a database: a proxy on loopback that holds back what passes for half a round trip, each way."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Link:
    """A link that is open."""

    def __init__(self, delay: float) -> None:
        self.delay = delay
        """Seconds, each way."""
        self.port = 0
        """Where it is reached, on 127.0.0.1."""
        self.round_trips = 0
        """How often a client said something after an answer, or first."""


async def _pass_on(
    link: Link, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, turn: list[bool], asks: bool
) -> None:
    """Each piece leaves ``delay`` seconds after it came; pieces do not wait for each other."""
    loop, delay = asyncio.get_running_loop(), link.delay
    while data := await reader.read(65536):
        if asks and not turn[0]:
            link.round_trips += 1
        turn[0] = asks
        loop.call_later(delay, writer.write, data)
    loop.call_later(delay, writer.close)


@contextmanager
def slow_link(host: str, port: int, *, round_trip: float) -> Iterator[Link]:
    """A link behind which the server is ``round_trip`` seconds away."""
    link = Link(round_trip / 2)
    loop = asyncio.new_event_loop()
    tasks: set[asyncio.Task[None]] = set()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(host, port)
        turn = [False]
        for source, goal, asks in ((reader, back, True), (there, writer, False)):
            task = loop.create_task(_pass_on(link, source, goal, turn, asks))
            tasks.add(task)
            task.add_done_callback(tasks.discard)

    server = loop.run_until_complete(asyncio.start_server(accept, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        link.port = server.sockets[0].getsockname()[1]
        yield link
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
