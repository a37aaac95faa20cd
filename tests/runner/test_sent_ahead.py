"""The next migration is on its way to PostgreSQL while the one before is committed, and has to wait there."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from tests.support.project import Project
from tests.support.servers import libpq

from migrail.runner.servers.postgres import session

ROOT = Path(__file__).parents[2]

KEYS = "CREATE TABLE p (id int PRIMARY KEY);\nCREATE TABLE c (p int REFERENCES p DEFERRABLE INITIALLY DEFERRED);\n"
FAILING = {
    "a statement": ("CREATE TABLE a (id int);\nSELECT 1 / 0;", "22012"),
    "the first statement": ("SELECT 1 / 0;", "22012"),
    "the commit": (f"{KEYS}INSERT INTO c VALUES (7);", "23503"),
    "its row in the ledger": ("SET TRANSACTION READ ONLY;", "25006"),
    "the head of the ledger": (
        "DO $$ BEGIN EXECUTE 'DELETE FROM ' || (SELECT relname FROM pg_class WHERE relname ~ '^mig.*r$'); END $$;",
        "another promotion",
    ),
}
"""How a migration fails, and what is said of it."""


@pytest.fixture
def project(tmp_path: Path, postgres_database: str) -> Project:
    return Project(tmp_path, "postgres", {"dev": postgres_database}, {})


@pytest.fixture
def sent_ahead(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each transaction, whether it was sent before the answers to the one before were there."""
    found: list[bool] = []
    original = session.run

    def run(*arguments: Any, sent: bool, **named: Any) -> Any:
        found.append(sent)
        return original(*arguments, sent=sent, **named)

    monkeypatch.setattr(session, "run", run)
    return found


def applied(project: Project) -> list[str]:
    """The migrations in the order in which the ledger has them."""
    rows = project.query("dev", "SELECT migration FROM migrail_ledger WHERE kind = 'applied' ORDER BY sequence")
    return [id for (id,) in rows]


def tables(project: Project) -> set[str]:
    """All but our own."""
    found = project.query("dev", "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return {name for (name,) in found if not name.startswith("migrail_")}


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["CREATE TABLE a (id int);"], [False]),
        (["CREATE TABLE a (id int);", "CREATE TABLE b (id int);", "SELECT 1;"], [False, True, True]),
        (["CREATE TABLE a (id int);", f"SELECT '{'x' * 100_000}';", "SELECT 1;"], [False, False, True]),
        (
            ["CREATE TABLE a (id int);", "CREATE INDEX CONCURRENTLY i ON a (id);", "SELECT 1;", "SELECT 2;"],
            [False, False, True],
        ),
        (["SELECT 1;", "PREPARE p AS SELECT 1;", "SELECT 1;", "SELECT 2;"], [False, True, True, False, True]),
        (["SELECT 1;", "DEALLOCATE ALL;", "SELECT 1;"], [False, True, True]),
        (
            ["SELECT 1;", "DO $$ BEGIN EXECUTE 'DEALLOCATE ' || 'ALL'; END $$;", "SELECT 1;"],
            [False, True, False, True],
        ),
    ],
    ids=["one", "several", "a large one", "one in steps", "prepares", "takes ours away", "in its code"],
)
def test_what_is_sent_ahead(
    texts: list[str], expected: list[bool], project: Project, sent_ahead: list[bool]
) -> None:
    """A file that disturbs our own statements unseen, or the one behind one that prepared, runs again."""
    for number, text in enumerate(texts, 1):
        project.write(f"{number:04}_m", text)
    project.ok("promote", "dev")
    assert sent_ahead == expected
    assert applied(project) == [f"{number:04}_m" for number in range(1, len(texts) + 1)]
    project.ok("doctor", "dev")


@pytest.mark.parametrize(("text", "said"), FAILING.values(), ids=FAILING)
def test_nothing_runs_behind_a_failure(text: str, said: str, project: Project, sent_ahead: list[bool]) -> None:
    project.write("0001_first", "CREATE TABLE first (id int);")
    project.write("0002_fails", text)
    project.write("0003_behind", "CREATE TABLE behind (id int);")
    failed = project.run("promote", "dev")
    assert (failed.code in {4, 5}, said in failed.err) == (True, True), failed
    assert (sent_ahead, applied(project), tables(project)) == ([False, True], ["0001_first"], {"first"})
    project.write("0002_fails", "CREATE TABLE mended (id int);")
    project.ok("promote", "dev")
    assert applied(project) == ["0001_first", "0002_fails", "0003_behind"]
    assert tables(project) == {"first", "mended", "behind"}
    project.ok("doctor", "dev")


def test_the_chain_is_what_the_program_computes(project: Project) -> None:
    """Also where the server put in the hash of the row before."""
    for number in range(1, 6):
        project.write(f"{number:04}_ñ", f"CREATE TABLE t{number} (id int);")
    project.ok("promote", "dev")
    rows = project.query("dev", "SELECT previous_hash, hash FROM migrail_ledger ORDER BY sequence")
    assert [previous for previous, _ in rows[1:]] == [hash for _, hash in rows[:-1]]
    project.ok("doctor", "dev")


