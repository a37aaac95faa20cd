"""A blocked ALTER lets readers and writers through: it leaves the queue at lock_timeout, and comes again."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.support.project import Project
from tests.support.servers import libpq

QUEUED = """
SELECT extract(epoch FROM clock_timestamp() - l.waitstart)::float FROM pg_locks AS l
JOIN pg_stat_activity AS a ON a.pid = l.pid
WHERE NOT l.granted AND l.mode = 'AccessExclusiveLock' AND l.relation = 't'::regclass
"""
"""Seconds since a session has been waiting for the table, by the server's own clock."""


@contextmanager
def blocked(
    root: Path, database: str, lock_timeout: str
) -> Iterator[tuple[subprocess.Popen[str], psycopg.Connection]]:
    """A promotion that is on its way to a table which somebody reads in an open transaction."""
    project = Project(root, "postgres", {"dev": database}, {})
    project.configure({}, extra=f'[promote]\nlock_timeout = "{lock_timeout}"\n')
    project.write("0001_t", "CREATE TABLE t (id integer);")
    project.ok("promote", "dev")
    project.write("0002_n", "ALTER TABLE t ADD COLUMN n integer;")
    with psycopg.connect(libpq(database)) as blocker:
        blocker.execute("SELECT count(*) FROM t")
        promotion = project.start("promote", "dev", together=True)
        yield promotion, blocker


def test_an_alter_leaves_the_queue(tmp_path: Path, postgres_database: str) -> None:
    with (
        blocked(tmp_path, postgres_database, "700ms") as (promotion, blocker),
        psycopg.connect(libpq(postgres_database), autocommit=True) as other,
    ):
        waits: list[float] = []
        queued = left = 0
        while left < 3:  # so often it came and went
            assert promotion.poll() is None
            found = other.execute(QUEUED).fetchall()
            left += bool(queued) and not found
            queued = len(found)
            waits += [seconds for (seconds,) in found if seconds is not None]
        other.execute("INSERT INTO t VALUES (1)")
        pid = blocker.info.backend_pid
        blocker.commit()
        said = promotion.communicate(timeout=60)[0]
    assert promotion.returncode == 0, said
    assert f"held by pid {pid} (" in said
    assert "idle in transaction" in said
    assert max(waits, default=0) < 1.7, "it stays in the queue as long as lock_timeout, not longer"


def test_whoever_kept_it_out_is_named(tmp_path: Path, postgres_database: str) -> None:
    with blocked(tmp_path, postgres_database, "200ms") as (promotion, blocker):
        promotion.kill()
        promotion.communicate()
        project = Project(tmp_path, "postgres", {"dev": postgres_database}, {})
        project.configure({}, extra='[promote]\nlock_timeout = "1s"\nlock_budget = "2s"\n')
        result = project.run("promote", "dev")
        assert result.code == 5, result
        pid = blocker.info.backend_pid
        assert f"held by pid {pid} (" in result.err
        assert f"pg_terminate_backend({pid})" in result.err
        blocker.rollback()
    project.ok("promote", "dev")


@pytest.mark.long
@pytest.mark.parametrize("lock_timeout", ["2s", "200ms"])
def test_how_long_others_wait(
    lock_timeout: str, tmp_path: Path, postgres_database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Prints the longest wait of four readers and two writers, and when the migration landed."""
    over = threading.Event()
    waits: dict[str, list[float]] = {"SELECT count(*) FROM t": [], "INSERT INTO t (id) VALUES (1)": []}

    def ask(sql: str) -> None:
        with psycopg.connect(libpq(postgres_database), autocommit=True) as connection:
            while not over.wait(0.01):
                began = time.monotonic()
                connection.execute(sql.encode())
                waits[sql].append(time.monotonic() - began)

    with blocked(tmp_path, postgres_database, lock_timeout) as (promotion, blocker):
        threads = [
            threading.Thread(target=ask, args=(sql,)) for sql in waits for _ in range(4 - 2 * ("INS" in sql))
        ]
        for thread in threads:
            thread.start()
        time.sleep(12)
        blocker.commit()
        left = time.monotonic()
        said = promotion.communicate(timeout=60)[0]
        landed = time.monotonic() - left
        over.set()
        for thread in threads:
            thread.join()
    assert promotion.returncode == 0, said
    reading, writing = (max(found) for found in waits.values())
    with capsys.disabled():
        print(
            f"\nlock_timeout {lock_timeout}: {said.count('next try')} tries failed; longest wait of "
            f"{sum(map(len, waits.values()))} statements: {reading:.3f} s reading, {writing:.3f} s writing; "
            f"landed {landed:.2f} s after the blocker left"
        )
