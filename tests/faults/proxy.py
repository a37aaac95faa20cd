"""A network in between that does as a test says: it loses one answer, or says nothing any more."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from types import TracebackType

from sqlalchemy.engine import URL

READY = b"Z\x00\x00\x00\x05"
"""PostgreSQL has answered everything up to here."""


class Proxy:
    """Stands in front of a server, and is reached over TCP.

    ``lose`` says which message of the client it looks for. At its n-th appearance in all connections together, it
    either passes it on and loses the answer, or loses the message itself; both sides see that connection end.
    """

    def __init__(self, server: URL) -> None:
        self._postgres = "postgres" in server.drivername
        self._server = self._place(server)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._going = threading.Event()
        self._going.set()
        self._lock = threading.Lock()
        self._pattern, self._left, self._delivered = b"", 0, True
        self.lost = False
        """Whether the message came, and something was lost."""
        self._until_stall = 0
        port = self._listener.getsockname()[1]
        self.url = server.set(host="127.0.0.1", port=port).difference_update_query(["host", "port", "unix_socket"])
        if self._postgres:  # what is to be read must not be encrypted
            self.url = self.url.update_query_dict({"sslmode": "disable", "gssencmode": "disable"})
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Proxy:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._going.set()
        self._listener.close()
        for one in self._open:
            _end(one)
            one.close()

    def lose(self, pattern: bytes, number: int, *, delivered: bool) -> None:
        """Loses something at the n-th message that holds these bytes.

        Args:
            delivered: the server gets the message, and its answer is lost.
        """
        self._pattern, self._left, self._delivered, self.lost = pattern, number, delivered, False

    def stall(self) -> None:
        """From now on connections are accepted and stay open, and nothing passes."""
        self._going.clear()

    def stall_at(self, number: int) -> None:
        """Stalls so at the n-th message of the clients, whichever that is."""
        self._until_stall = number

    def resume(self) -> None:
        """Everything passes again."""
        self._until_stall = 0
        self._going.set()

    def _place(self, server: URL) -> tuple[str, int] | str:
        """A server's address, or the path of its socket."""
        if self._postgres:
            folder, port = server.query.get("host"), server.port or 5432
            return f"{folder}/.s.PGSQL.{port}" if folder else (server.host or "127.0.0.1", port)
        path = server.query.get("unix_socket")
        return str(path) if path else (server.host or "127.0.0.1", server.port or 3306)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX if isinstance(self._server, str) else socket.AF_INET)
            self._open += [client, server]
            threading.Thread(target=self._connect, args=(client, server), daemon=True).start()

    def _connect(self, client: socket.socket, server: socket.socket) -> None:
        self._going.wait()
        try:
            server.connect(self._server)
        except OSError:  # the proxy was closed meanwhile
            return
        losing = threading.Event()
        back = threading.Thread(target=self._back, args=(client, server, losing), daemon=True)
        back.start()
        try:
            for message in self._messages(client):
                self._count()
                self._going.wait()
                if self._is_wanted(message):
                    if not self._delivered:
                        break
                    losing.set()
                server.sendall(message)
        except OSError:
            pass
        if losing.is_set():
            back.join()
        _end(client)
        _end(server)

    def _back(self, client: socket.socket, server: socket.socket, losing: threading.Event) -> None:
        """What the server says; once an answer is to be lost, up to the end of that answer only."""
        try:
            while data := server.recv(65536):
                self._going.wait()
                if not losing.is_set():
                    client.sendall(data)
                elif READY in data or not self._postgres:
                    break
        except OSError:
            pass
        _end(client)
        _end(server)

    @property
    def stalls(self) -> bool:
        """Whether nothing passes."""
        return not self._going.is_set()

    def _count(self) -> None:
        with self._lock:
            self._until_stall -= 1
            if self._until_stall == 0:
                self.stall()

    def _is_wanted(self, message: bytes) -> bool:
        if not self._pattern or self._pattern not in message:
            return False
        with self._lock:
            self._left -= 1
            self.lost = self.lost or self._left == 0
            return self._left == 0

    def _messages(self, client: socket.socket) -> Iterator[bytes]:
        """Whole messages of the protocol; the first one of PostgreSQL has no type in front."""
        buffer, started = b"", not self._postgres
        while data := client.recv(65536):
            buffer += data
            while True:
                if self._postgres:
                    front = 1 if started else 0
                    size = (
                        front + int.from_bytes(buffer[front : front + 4], "big") if len(buffer) >= front + 4 else 0
                    )
                else:
                    size = 4 + int.from_bytes(buffer[:3], "little") if len(buffer) >= 4 else 0
                if not size or len(buffer) < size:
                    break
                yield buffer[:size]
                buffer, started = buffer[size:], True


def _end(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
