"""What leaves an invalid index behind on PostgreSQL: it is noticed, and the next try builds the index anew."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from tests.support.project import Project

BUILD = "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_id ON t (id);"
INDEX = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('t_id')"
WORKER = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'CREATE UNIQUE INDEX%'"
SNAPSHOT = "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM t"

Connection = psycopg.Connection[tuple[object, ...]]


@pytest.fixture
def project(tmp_path: Path, postgres_database: str) -> Project:
    made = Project(tmp_path, "postgres", {"dev": postgres_database}, {})
    made.write("0001_t", "CREATE TABLE t (id integer);\nINSERT INTO t VALUES (1), (2);")
    made.ok("promote", "dev")
    made.write("0002_i", BUILD)
    return made


@pytest.fixture
def admin(project: Project) -> psycopg.Connection:
    with project.connect("dev", autocommit=True) as connection:
        yield connection  # type: ignore[misc]


def healed(project: Project, result: tuple[int, str]) -> None:
    """It failed and says what it left; another try, which a person asks for, ends well."""
    code, said = result
    assert code == 4, said
    assert "an invalid index is left, which the next try removes" in said
    assert project.query("dev", INDEX) == [(False,)]
    assert project.states()["0002_i"]["dev"] == "failed"
    project.ok("resolve", "dev", "0002_i", "--retry", "--reason", "the cause is gone")
    project.ok("promote", "dev")
    assert project.query("dev", INDEX) == [(True,)]


def waiting(project: Project, application: Connection, meanwhile: Callable[[], object]) -> tuple[int, str]:
    """Promotes while the application holds a snapshot; something happens while the build waits for it."""
    application.execute(SNAPSHOT.encode())
    running = project.start("promote", "dev", together=True)
    while project.query("dev", INDEX) != [(False,)]:
        assert running.poll() is None, running.communicate()
        time.sleep(0.02)
    meanwhile()
    said = running.communicate(timeout=60)[0]
    return running.returncode, said


def test_duplicates(project: Project, admin: Connection) -> None:
    admin.execute("INSERT INTO t VALUES (1)")
    result = project.run("promote", "dev")
    assert "SQLSTATE 23505" in result.err
    admin.execute("DELETE FROM t WHERE ctid IN (SELECT max(ctid) FROM t GROUP BY id HAVING count(*) > 1)")
    healed(project, (result.code, result.err))


def test_duplicates_that_an_accepted_edit_allows(project: Project, admin: Connection) -> None:
    """What the statement left before it was edited is in the way of the edited one."""
    admin.execute("INSERT INTO t VALUES (1)")
    assert project.run("promote", "dev").code == 4
    assert project.query("dev", INDEX) == [(False,)]
    project.write("0002_i", BUILD.replace("UNIQUE ", ""))
    project.ok("resolve", "dev", "0002_i", "--accept-edit", "--reason", "duplicates are fine")
    project.ok("promote", "dev")
    assert project.query("dev", INDEX) == [(True,)]


def test_an_event_trigger_that_raises(project: Project, admin: Connection) -> None:
    admin.execute(
        "CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;"
        "CREATE EVENT TRIGGER refusing ON ddl_command_end WHEN TAG IN ('CREATE INDEX') EXECUTE FUNCTION refuse()"
    )
    result = project.run("promote", "dev")
    admin.execute("DROP EVENT TRIGGER refusing")
    healed(project, (result.code, result.err))


def test_a_cancelled_build(project: Project, admin: Connection) -> None:
    with project.connect("dev", autocommit=True) as application:
        cancel = f"SELECT pg_cancel_backend(pid) FROM ({WORKER}) AS w"
        result = waiting(project, application, lambda: admin.execute(cancel.encode()))
    healed(project, result)


def test_a_statement_timeout_of_the_file(project: Project) -> None:
    project.write("0002_i", f"SET statement_timeout = '1s';\n{BUILD}")
    with project.connect("dev", autocommit=True) as application:
        result = waiting(project, application, lambda: None)
    healed(project, result)


def test_a_terminated_build(project: Project, admin: Connection) -> None:
    """Nobody has to decide: the next promotion looks."""
    with project.connect("dev", autocommit=True) as application:
        end = f"SELECT pg_terminate_backend(pid) FROM ({WORKER}) AS w"
        code, said = waiting(project, application, lambda: admin.execute(end.encode()))
    assert (code, "is looked up by the next promotion" in said) == (4, True), said
    assert project.query("dev", INDEX) == [(False,)]
    project.ok("promote", "dev")
    assert project.query("dev", INDEX) == [(True,)]


def test_a_deadlock(project: Project) -> None:
    """The build is the victim; it is cleared away and tried again within the budget."""
    with project.connect("dev", autocommit=True) as application:

        def lock() -> None:
            application.execute("SET LOCAL deadlock_timeout = '60s'")
            application.execute("LOCK TABLE t IN SHARE MODE")
            application.execute("COMMIT")

        code, said = waiting(project, application, lock)
    assert (code, "SQLSTATE 40P01" in said) == (0, True), said
    assert project.query("dev", INDEX) == [(True,)]


@pytest.mark.parametrize("index", ["t_n", "ä" * 31, "ä" * 31 + "n"], ids=["short", "62 bytes", "cut at 63 bytes"])
def test_a_rebuild_that_is_cut_short(project: Project, admin: Connection, index: str) -> None:
    """Its own copies are removed; what somebody else left of an index that is called alike stays."""
    admin.execute(f"CREATE INDEX {index} ON t (id); CREATE INDEX t_n_more ON t (id)".encode())
    project.write("0002_i", f"SET statement_timeout = '500ms';\nREINDEX INDEX CONCURRENTLY {index};")
    invalid = "SELECT count(*) FROM pg_index WHERE NOT indisvalid"
    with project.connect("dev") as writer:
        writer.execute("INSERT INTO t VALUES (3)")
        admin.execute("SET statement_timeout = '500ms'")
        with pytest.raises(psycopg.errors.QueryCanceled):
            admin.execute("REINDEX INDEX CONCURRENTLY t_n_more")
        project.configure({}, extra='[promote]\nlock_budget = "500ms"\n')
        for why in ("canceling statement due to statement timeout", "DROP INDEX CONCURRENTLY"):
            result = project.run("promote", "dev")
            assert "an invalid index is left, which the next try removes" in result.err, result
            assert (why in result.err, project.query("dev", invalid)) == (True, [(2,)]), result
            project.ok("resolve", "dev", "0002_i", "--retry", "--reason", "the writer will be gone")
    project.ok("promote", "dev")
    left = "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid"
    assert project.query("dev", left) == [("t_n_more_ccnew",)]


@pytest.mark.parametrize("setting", ["lock_timeout", "statement_timeout"])
def test_timeouts_of_a_database_cut_no_build_short(project: Project, admin: Connection, setting: str) -> None:
    admin.execute(f'ALTER DATABASE "{admin.info.dbname}" SET {setting} = 300'.encode())
    with project.connect("dev", autocommit=True) as application:
        application.execute("SET statement_timeout = 0; SET lock_timeout = 0")

        def leave() -> None:
            application.execute("SELECT pg_sleep(0.6)")
            application.execute("COMMIT")

        code, said = waiting(project, application, leave)
    assert code == 0, said
    assert project.query("dev", INDEX) == [(True,)]


def test_somebody_elses_index_is_left_alone(project: Project, admin: Connection) -> None:
    """With IF NOT EXISTS the server would be content with it."""
    admin.execute("INSERT INTO t VALUES (1)")
    with pytest.raises(psycopg.errors.UniqueViolation):
        admin.execute(BUILD.encode())
    admin.execute("DELETE FROM t WHERE ctid IN (SELECT max(ctid) FROM t GROUP BY id HAVING count(*) > 1)")
    before = admin.execute("SELECT 't_id'::regclass::oid").fetchall()
    result = project.run("promote", "dev")
    assert result.code != 0
    assert "something half-done is in the way that this migration did not leave" in result.err
    assert admin.execute("SELECT 't_id'::regclass::oid").fetchall() == before
    admin.execute("DROP INDEX t_id")
    project.ok("promote", "dev")
    assert project.query("dev", INDEX) == [(True,)]
