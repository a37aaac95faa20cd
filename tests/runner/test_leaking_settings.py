"""What a database or a role says about its sessions, and what a migration finds of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import URL
from tests.support.project import Project
from tests.support.servers import libpq

from migrail.runner import Address, Limits, reading

NOT_FOLLOWED = {
    "session_replication_role": ("replica", "origin"),
    "synchronous_commit": ("off", "on"),
    "transform_null_equals": ("on", "off"),
    "array_nulls": ("off", "on"),
    "backslash_quote": ("on", "safe_encoding"),
    "row_security": ("off", "on"),
    "xmloption": ("document", "content"),
    "xmlbinary": ("hex", "base64"),
    "bytea_output": ("escape", "hex"),
    "extra_float_digits": ("-3", "1"),
    "quote_all_identifiers": ("on", "off"),
    "lo_compat_privileges": ("on", "off"),
    "gin_fuzzy_search_limit": ("7", "0"),
    "password_encryption": ("md5", "scram-sha-256"),
    "TimeZone": ("Europe/London", "UTC"),
    "statement_timeout": ("9000000", "0"),
}
FOLLOWED = {
    "maintenance_work_mem": ("99MB", "101376"),
    "default_tablespace": ("pg_default", "pg_default"),
    "log_min_duration_statement": ("8640000", "8640000"),
    "random_page_cost": ("1.5", "1.5"),
}
SETTINGS = NOT_FOLLOWED | FOLLOWED
FOUND = {name: found for name, (_, found) in SETTINGS.items()}
SEEN = "CREATE TABLE {} AS SELECT name, setting FROM pg_catalog.pg_settings;"


def _said(url: str) -> Iterator[str]:
    """The database says everything; statements for an administrator."""
    name = psycopg.conninfo.conninfo_to_dict(libpq(url))["dbname"]
    yield from (f"ALTER DATABASE \"{name}\" SET {key} = '{said}'" for key, (said, _) in SETTINGS.items())


@pytest.fixture
def project(tmp_path: Path, postgres_database: str) -> Project:
    made = Project(tmp_path, "postgres", {"dev": postgres_database}, {})
    with made.connect("dev", autocommit=True) as admin:
        for statement in _said(postgres_database):
            admin.execute(statement.encode())
    return made


def test_what_changes_a_meaning_is_not_followed(project: Project) -> None:
    """Neither in the first migration, nor behind another one, nor in steps, nor in what only reads."""
    project.write("0001_first", SEEN.format("first_seen"))
    project.write("0002_second", f"SET xmloption = document;\n{SEEN.format('second_seen')}")
    project.write("0003_third", SEEN.format("third_seen"))
    project.write("0004_steps", f"-- migrail: transaction=off\nSELECT 1;\n{SEEN.format('steps_seen')}")
    project.ok("promote", "dev")
    for table, other in (("first", {}), ("second", {"xmloption": "document"}), ("third", {}), ("steps", {})):
        seen = dict(project.query("dev", f"SELECT name, setting FROM {table}_seen"))
        assert {name: seen[name] for name in SETTINGS} == {**FOUND, **other}, table
    address = Address.parse(project.urls["dev"], environment="dev", target="default", root=project.root)
    with reading(address, Limits()) as connection:
        rows = connection.exec_driver_sql("SELECT name, setting FROM pg_settings")
        read = {str(row[0]): row[1] for row in rows}
        assert {name: read[name] for name in SETTINGS} == FOUND
        driver: Any = connection.connection.driver_connection
        connection.rollback()
        left = driver.execute("SHOW xmloption").fetchone()
        driver.rollback()
    assert left == ("document",)  # behind a pooler, the session is somebody else's next


@pytest.fixture
def clerk(postgres_18: URL, tmp_path: Path) -> Iterator[tuple[Project, Callable[[str], None]]]:
    """A project of a role that is no superuser; and what an administrator says."""
    admin = psycopg.connect(libpq(postgres_18.render_as_string(hide_password=False)), autocommit=True)
    with admin:
        admin.execute("CREATE ROLE clerk LOGIN")
        admin.execute("CREATE DATABASE clerks OWNER clerk")
        url = postgres_18.set(username="clerk", database="clerks").render_as_string(hide_password=False)
        project = Project(tmp_path, "postgres", {"dev": url}, {})
        try:
            yield project, lambda text: admin.execute(text.encode()) and None
        finally:
            admin.execute("DROP DATABASE clerks WITH (FORCE)")
            admin.execute("DROP OWNED BY clerk")
            admin.execute("DROP ROLE clerk")


KEYS = "CREATE TABLE p (id int PRIMARY KEY);\nCREATE TABLE c (p int REFERENCES p);"
ORPHAN = "INSERT INTO c VALUES (7);"


def test_what_a_role_may_not_change(clerk: tuple[Project, Callable[[str], None]]) -> None:
    project, admin = clerk
    project.write("0001_keys", KEYS)
    project.write("0002_orphan", ORPHAN)
    admin("ALTER DATABASE clerks SET session_replication_role = replica")
    refused = project.run("promote", "dev")
    assert (refused.code, "session_replication_role = replica" in refused.err) == (2, True), refused
    assert project.query("dev", "SELECT count(*) FROM pg_class WHERE relname IN ('p', 'migrail_ledger')") == [(0,)]
    admin("GRANT SET ON PARAMETER session_replication_role TO clerk")
    failed = project.run("promote", "dev", "--to", "0002_orphan")
    assert (failed.code, "violates foreign key constraint" in failed.err) == (4, True), failed
    project.write("0002_orphan", "INSERT INTO p VALUES (7);\n" + ORPHAN)
    for said in ("lo_compat_privileges = on", "transform_null_equals = on"):
        admin(f"ALTER ROLE clerk IN DATABASE clerks SET {said}")
    project.write("0003_seen", SEEN.format("seen"))
    project.ok("promote", "dev")
    seen = dict(project.query("dev", "SELECT name, setting FROM seen"))
    assert (seen["transform_null_equals"], seen["lo_compat_privileges"]) == ("off", "on")