SLOW = "CREATE TABLE slow (id int);\nSELECT pg_sleep(600);"
SLEEPING = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()"


def sleeping(project: Project, promotion: subprocess.Popen[str]) -> tuple[psycopg.Connection, int]:
    """An administrator, and the session that runs the slow statement."""
    admin = psycopg.connect(libpq(project.urls["dev"]), autocommit=True)
    while (found := admin.execute(SLEEPING).fetchone()) is None:
        assert promotion.poll() is None, promotion.communicate()
        time.sleep(0.05)
    return admin, int(found[0])


def two_signals(promotion: subprocess.Popen[str]) -> None:
    """The second one cancels what runs."""
    for _ in range(2):
        promotion.send_signal(signal.SIGTERM)
        time.sleep(1)


@pytest.mark.parametrize(
    ("how", "code"),
    [
        (lambda admin, pid, promotion: admin.execute("SELECT pg_cancel_backend(%s)", [pid]), 4),
        (lambda admin, pid, promotion: admin.execute("SELECT pg_terminate_backend(%s)", [pid]), 5),
        (lambda admin, pid, promotion: two_signals(promotion), 130),
        (lambda admin, pid, promotion: promotion.kill(), -9),
    ],
    ids=["cancelled", "terminated", "two signals", "killed"],
)
def test_the_one_before_is_ended(how: Callable[..., object], code: int, project: Project) -> None:
    project.write("0001_slow", SLOW)
    project.write("0002_behind", "CREATE TABLE behind (id int);")
    promotion = project.start("promote", "dev", together=True)
    admin, pid = sleeping(project, promotion)
    with admin:
        how(admin, pid, promotion)
        said = promotion.communicate(timeout=60)[0]
        assert promotion.returncode == code, said
    deadline = time.monotonic() + 30
    while project.query("dev", SLEEPING) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert (applied(project), tables(project)) == ([], set())
    project.write("0001_slow", "CREATE TABLE slow (id int);")
    project.ok("promote", "dev")
    assert (applied(project), tables(project)) == (["0001_slow", "0002_behind"], {"slow", "behind"})


def test_a_signal_while_the_one_before_runs(project: Project) -> None:
    """It ends, and is recorded; nothing is sent behind it."""
    project.write("0001_slow", "CREATE TABLE slow (id int);\nSELECT pg_sleep(3);")
    project.write(
        "0002_behind", "CREATE TABLE behind (id int);\nSELECT pg_sleep(600);\nCREATE TABLE late (id int);"
    )
    project.write("0003_last", "CREATE TABLE last (id int);")
    promotion = project.start("promote", "dev", together=True)
    admin, _ = sleeping(project, promotion)
    with admin:
        promotion.send_signal(signal.SIGTERM)
        said = promotion.communicate(timeout=60)[0]
    assert promotion.returncode == 130, said
    assert (applied(project), tables(project)) == (["0001_slow"], {"slow"}), said
    assert "stopped before 0002_behind, as asked; nothing is half-done" in said


def test_a_file_that_says_deallocate_runs_once(project: Project) -> None:
    project.write("0001_s", "CREATE SEQUENCE s;")
    project.write("0002_m", "SELECT nextval('s');\nDEALLOCATE ALL;")
    project.ok("promote", "dev")
    assert project.query("dev", "SELECT last_value, is_called FROM s") == [(1, True)]


def test_a_file_that_changes_the_row_before(project: Project) -> None:
    """Which was sent before the hash of that row was known."""
    ours = "(SELECT relname FROM pg_class WHERE relname ~ '^mig.*r$')"
    project.write("0001_m", "CREATE TABLE a (id int);")
    project.write("0002_m", f"DO $$ BEGIN EXECUTE 'UPDATE ' || {ours} || ' SET hash = 0'; END $$;")
    project.write("0003_m", "CREATE TABLE b (id int);")
    failed = project.run("promote", "dev")
    assert (failed.code, "another promotion was faster; nothing was changed" in failed.err) == (4, True), failed
    assert (applied(project), tables(project)) == (["0001_m"], {"a"})
    project.ok("doctor", "dev")


@pytest.mark.parametrize(
    ("when", "code", "ids"),
    [("at_once", 0, "1234"), ("ahead", 0, "1234"), ("stopped", 130, "12")],
)
def test_answers_that_are_lost(when: str, code: int, ids: str, project: Project) -> None:
    """Of one migration, or also of the one behind it, which the server applied meanwhile."""
    for number in range(1, 5):
        project.write(f"{number:04}_m", f"CREATE TABLE t{number} (id int);")
    done = subprocess.run(
        [sys.executable, "-m", "tests.runner.lose_answer", when, "promote", "dev"],
        cwd=project.root,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin", "MIGRAIL_ACTOR": "ana"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr.count("lost\n")) == (code, 1), done
    assert applied(project) == [f"000{id}_m" for id in ids]
    assert ("stopped before 0003_m, as asked; nothing is half-done" in done.stderr) == (code == 130), done
    project.ok("promote", "dev")
    assert applied(project) == ["0001_m", "0002_m", "0003_m", "0004_m"]
    project.ok("doctor", "dev")
