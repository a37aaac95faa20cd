"""What a killed promotion left of a concurrent index build is found out, cleared away and done again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from migrail.runner.faults import Fault, FaultKind
from migrail.runner.servers.postgres.session import PostgresSession
from tests.support.project import postgres_project

INVALID = "SELECT indisvalid FROM pg_index WHERE indrelid = 't'::regclass"


def test_a_killed_index_build_is_built_again(tmp_path: Path, new_postgres: object) -> None:
    project = postgres_project(tmp_path, new_postgres)  # type: ignore[arg-type]
    project.write(
        "0001_t", "CREATE TABLE t AS SELECT g AS id, md5(g::text) AS n FROM generate_series(1, 300000) g;"
    )
    project.write("0002_i", "CREATE INDEX CONCURRENTLY t_n ON t (n);\nINSERT INTO t VALUES (0, 'x');")
    project.ok("promote", "dev", "--to", "0001")
    running = subprocess.Popen([sys.executable, "-m", "migrail", "promote", "dev", "-q"], cwd=tmp_path)
    deadline = time.monotonic() + 30
    while not project.query("dev", INVALID) and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(running.pid, signal.SIGKILL)
    running.wait(30)
    assert project.states()["0002_i"]["dev"] in {"in-doubt", "running"}
    project.ok("promote", "dev")
    assert project.query("dev", INVALID) == [(True,)]
    assert project.query("dev", "SELECT count(*) FROM t WHERE id = 0") == [(1,)]
    kinds = project.query("dev", "SELECT kind FROM migrail_ledger WHERE migration = '0002_i' ORDER BY sequence")
    assert [kind for (kind,) in kinds][-2:] == ["started", "applied"]


def test_what_fails_behind_a_statement_is_not_its_own_failure(
    tmp_path: Path, new_postgres: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as a cancel that comes when the index is built and only the session's settings are left to restore."""
    project = postgres_project(tmp_path, new_postgres)  # type: ignore[arg-type]
    project.write("0001_t", "CREATE TABLE t (n integer);")
    project.write("0002_i", "CREATE INDEX CONCURRENTLY t_n ON t (n);\nINSERT INTO t VALUES (0);")
    ask = PostgresSession._ask

    def cancelled(session: PostgresSession, query: str) -> object:
        if query.startswith("SET lock_timeout = '"):
            raise Fault(kind=FaultKind.CANCELLED, message="canceling statement due to user request", state="57014")
        return ask(session, query)

    with monkeypatch.context() as patched:
        patched.setattr(PostgresSession, "_ask", cancelled)
        stopped = project.run("promote", "dev")
    assert stopped.code == 4
    assert "looked up by the next promotion" in stopped.err
    assert project.states()["0002_i"]["dev"] == "in-doubt"
    project.ok("promote", "dev")
    assert project.query("dev", "SELECT count(*) FROM t") == [(1,)]
