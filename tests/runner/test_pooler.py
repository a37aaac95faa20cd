"""pgbouncer in between: a pooler that cannot hold a lock for one client is refused before anything is written."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url
from tests.support.project import SHOP, Project

from migrail.runner import Address, Limits, reading, server_of
from migrail.tracker import LedgerAccess

POOLER = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")

pytestmark = pytest.mark.skipif(POOLER is None, reason="pgbouncer is not installed")

SETTINGS = """\
[databases]
{name} = host={host} port={port} user={user} {password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listen}
unix_socket_dir =
auth_type = any
auth_file =
pool_mode = {mode}
default_pool_size = 5
"""


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def _pooler(database: str, mode: str) -> Iterator[str]:
    """The database's URL through a pooler of that mode."""
    assert POOLER is not None
    url, port = make_url(database), _free_port()
    host = str(url.query.get("host", url.host))
    settings = SETTINGS.format(
        name=url.database,
        host=host,
        port=url.port or 5432,
        user=url.username,
        password=f"password={url.password}" if url.password else "",
        listen=port,
        mode=mode,
    )
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        file = Path(folder, "pgbouncer.ini")
        file.write_text(settings)
        # It refuses to work as root, and has to reach the server's socket.
        user = Path(host).owner() if host.startswith("/") else "nobody"
        someone = ["-u", user] if os.geteuid() == 0 else []
        process = subprocess.Popen([POOLER, "-q", *someone, str(file)], stderr=subprocess.DEVNULL)
        try:
            through = url.set(host="127.0.0.1", port=port, query={}).render_as_string(hide_password=False)
            _wait_for(through.replace("+psycopg", ""))
            yield through
        finally:
            process.terminate()
            process.wait(10)


def _wait_for(url: str) -> None:
    for _ in range(100):
        try:
            psycopg.connect(url, autocommit=True, connect_timeout=10).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("the pooler does not answer")


def _project(root: Path, database: str) -> Project:
    project = Project(root, "postgres", {"dev": database}, {})
    project.write_all(SHOP)
    return project


REFUSED = {
    "transaction": "a pooler that gives every transaction another connection is in between",
    "statement": "a pooler in statement mode is in between",
}


@pytest.mark.parametrize("mode", REFUSED)
def test_a_pooler_that_shares_connections_is_refused(tmp_path: Path, postgres_database: str, mode: str) -> None:
    project = _project(tmp_path, postgres_database)
    before = project.dump()
    with _pooler(postgres_database, mode) as through:
        project.urls["dev"] = through
        project.configure({})
        result = project.run("promote", "dev")
    project.urls["dev"] = postgres_database
    assert (result.code, REFUSED[mode] in result.err, project.dump() == before) == (2, True, True), result
    assert "the server" in result.err.partition("→")[2]


def test_changes_go_past_the_pooler(tmp_path: Path, postgres_database: str) -> None:
    project = _project(tmp_path, postgres_database)
    with _pooler(postgres_database, "transaction") as through:
        file = tmp_path / "migrail.toml"
        direct = f'url = "{postgres_database}"'
        file.write_text(file.read_text().replace(direct, f'url = "{through}"\nmigration_{direct}'))
        project.ok("promote", "dev")
        assert {row["dev"] for row in project.states().values()} == {"applied"}
        project.ok("drift", "dev")
        project.run("doctor")
        # Whoever comes next gets the same session of the server.
        with psycopg.connect(through.replace("+psycopg", ""), autocommit=True) as other:
            for setting in ("default_transaction_read_only", "lock_timeout", "search_path"):
                here = other.execute(f"SELECT setting = reset_val FROM pg_settings WHERE name = '{setting}'")
                assert here.fetchone() == (True,), setting


def test_a_pooler_that_keeps_sessions_apart_is_fine(tmp_path: Path, postgres_database: str) -> None:
    project = _project(tmp_path, postgres_database)
    project.write("0004_index", "CREATE INDEX CONCURRENTLY customers_email_idx ON customers (email);")
    with _pooler(postgres_database, "session") as through:
        project.urls["dev"] = through
        project.configure({})
        project.ok("promote", "dev")
        assert project.query("dev", "SELECT count(*) FROM migrail_ledger WHERE kind = 'applied'") == [(4,)]
        assert "nothing to do" in project.ok("promote", "dev").out


def test_the_number_of_a_session_is_the_server_s_own(tmp_path: Path, postgres_database: str) -> None:
    """A pooler tells its clients numbers of its own, under which the server knows nobody."""
    with _pooler(postgres_database, "session") as through:
        address = Address.parse(through, environment="dev", target="default", root=tmp_path)
        server, limits = server_of(address), Limits()
        with (
            closing(server.open(address, limits, LedgerAccess(address.ledger_schema))) as session,
            reading(address, limits) as connection,
        ):
            assert server.may_commit(connection, session.ident, "")
