"""COMMIT waits for a standby that never answers, and an administrator ends the wait: the client is told of an error
or of success, and either way PostgreSQL has committed."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread

import psycopg
import pytest
from sqlalchemy.engine import URL, make_url

from migrail.runner.address import Address, Limits
from migrail.runner.connect import reading
from migrail.runner.servers import server_of
from migrail.runner.servers.postgres.guard import WORK_KEY
from migrail.runner.servers.postgres.pipeline import Message, Rows, run
from tests.faults.sweeps import rows_of
from tests.support.postgres import PrivatePostgres
from tests.support.project import Project
from tests.support.servers import fresh_database, libpq

Admin = psycopg.Connection[tuple[object, ...]]

FILES = {
    "0001_t": "CREATE TABLE t (id integer PRIMARY KEY);",
    "0002_slow": "DO $$ BEGIN WHILE EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = 7) "
    "LOOP PERFORM pg_sleep(0.05); END LOOP; END $$;\nINSERT INTO t VALUES (1);",
    "0003_steps": "CREATE INDEX CONCURRENTLY t_id ON t (id);\nINSERT INTO t VALUES (2);",
}
HOWS = ["pg_terminate_backend", "pg_cancel_backend"]


@pytest.fixture(scope="module")
def server(postgres_18: URL) -> Iterator[URL]:
    """A server whose settings are ours to change."""
    with closing(PrivatePostgres()) as made:
        yield made.url


@pytest.fixture
def project(tmp_path: Path, server: URL) -> Iterator[Project]:
    with fresh_database(server) as url:
        yield Project(tmp_path, "postgres", {"dev": url}, {})


@pytest.fixture
def admin(project: Project) -> Iterator[Admin]:
    with psycopg.connect(libpq(make_url(project.urls["dev"])), autocommit=True) as connection:
        connection.execute("SET synchronous_commit = local")
        yield connection
        no_longer(admin=connection)


def wait_for_ghost(project: Project, admin: Admin) -> None:
    """From now on COMMIT waits for a standby that is not there; a COMMIT of our own shows when that has begun."""
    admin.execute("ALTER SYSTEM SET synchronous_standby_names = 'ghost'")
    admin.execute("SELECT pg_reload_conf()")
    waiting = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE pid = %s AND wait_event = 'SyncRep'"
    deadline = time.monotonic() + 60
    with psycopg.connect(libpq(make_url(project.urls["dev"])), autocommit=True) as probe:
        waits = False
        while not waits:
            assert time.monotonic() < deadline
            probe.pgconn.send_query(b"SELECT pg_logical_emit_message(true, 'probe', '')")
            while not _answered(probe):
                waits |= bool(admin.execute(waiting, [probe.info.backend_pid]).fetchall())


def _answered(connection: Admin) -> bool:
    connection.pgconn.consume_input()
    if connection.pgconn.is_busy():
        return False
    while connection.pgconn.get_result():
        pass
    return True


def no_longer(admin: Admin) -> None:
    """Nor is anything left that waits: whoever comes next would."""
    admin.execute("ALTER SYSTEM RESET synchronous_standby_names")
    admin.execute("SELECT pg_reload_conf()")


def end_waits(admin: Admin, how: str, promotion: subprocess.Popen[str], *, most: int) -> int:
    """Ends the waits of so many COMMITs, or of all until the promotion ends; how many there were."""
    ended, deadline = 0, time.monotonic() + 60
    waiting = f"SELECT {how}(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND pid <> pg_backend_pid()"
    while promotion.poll() is None and ended < most:
        assert time.monotonic() < deadline
        ended += len(admin.execute(waiting.encode()).fetchall())
        time.sleep(0.05)
    return ended


def applied_once(project: Project) -> None:
    project.ok("promote", "dev")
    assert {id: len(rows_of(project, id, "applied")) for id in FILES} == dict.fromkeys(FILES, 1)
    assert project.query("dev", "SELECT id FROM t ORDER BY id") == [(1,), (2,)]
    valid = "SELECT indisvalid FROM pg_index WHERE indexrelid = 't_id'::regclass"
    assert project.query("dev", valid) == [(True,)]


@pytest.mark.parametrize("how", HOWS)
def test_the_commit_of_a_change(how: str, project: Project, admin: Admin) -> None:
    """It is found in the ledger, and the promotion goes on."""
    project.write("0001_t", FILES["0001_t"])
    project.ok("promote", "dev")
    project.write("0002_slow", FILES["0002_slow"])
    admin.execute("SELECT pg_advisory_lock(7)")
    promotion = project.start("promote", "dev", together=True)
    sleeping = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
    while admin.execute(sleeping).fetchone() != (1,):
        assert promotion.poll() is None, promotion.communicate()
    wait_for_ghost(project, admin)
    admin.execute("SELECT pg_advisory_unlock(7)")
    assert end_waits(admin, how, promotion, most=1) == 1
    said = promotion.communicate(timeout=60)[0]
    no_longer(admin)
    assert promotion.returncode == 0, said
    assert ("the server is asked what became of it" in said) is (how == "pg_terminate_backend")
    assert rows_of(project, "0002_slow") == [("applied", 2)]
    project.write("0003_steps", FILES["0003_steps"])
    applied_once(project)


def test_the_number_of_the_transaction_comes_before_the_commit(project: Project, admin: Admin) -> None:
    numbers: list[Rows] = []
    messages = [
        Message("BEGIN"),
        Message("CREATE TABLE t (id integer)"),
        Message("SELECT txid_current()", answered=numbers.append),
        Message("COMMIT"),
    ]
    wait_for_ghost(project, admin)
    with psycopg.connect(libpq(make_url(project.urls["dev"]))) as worker:
        working = Thread(target=run, args=(worker.pgconn, messages, lambda _: None))
        working.start()
        for _ in range(600):
            if numbers:
                break
            time.sleep(0.1)
        waits = working.is_alive()
        no_longer(admin)
        working.join()
    made_by = admin.execute("SELECT xmin::text FROM pg_class WHERE relname = 't'").fetchall()
    assert (waits, numbers) == (True, [made_by])


@pytest.mark.parametrize("ended", ["COMMIT", "ROLLBACK"])
def test_a_transaction_that_ended_commits_nothing_more(ended: str, tmp_path: Path, postgres_database: str) -> None:
    """Nor does one whose session is gone."""
    address = Address.parse(postgres_database, environment="dev", target="default", root=tmp_path)
    server = server_of(address)
    with closing(psycopg.connect(libpq(make_url(postgres_database)), autocommit=True)) as worker:
        worker.execute("BEGIN")
        [(found,)] = worker.execute("SELECT txid_current()").fetchall()
        pid, number = worker.info.backend_pid, str(found)
        with reading(address, Limits()) as connection:
            assert server.may_commit(connection, pid, number)
            worker.execute(ended.encode())
            assert not server.may_commit(connection, pid, number)
        for holds_our_lock in (False, True):  # without it, a pooler may keep the session for others
            if holds_our_lock:
                worker.execute("SELECT pg_advisory_lock(%s)", [WORK_KEY])
            with reading(address, Limits()) as connection:
                assert server.may_commit(connection, pid, "") == holds_our_lock
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with reading(address, Limits()) as connection:
            if not server.may_commit(connection, pid, ""):
                assert not server.may_commit(connection, pid, str(int(number) + 1_000_000))
                return
    pytest.fail("its session does not go")


@pytest.mark.parametrize("how", HOWS)
def test_every_commit(how: str, project: Project, admin: Admin) -> None:
    """Of the ledger, the journal and the changes, on an empty database: the next promotion ends it."""
    project.write_all(FILES)
    wait_for_ghost(project, admin)
    promotion = project.start("promote", "dev", together=True)
    ended = end_waits(admin, how, promotion, most=1000)
    said = promotion.communicate(timeout=60)[0]
    no_longer(admin)
    assert ("Traceback" in said, ended > 0) == (False, True), said
    if how == "pg_cancel_backend":
        assert promotion.returncode == 0, said
    applied_once(project)
