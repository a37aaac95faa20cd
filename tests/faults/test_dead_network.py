"""The network goes away under a running statement: noticed in bounds, and settled when it is back.

The client runs in a network namespace of its own, whose link is taken down. That takes root and ``ip``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy.engine import URL, make_url

from tests.faults.proxy import Proxy
from tests.faults.sweeps import LOCKS, project_on
from tests.support.mariadb import PrivateMariadb, connect, fresh_mariadb
from tests.support.postgres import PrivatePostgres
from tests.support.project import Project
from tests.support.servers import fresh_database

HERE, THERE, PORT = "10.213.7.1", "10.213.7.2", 6543
NOTICED = 15.0
"""Seconds until the client knows."""
SLOW = {
    "postgres": "CREATE TABLE t (id integer);\nSELECT pg_sleep(25);",
    "mariadb": "CREATE TABLE t (id integer);\nCREATE TABLE u AS SELECT SLEEP(25) AS s;",
}
UNDER_WAY = {
    "postgres": "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'",
    "mariadb": "SELECT count(*) FROM information_schema.processlist WHERE state = 'User sleep'",
}


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)


@contextmanager
def _link() -> Iterator[str]:
    """A link from a network namespace to this one; the name of both."""
    name = f"mgt{os.getpid() % 100_000}"
    _ip("netns", "add", name)
    try:
        _ip("link", "add", name, "type", "veth", "peer", "name", "far", "netns", name)
        _ip("address", "add", f"{HERE}/24", "dev", name)
        _ip("link", "set", name, "up")
        _ip("-n", name, "address", "add", f"{THERE}/24", "dev", "far")
        _ip("-n", name, "link", "set", "far", "up")
        yield name
    finally:
        _ip("netns", "delete", name)


@contextmanager
def _server(dialect: str) -> Iterator[tuple[str, str]]:
    """The URL of a database for this side, and the one for the other side of the link."""
    if dialect == "postgres":
        with closing(PrivatePostgres(host=HERE, port=PORT)) as server:
            server.trust(f"{HERE}/24")
            with fresh_database(server.url) as url:
                yield url, url
    else:
        with closing(PrivateMariadb(host=HERE, port=PORT)) as other, fresh_mariadb(other.url) as address:
            with closing(connect(other.url)) as connection, connection.cursor() as cursor:
                cursor.execute("CREATE USER net IDENTIFIED BY 'net'")
                cursor.execute("GRANT ALL ON *.* TO net")
            far = URL.create("mariadb+pymysql", "net", "net", HERE, PORT, address.database)
            yield address.render_as_string(hide_password=False), far.render_as_string(hide_password=False)


@pytest.mark.long
@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("ip"), reason="network namespaces need root and ip")
@pytest.mark.parametrize("dialect", list(SLOW))
def test_a_network_that_goes_away(dialect: str, tmp_path: Path, postgres_18: URL) -> None:
    with _link() as link, _server(dialect) as (near, far):
        project = Project(tmp_path, dialect, {"dev": far}, {})
        project.write("0001_slow", SLOW[dialect])
        client = subprocess.Popen(
            ["ip", "netns", "exec", link, sys.executable, "-m", "migrail", "promote", "dev"],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        project.urls = {"dev": near}
        _until_under_way(project)
        _ip("link", "set", link, "down")
        began = time.monotonic()
        said, _ = client.communicate(timeout=120)
        ended = time.monotonic() - began
        held = project.query("dev", LOCKS[dialect])[0][0]
        _ip("link", "set", link, "up")
        print(f"{dialect}: ended after {ended:.1f} s with {client.returncode}, {held} locks held then\n{said}")
        assert client.returncode in {4, 5}
        assert "Traceback" not in said
        _comes_through(project)


def _until_under_way(project: Project) -> None:
    deadline = time.monotonic() + 30
    while not project.query("dev", UNDER_WAY[project.dialect])[0][0]:
        assert time.monotonic() < deadline
        time.sleep(0.1)


def _comes_through(project: Project) -> None:
    project.configure({}, extra='[promote]\nguard_timeout = "120s"\n')
    project.ok("promote", "dev")
    assert project.states()["0001_slow"] == {"dev": "applied"}


@pytest.mark.long
@pytest.mark.parametrize("dialect", list(SLOW))
def test_something_in_between_that_stalls(dialect: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """It goes on to acknowledge, and says nothing: only who asks anew notices."""
    with project_on(dialect, tmp_path, request) as project:
        with Proxy(make_url(project.urls["dev"])) as proxy:
            _stalls(project, proxy)
        _comes_through(project)  # until it ended, the server took the client for alive


def _stalls(project: Project, proxy: Proxy) -> None:
    near = project.urls
    project.write("0001_slow", SLOW[project.dialect])
    project.urls = {"dev": proxy.url.render_as_string(hide_password=False)}
    project.configure({})
    client = project.start("promote", "dev", together=True)
    project.urls = near
    _until_under_way(project)
    proxy.stall()
    began = time.monotonic()
    lost = None
    with client:
        for line in client.stdout or ():
            print(f"{time.monotonic() - began:.1f} s: {line}", end="")
            if lost is None and re.search("connection (was )?lost|Lost connection", line):
                lost = time.monotonic() - began
    assert client.returncode in {4, 5}
    assert lost is not None
    # MariaDB's is told at the end, behind two more connections that wait in vain.
    assert lost < NOTICED + (10 if project.dialect == "mariadb" else 0)
