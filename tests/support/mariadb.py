"""A real MariaDB server for tests: one that is given, one in a container, or a private one of this machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pymysql
import pytest
from pymysql.connections import Connection
from sqlalchemy.engine import URL, make_url

from tests.support.servers import docker_answers

VARIABLE = "MIGRAIL_TEST_MARIADB_URL"
_START_SECONDS = 60


@contextmanager
def mariadb_server() -> Iterator[URL]:
    """The URL of a server: the variable's, else a container's, else a private one's; without any the test skips."""
    given = os.environ.get(VARIABLE)
    if given:
        yield make_url(given)
    elif docker_answers():
        with _container() as url:
            yield url
    elif _program("mariadbd", "mysqld"):
        with _private() as url:
            yield url
    else:
        pytest.skip(f"no MariaDB: set {VARIABLE}, start Docker or install mariadbd")


@contextmanager
def _container() -> Iterator[URL]:
    from testcontainers.mysql import MySqlContainer

    with MySqlContainer("mariadb:10.11", dialect="pymysql", username="root") as container:
        yield make_url(container.get_connection_url())


def _program(*names: str) -> str | None:
    found = (shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin") for name in names)
    return next(filter(None, found), None)


@contextmanager
def counting_mariadb() -> Iterator[URL]:
    """A private server that counts its statements; without its programs the test skips."""
    with _private("--performance-schema=ON") as url:
        yield url


class PrivateMariadb:
    """A server in a temporary folder; without its programs the test skips."""

    def __init__(self, *options: str, host: str = "", port: int = 3306) -> None:
        """Args:
        host: an address to listen at; without it, there is a socket only.
        """
        install, server = _program("mariadb-install-db", "mysql_install_db"), _program("mariadbd", "mysqld")
        if install is None or server is None:
            pytest.skip("no MariaDB: mariadb-install-db or mariadbd is missing")
        self._folder = Path(tempfile.mkdtemp(prefix="migrail-mariadb-"))
        self._socket = self._folder / "socket"
        # A server that starts removes every temporary table in its tmpdir, those of others that run there too.
        temporary = self._folder / "tmp"
        temporary.mkdir()
        user = ["--user=root"] if os.geteuid() == 0 else []
        common = ["--no-defaults", f"--datadir={self._folder / 'data'}", f"--tmpdir={temporary}", *user]
        installing = [install, *common, "--auth-root-authentication-method=normal", "--skip-test-db"]
        installed = subprocess.run(installing, capture_output=True, text=True, check=False)
        assert installed.returncode == 0, installed.stdout + installed.stderr
        network = [f"--bind-address={host}", f"--port={port}"] if host else ["--skip-networking"]
        ways = [f"--socket={self._socket}", f"--pid-file={self._folder / 'pid'}", *network]
        self._command = [server, *common, *options, *ways]
        self.url = URL.create("mysql+pymysql", username="root", query={"unix_socket": str(self._socket)})
        self.start()

    def start(self) -> None:
        """Starts the server, again where it was killed."""
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _wait_for(self._socket)

    def kill(self) -> None:
        """Ends it with SIGKILL."""
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """Ends it and removes all that it wrote."""
        self._process.terminate()
        self._process.wait(timeout=_START_SECONDS)
        shutil.rmtree(self._folder, ignore_errors=True)


@contextmanager
def _private(*options: str) -> Iterator[URL]:
    with closing(PrivateMariadb(*options)) as server:
        yield server.url


def _wait_for(path: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while True:
        with socket.socket(socket.AF_UNIX) as trial:
            if trial.connect_ex(str(path)) == 0:
                return
        assert time.monotonic() < deadline, "mariadbd does not start"
        time.sleep(0.1)


def connect(url: URL) -> Connection:
    """A connection to the server, or to the database that the URL names."""
    return pymysql.connect(
        host=url.host or "localhost",
        port=url.port or 3306,
        user=url.username or "root",
        password=url.password or "",
        database=url.database,
        unix_socket=url.query.get("unix_socket"),
        charset="utf8mb4",
        autocommit=True,
    )


@contextmanager
def fresh_mariadb(server: URL) -> Iterator[URL]:
    """An empty database of its own, dropped afterwards."""
    name = f"migrail_test_{uuid.uuid4().hex[:12]}"
    with closing(connect(server.set(database=None))) as connection, connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE `{name}` CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci")
    try:
        yield server.set(database=name)
    finally:
        with closing(connect(server.set(database=None))) as connection, connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS `{name}`")
