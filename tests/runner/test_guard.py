"""The guard of a target, and what refuses a promotion before its first statement."""

from __future__ import annotations

import fcntl
import sqlite3
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from tests.support.project import SHOP, Project, postgres_project, project_of, sqlite_project

from migrail.model.errors import ConfigError, GuardBusy, TargetUnreachable
from migrail.runner import Address, Limits, engine_for, guarded, is_held, reading
from migrail.runner.servers._interface import STILL_AT_WORK
from migrail.runner.servers.mysql.guard import WORK, name_of
from migrail.runner.servers.postgres.guard import KEY, WORK_KEY

QUICK = Limits(connect=1, guard=0.3)


def address(url: str, root: Path) -> Address:
    return Address.parse(url, environment="dev", target="default", root=root)


def test_the_holder_of_the_guard_is_named(postgres_database: str, tmp_path: Path) -> None:
    target = address(postgres_database, tmp_path)
    with psycopg.connect(postgres_database.replace("+psycopg", ""), application_name="nightly") as other:
        other.execute("SELECT pg_advisory_lock(%s)", (KEY,))
        with pytest.raises(GuardBusy) as caught, guarded(target, QUICK):
            pass
        pid = other.info.backend_pid
        assert f"another promotion is running: pid {pid} (nightly, " in caught.value.message
        assert f"pg_terminate_backend({pid})" in caught.value.message
    with guarded(target, QUICK), pytest.raises(GuardBusy), guarded(target, QUICK):
        pass
    with guarded(target, QUICK):
        pass


@pytest.mark.parametrize("dialect", ["postgres", "mariadb"])
def test_who_works_on_without_the_guard_still_promotes(
    dialect: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """As a session does whose client was killed, or whose guard was lost."""
    target = address(project_of(dialect, tmp_path, request).urls["dev"], tmp_path)
    locks = {
        "postgres": f"SELECT pg_advisory_lock({WORK_KEY})",
        "mariadb": f"SELECT GET_LOCK('{name_of(target, WORK)}', 0)",
    }
    engine = engine_for(target, QUICK)
    assert not is_held(target, QUICK)
    with engine.connect() as worker:
        worker.exec_driver_sql(locks[dialect])
        assert is_held(target, QUICK)
        with pytest.raises(GuardBusy, match=f"{STILL_AT_WORK}: "), guarded(target, QUICK):
            pass
        worker.invalidate()
    with guarded(target, QUICK):
        assert is_held(target, QUICK)
    assert not is_held(target, QUICK)


def test_a_busy_guard_changes_nothing(tmp_path: Path, new_postgres: object) -> None:
    project = postgres_project(tmp_path, new_postgres)  # type: ignore[arg-type]
    project.write_all(SHOP)
    project.configure({}, extra='[promote]\nguard_timeout = "300ms"\n')
    before = project.dump()
    with psycopg.connect(project.urls["dev"].replace("+psycopg", "")) as other:
        other.execute("SELECT pg_advisory_lock(%s)", (KEY,))
        result = project.run("promote", "dev")
        assert (result.code, "another promotion is running" in result.err) == (5, True)
        assert project.dump() == before
    assert project.run("promote", "dev").code == 0


def test_a_busy_sqlite_file_changes_nothing(tmp_path: Path) -> None:
    project = sqlite_project(tmp_path)
    project.write_all(SHOP)
    project.configure({}, extra='[promote]\nguard_timeout = "300ms"\n')
    connection = sqlite3.connect(tmp_path / "dev.db", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    result = project.run("promote", "dev")
    assert (result.code, "database is locked" in result.err) == (5, True)
    connection.execute("ROLLBACK")
    connection.close()
    project.ok("promote", "dev")


@pytest.mark.parametrize(
    ("how", "held"), [(None, False), (fcntl.LOCK_UN, False), (fcntl.LOCK_SH, False), (fcntl.LOCK_EX, True)],
    ids=["no file", "left behind", "somebody else who asks", "a promotion"],
)  # fmt: skip
def test_asking_after_the_guard_of_a_file_takes_nothing(how: int | None, held: bool, tmp_path: Path) -> None:
    target = address("sqlite:///dev.db", tmp_path)
    path = tmp_path / "dev.db-guard"
    with ExitStack() as stack:
        if how is not None:
            path.write_text("4711")
            path.chmod(0o444)
            fcntl.flock(stack.enter_context(path.open()), how)
        before = sorted(tmp_path.iterdir())
        assert is_held(target, QUICK) is held
        assert sorted(tmp_path.iterdir()) == before


def test_a_table_lock_is_not_waited_for_forever(tmp_path: Path, new_postgres: object) -> None:
    project = postgres_project(tmp_path, new_postgres)  # type: ignore[arg-type]
    project.write_all(SHOP)
    project.configure({}, extra='[promote]\nlock_timeout = "200ms"\nlock_budget = "500ms"\n')
    project.ok("promote", "dev")
    project.write("0004_more", "ALTER TABLE customers ADD COLUMN fax text;")
    with psycopg.connect(project.urls["dev"].replace("+psycopg", "")) as reader:
        reader.execute("SELECT * FROM customers")
        result = project.run("promote", "dev")
    assert result.code == 5
    assert "SQLSTATE 55P03" in result.err
    assert "nothing of this migration is in the database" in result.err
    project.ok("promote", "dev")


def test_sessions_are_pinned(postgres_database: str, tmp_path: Path) -> None:
    with psycopg.connect(postgres_database.replace("+psycopg", ""), autocommit=True) as other:
        name = other.info.dbname
        for setting in ("timezone = 'Europe/London'", "statement_timeout = '1s'", "lock_timeout = '9s'"):
            other.execute(f'ALTER DATABASE "{name}" SET {setting}'.encode())
    with reading(address(postgres_database, tmp_path), Limits(lock=2)) as connection:
        for setting, value in [("timezone", "UTC"), ("statement_timeout", "0"), ("lock_timeout", "2s")]:
            assert connection.exec_driver_sql(f"SHOW {setting}").scalar() == value


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("not a url", "is not a SQLAlchemy URL"),
        ("", "is not a SQLAlchemy URL"),
        ("oracle://x/y", "oracle:// is not supported"),
        ("postgresql+psycopg2://x/y", "is not supported"),
        ("sqlite://", "a database in memory"),
        ("sqlite:///:memory:", "a database in memory"),
    ],
)
def test_urls_that_cannot_be_used(tmp_path: Path, url: str, said: str) -> None:
    with pytest.raises(ConfigError, match="environment dev: ") as caught:
        address(url, tmp_path)
    assert said in caught.value.message


