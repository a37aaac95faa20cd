"""What PostgreSQL refuses: the answer names SQLSTATE, cause and next step, and nothing of the migration is left."""

from __future__ import annotations

import shutil
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import URL, make_url

from tests.support.disk import small_disk
from tests.support.project import Project
from tests.support.servers import fresh_database, libpq

BIG = "CREATE TABLE big AS SELECT g AS id, repeat(md5(g::text), 8) AS n FROM generate_series(1, 100000) AS g;"
"""Some 30 MB."""


def project_in(root: Path, url: str) -> Project:
    project = Project(root, "postgres", {"dev": url}, {})
    project.write("0001_first", "CREATE TABLE first (id integer PRIMARY KEY);")
    project.ok("promote", "dev")
    return project


def run_as_admin(url: str, *statements: str) -> None:
    with psycopg.connect(libpq(make_url(url)), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def refused(project: Project, state: str, code: int, *, said: str = "") -> None:
    """The second migration is refused with that SQLSTATE, and nothing of it is there."""
    before = project.dump()
    result = project.run("promote", "dev")
    assert (result.code, f"SQLSTATE {state}" in result.err, "→ " in result.err) == (code, True, True), result
    assert said in result.err, result
    assert tables(project.dump()) == tables(before)
    assert project.states()["0002_more"]["dev"] in {"next", "failed"}


def tables(dumped: dict[str, object]) -> object:
    """Everything but the rows of our own tables, since a batch that begins leaves one."""
    columns, indexes, rows = dumped["dev"]  # type: ignore[misc]
    return columns, indexes, {name: kept for name, kept in rows.items() if not name.startswith("migrail")}  # type: ignore[has-type]


@pytest.mark.parametrize("timeout", ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"])
def test_a_timeout_of_the_role_or_the_database_does_not_count(
    timeout: str, tmp_path: Path, postgres_18: URL
) -> None:
    with fresh_database(postgres_18) as url:
        project = project_in(tmp_path, url)
        run_as_admin(url, f"ALTER DATABASE {make_url(url).database} SET {timeout} = '100ms'")
        project.write("0002_more", "SELECT pg_sleep(0.5);\nCREATE TABLE more (id integer);")
        project.ok("promote", "dev")


def test_a_timeout_that_the_file_sets_itself(tmp_path: Path, postgres_18: URL) -> None:
    with fresh_database(postgres_18) as url:
        project = project_in(tmp_path, url)
        project.write(
            "0002_more",
            "CREATE TABLE more (id integer);\nSET LOCAL statement_timeout = '50ms';\nSELECT pg_sleep(5);",
        )
        refused(project, "57014", 4, said="failed at statement 3 of 3")


def test_an_event_trigger_that_raises(tmp_path: Path, postgres_18: URL) -> None:
    with fresh_database(postgres_18) as url:
        project = project_in(tmp_path, url)
        run_as_admin(
            url,
            "CREATE FUNCTION no() RETURNS event_trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'changes are frozen'; END $$",
            "CREATE EVENT TRIGGER no ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION no()",
        )
        project.write("0002_more", "INSERT INTO first VALUES (1);\nCREATE TABLE more (id integer);")
        refused(project, "P0001", 4, said="changes are frozen")
        run_as_admin(url, "DROP EVENT TRIGGER no")
        project.ok("promote", "dev")


def test_a_privilege_that_is_missing(tmp_path: Path, postgres_18: URL) -> None:
    with fresh_database(postgres_18) as url:
        role, database = make_url(url).database, make_url(url).database
        run_as_admin(
            url,
            "CREATE TABLE theirs (id integer)",
            f"CREATE ROLE {role} LOGIN",
            f'GRANT ALL ON DATABASE "{database}" TO {role}',
            f"GRANT ALL ON SCHEMA public TO {role}",
        )
        try:
            root = tmp_path
            run_as_admin(url, "ALTER TABLE theirs RENAME TO kept", "DROP TABLE kept")
            project = project_in(root, make_url(url).set(username=role).render_as_string())
            run_as_admin(url, "CREATE TABLE theirs (id integer)")
            project.write("0002_more", "INSERT INTO first VALUES (1);\nALTER TABLE theirs ADD COLUMN n integer;")
            refused(project, "42501", 4, said="must be owner of table theirs")
            run_as_admin(url, f"ALTER TABLE theirs OWNER TO {role}")
            project.ok("promote", "dev")
        finally:
            run_as_admin(url, f"DROP OWNED BY {role} CASCADE", f"DROP ROLE {role}")


def test_connections_that_are_exhausted(tmp_path: Path, postgres_18: URL) -> None:
    with fresh_database(postgres_18) as url:
        project = project_in(tmp_path, url)
        role = make_url(url).database
        run_as_admin(url, f"CREATE ROLE {role} LOGIN CONNECTION LIMIT 0")
        try:
            project.urls["dev"] = make_url(url).set(username=role).render_as_string()
            project.configure({})
            project.write("0002_more", "CREATE TABLE more (id integer);")
            result = project.run("promote", "dev")
            assert (result.code, "too many connections for role" in result.err) == (5, True), result
        finally:
            run_as_admin(url, f"DROP ROLE {role}")


def test_a_disk_that_is_full(tmp_path: Path, postgres_18: URL) -> None:
    with small_disk("pgserver") as disk:
        space = disk.name.replace("-", "_")
        with fresh_database(postgres_18) as url:
            project = project_in(tmp_path, url)
            run_as_admin(url, f"CREATE TABLESPACE {space} LOCATION '{disk}'")
            try:
                project.write("0002_more", BIG.replace(" AS SELECT", f" TABLESPACE {space} AS SELECT"))
                free = shutil.disk_usage(disk).free
                refused(project, "53100", 4, said="No space left on device")
                run_as_admin(url, "CHECKPOINT")
                assert shutil.disk_usage(disk).free >= free - 2**20, "the space was given back"
                small = BIG.replace("100000", "1000").replace(" AS SELECT", f" TABLESPACE {space} AS SELECT")
                project.write("0002_more", small)
                project.ok("promote", "dev")
                run_as_admin(url, "DROP TABLE big")
            finally:
                run_as_admin(url, f"DROP TABLESPACE IF EXISTS {space}")
