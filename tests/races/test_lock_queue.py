"""A blocked ALTER lets readers and writers through: it leaves the queue at lock_timeout, and comes again."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy.engine import make_url

from tests.support.mariadb import connect
from tests.support.project import Project
from tests.support.servers import libpq

QUEUED = {
    "postgres": """
SELECT extract(epoch FROM clock_timestamp() - l.waitstart)::float FROM pg_locks AS l
JOIN pg_stat_activity AS a ON a.pid = l.pid
WHERE NOT l.granted AND l.mode = 'AccessExclusiveLock' AND l.relation = 't'::regclass
""",
    "mariadb": """
SELECT time_ms / 1000 FROM information_schema.processlist
WHERE db = database() AND state = 'Waiting for table metadata lock' AND info LIKE 'ALTER TABLE%'
""",
}
"""Seconds since a session has been waiting for the table, by the server's own clock."""

IDENT = {"postgres": "SELECT pg_backend_pid()", "mariadb": "SELECT connection_id()"}
NAMED = {
    "postgres": ("held by pid {} (", "pg_terminate_backend({})"),
    "mariadb": ("held by perhaps connection {} (", "KILL {}"),
}
"""How whoever blocks is named, and the statement that ends it."""

SERVERS = list(QUEUED)


class Application:
    """A session beside the promotion."""

    def __init__(self, project: Project, *, autocommit: bool) -> None:
        url = make_url(project.urls["dev"])
        self._connection: Any = psycopg.connect(libpq(url)) if project.dialect == "postgres" else connect(url)
        if project.dialect == "postgres":
            self._connection.autocommit = autocommit
        else:
            self._connection.autocommit(autocommit)

    def run(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(self._connection.cursor()) as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall()) if cursor.description else []

    def commit(self) -> None:
        self._connection.commit()

    def close(self) -> None:
        self._connection.close()


def project_on(dialect: str, root: Path, request: pytest.FixtureRequest, lock_timeout: str) -> Project:
    """A project with a table, and a change of it that is to come."""
    project = Project(root, dialect, {"dev": request.getfixturevalue(f"new_{dialect}")()}, {})
    project.configure({}, extra=f'[promote]\nlock_timeout = "{lock_timeout}"\n')
    project.write("0001_t", "CREATE TABLE t (id integer);")
    project.ok("promote", "dev")
    project.write("0002_n", "ALTER TABLE t ADD COLUMN n integer;")
    return project


@contextmanager
def blocked(project: Project) -> Iterator[tuple[subprocess.Popen[str], Application]]:
    """A promotion that is on its way to a table which somebody reads in an open transaction."""
    with closing(Application(project, autocommit=False)) as blocker:
        blocker.run("SELECT count(*) FROM t")
        promotion = project.start("promote", "dev", together=True)
        yield promotion, blocker


@pytest.mark.parametrize("dialect", SERVERS)
def test_an_alter_leaves_the_queue(dialect: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    project = project_on(dialect, tmp_path, request, "700ms")
    with blocked(project) as (promotion, blocker), closing(Application(project, autocommit=True)) as other:
        waits: list[float] = []
        queued = left = 0
        while left < 3:  # so often it came and went
            assert promotion.poll() is None
            found = other.run(QUEUED[dialect])
            left += bool(queued) and not found
            queued = len(found)
            waits += [float(seconds) for (seconds,) in found if seconds is not None]
        other.run("INSERT INTO t VALUES (1)")
        ((ident,),) = blocker.run(IDENT[dialect])
        blocker.commit()
        said = promotion.communicate(timeout=60)[0]
    assert promotion.returncode == 0, said
    assert [words for words in NAMED[dialect] if words.format(ident) not in said] == [], said
    asked = 1.0 if dialect == "mariadb" else 0.7  # whole seconds there
    assert max(waits, default=0) < asked + 1, "it stays in the queue as long as lock_timeout, not longer"


@pytest.mark.parametrize("dialect", SERVERS)
def test_whoever_kept_it_out_is_named(dialect: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    project = project_on(dialect, tmp_path, request, "1s")
    project.configure({}, extra='[promote]\nlock_timeout = "1s"\nlock_budget = "2s"\n')
    with blocked(project) as (promotion, blocker):
        said = promotion.communicate(timeout=60)[0]
        assert promotion.returncode == 5, said
        ((ident,),) = blocker.run(IDENT[dialect])
        assert [words for words in NAMED[dialect] if words.format(ident) not in said] == [], said
        blocker.commit()
    assert project.states()["0002_n"] == {"dev": "next"}
    project.ok("promote", "dev")


@pytest.mark.long
@pytest.mark.parametrize(
    ("dialect", "lock_timeout"), [("postgres", "2s"), ("postgres", "200ms"), ("mariadb", "2s")]
)
def test_how_long_others_wait(
    dialect: str,
    lock_timeout: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Prints the longest wait of four readers and two writers, and when the migration landed."""
    over = threading.Event()
    waits: dict[str, list[float]] = {"SELECT count(*) FROM t": [], "INSERT INTO t (id) VALUES (1)": []}

    def ask(sql: str) -> None:
        with closing(Application(project, autocommit=True)) as application:
            while not over.wait(0.01):
                began = time.monotonic()
                application.run(sql)
                waits[sql].append(time.monotonic() - began)

    project = project_on(dialect, tmp_path, request, lock_timeout)
    with blocked(project) as (promotion, blocker):
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
            f"\n{dialect}, lock_timeout {lock_timeout}: {said.count('next try')} tries failed; longest wait of "
            f"{sum(map(len, waits.values()))} statements: {reading:.3f} s reading, {writing:.3f} s writing; "
            f"landed {landed:.2f} s after the blocker left"
        )