def test_reading_a_missing_file_does_not_make_it(tmp_path: Path) -> None:
    with pytest.raises(TargetUnreachable), reading(address("sqlite:///dev.db", tmp_path), QUICK):
        pass
    assert not (tmp_path / "dev.db").exists()


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "dev.db").write_text("this is no database, but a text that is long enough " * 100)
    target = address("sqlite:///dev.db", tmp_path)
    with pytest.raises(TargetUnreachable, match="file is not a database"), reading(target, QUICK) as connection:
        connection.exec_driver_sql("SELECT * FROM sqlite_master").all()


def test_a_file_name_with_odd_characters(tmp_path: Path) -> None:
    target = address("sqlite:///a b?c#d%e.db", tmp_path)
    with engine_for(target, QUICK).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a)")
    assert target.file is not None
    assert target.file.exists()


SLOW = {
    "postgres": (
        "SELECT pg_sleep(3);\nCREATE INDEX CONCURRENTLY t_id ON t (id);",
        "pid ",
        "SELECT pg_terminate_backend(",
    ),
    "mariadb": ("DO SLEEP(3);\nCREATE INDEX t_id ON t (id);", "connection ", "KILL "),
    "sqlite": (
        "CREATE TABLE made AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000000) "
        "SELECT max(i) FROM n;\nVACUUM;",
        "process ",
        "kill ",
    ),
}
"""A migration of two steps that takes some seconds; how its holder is named, and how it is ended."""


@pytest.mark.parametrize("dialect", list(SLOW))
def test_a_promotion_under_way_is_waited_for(dialect: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    project = project_of(dialect, tmp_path, request)
    project.urls = {"dev": project.urls["dev"]}
    sql, holder, ending = SLOW[dialect]
    project.configure({}, extra='[promote]\nguard_timeout = "300ms"\n')
    project.write("0001_t", "CREATE TABLE t (id integer);")
    project.ok("promote", "dev")
    project.write("0002_slow", sql)
    first = project.start("promote", "dev")
    deadline = time.monotonic() + 30
    while project.query("dev", "SELECT count(*) FROM migrail_ledger WHERE kind = 'started'")[-1][0] < (
        2 if dialect == "mariadb" else 1
    ):
        assert time.monotonic() < deadline
    before = project.query("dev", "SELECT count(*) FROM migrail_ledger")
    busy = project.run("promote", "dev")
    assert busy.code == 5, busy
    for words in ("another promotion is running: ", holder, ending, " s"):
        assert words in busy.err
    auto = project.run("promote", "--auto")
    assert (auto.code, "another promotion is running" in auto.err) == (5, True), auto
    assert project.query("dev", "SELECT count(*) FROM migrail_ledger") == before
    project.configure({}, extra='[promote]\nguard_timeout = "60s"\n')
    waited = project.run("promote", "dev")
    first.communicate(timeout=60)
    assert (first.returncode, waited.code) == (0, 0), waited
    assert project.states()["0002_slow"] == {"dev": "applied"}


def test_a_promotion_that_is_killed_while_it_is_waited_for(tmp_path: Path, new_mariadb: Callable[[], str]) -> None:
    """What it left is settled as soon as it is gone, and the one that waited goes on with it."""
    project = Project(tmp_path, "mariadb", {"dev": new_mariadb()}, {})
    project.configure({}, extra='[promote]\nguard_timeout = "60s"\n')
    project.write("0001_slow", "CREATE TABLE t (id integer);\nCREATE TABLE u AS SELECT SLEEP(3);\nDROP TABLE t;")
    first = project.start("promote", "dev")
    deadline = time.monotonic() + 30
    while not project.query(
        "dev",
        "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 't'",
    ):
        assert time.monotonic() < deadline
    second = project.start("promote", "dev", together=True)
    time.sleep(1)
    first.kill()
    first.communicate()
    said = second.communicate(timeout=60)[0]
    assert second.returncode == 0, said
    assert project.states()["0001_slow"] == {"dev": "applied"}
