"""What became of a statement whose end nobody saw: form by form, on real servers, before it and behind it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import URL
from tests.sql.support import script
from tests.support.mariadb import connect
from tests.support.project import Project
from tests.support.servers import fresh_database, libpq

from migrail.catalog import Catalog
from migrail.catalog.replay import replay
from migrail.dialects import get
from migrail.dialects.postgres.facts.transactions import REFUSALS
from migrail.runner import Address, Limits
from migrail.runner.lookup import Outcome
from migrail.runner.recovery import found_out

TOLD = (Outcome.NOT_STARTED, Outcome.DONE)
AGAIN = (Outcome.NOT_STARTED, Outcome.NOT_STARTED)
"""Running it once more is right, whether it ran or not."""
ASKED = (Outcome.UNKNOWN, Outcome.UNKNOWN)

MARIADB = [
    ("CREATE TABLE new (id int PRIMARY KEY)", TOLD),
    ("CREATE VIEW v2 AS SELECT id FROM t", TOLD),
    ("CREATE INDEX t_m ON t (m)", TOLD),
    ("ALTER TABLE t ADD COLUMN added int", TOLD),
    ("ALTER TABLE t ADD COLUMN does_not_exist int", TOLD),
    ("ALTER TABLE t DROP COLUMN m", TOLD),
    ("ALTER TABLE t RENAME COLUMN m TO renamed", TOLD),
    ("ALTER TABLE t MODIFY m bigint", TOLD),
    ("ALTER TABLE t CHANGE m other bigint", TOLD),
    ("ALTER TABLE t ALTER COLUMN m SET DEFAULT 5", TOLD),
    ("ALTER TABLE t ADD CONSTRAINT positive CHECK (m > 0)", TOLD),
    ("ALTER TABLE t ADD CONSTRAINT parent_fk FOREIGN KEY (m) REFERENCES p (id)", TOLD),
    ("ALTER TABLE t DROP INDEX t_n", TOLD),
    ("ALTER TABLE t ADD COLUMN a int, ADD COLUMN b int, ADD INDEX t_a (a)", TOLD),
    ("DROP INDEX t_n ON t", TOLD),
    ("DROP TABLE p", TOLD),
    ("DROP VIEW v", TOLD),
    ("RENAME TABLE p TO q", TOLD),
    ("CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW SET NEW.m = 1", TOLD),
    ("ANALYZE TABLE t", AGAIN),
    ("OPTIMIZE TABLE t", AGAIN),
]
MARIADB_SETUP = [
    "CREATE TABLE p (id int PRIMARY KEY)",
    "CREATE TABLE t (id int PRIMARY KEY, n int, m int, KEY t_n (n))",
    "CREATE VIEW v AS SELECT n FROM t",
]

OUTSIDE = {
    "CREATE INDEX CONCURRENTLY": [
        ("CREATE INDEX CONCURRENTLY t_m ON t (m)", TOLD),
        ("CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_m ON t (m)", TOLD),
        ("CREATE INDEX CONCURRENTLY ON t (m)", (Outcome.NOT_STARTED, Outcome.UNKNOWN)),
    ],
    "DROP INDEX CONCURRENTLY": [
        ("DROP INDEX CONCURRENTLY t_n", TOLD),
        ("DROP INDEX CONCURRENTLY IF EXISTS t_n", TOLD),
    ],
    "DETACH PARTITION ... CONCURRENTLY": [("ALTER TABLE parted DETACH PARTITION part CONCURRENTLY", TOLD)],
    "REINDEX CONCURRENTLY": [
        ("REINDEX INDEX CONCURRENTLY t_n", AGAIN),
        ("REINDEX TABLE CONCURRENTLY t", AGAIN),
        ("REINDEX SCHEMA CONCURRENTLY public", AGAIN),
    ],
    "REINDEX SCHEMA, DATABASE, SYSTEM": [
        ("REINDEX SCHEMA public", AGAIN),
        ("REINDEX DATABASE {database}", AGAIN),
        ("REINDEX SYSTEM {database}", AGAIN),
    ],
    "REINDEX of a partitioned table or index": [("REINDEX TABLE parted", AGAIN)],
    "VACUUM": [("VACUUM t", AGAIN), ("VACUUM", AGAIN), ("VACUUM FULL t", AGAIN), ("VACUUM (ANALYZE) t", AGAIN)],
    "CLUSTER of all tables": [("CLUSTER", AGAIN)],
    "CLUSTER of a partitioned table": [("CLUSTER parted USING parted_id", AGAIN)],
    "CREATE DATABASE, TABLESPACE, SUBSCRIPTION": [
        ("CREATE DATABASE {name}", TOLD),
        ("CREATE TABLESPACE {name} LOCATION ''", TOLD),
        (
            "CREATE SUBSCRIPTION {name} CONNECTION 'dbname=none' PUBLICATION p WITH (connect = false)",
            (Outcome.UNKNOWN, Outcome.DONE),
        ),
    ],
    "DROP DATABASE, TABLESPACE, SUBSCRIPTION": [
        ("DROP DATABASE {name}", TOLD),
        ("DROP DATABASE IF EXISTS {name}", TOLD),
        ("DROP TABLESPACE {name}", TOLD),
        ("DROP SUBSCRIPTION {name}", TOLD),
    ],
    "ALTER SYSTEM": [("ALTER SYSTEM SET work_mem = '4MB'", AGAIN), ("ALTER SYSTEM RESET work_mem", AGAIN)],
    "ALTER DATABASE ... SET TABLESPACE": [("ALTER DATABASE {name} SET TABLESPACE pg_default", AGAIN)],
    "ALTER TYPE ... ADD VALUE": [
        ("ALTER TYPE mood ADD VALUE 'calm'", TOLD),
        ("ALTER TYPE mood ADD VALUE IF NOT EXISTS 'calm' BEFORE 'sad'", TOLD),
    ],
}
"""Each form that cannot be part of a transaction, as the dialect's facts name it."""

BEFORE = {
    "DROP DATABASE": "CREATE DATABASE {name}",
    "DROP TABLESPACE": "CREATE TABLESPACE {name} LOCATION ''",
    "DROP SUBSCRIPTION": "CREATE SUBSCRIPTION {name} CONNECTION 'dbname=none' PUBLICATION p WITH (connect = false)",
    "ALTER DATABASE": "CREATE DATABASE {name}",
}
AFTER = (
    "ALTER SUBSCRIPTION {name} SET (slot_name = NONE)",
    "DROP SUBSCRIPTION {name}",
    "DROP DATABASE IF EXISTS {name}",
    "DROP TABLESPACE IF EXISTS {name}",
    "ALTER SYSTEM RESET work_mem",
)

POSTGRES = [
    *(row for rows in OUTSIDE.values() for row in rows),
    ("ANALYZE t", AGAIN),
    ("DO $$ BEGIN PERFORM 1; END $$", ASKED),
    ("CALL p()", ASKED),
]
POSTGRES_SETUP = [
    "CREATE TABLE t (id int PRIMARY KEY, n int, m int)",
    "CREATE INDEX t_n ON t (n)",
    "CREATE TYPE mood AS ENUM ('sad')",
    "CREATE TABLE parted (id int) PARTITION BY LIST (id)",
    "CREATE TABLE part PARTITION OF parted FOR VALUES IN (1)",
    "CREATE INDEX parted_id ON parted (id)",
    "CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1'",
]


Run = Callable[[str], None]


def test_half_of_a_drop(tmp_path: Path, mariadb_database: URL) -> None:
    """MariaDB drops the tables of one statement one by one; running it again would fail at the first."""
    with connect(mariadb_database) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE a (id int)")
        cursor.execute("CREATE TABLE b (id int)")
        url = mariadb_database.render_as_string(hide_password=False)
        found = outcomes(
            url, tmp_path, "DROP TABLE a, b", "mariadb", lambda _: cursor.execute("DROP TABLE a") and None
        )
    assert found == (Outcome.NOT_STARTED, Outcome.UNKNOWN)


def test_half_of_a_concurrent_build(tmp_path: Path, postgres_database: str) -> None:
    build = "CREATE UNIQUE INDEX CONCURRENTLY t_id ON t (id)"
    with psycopg.connect(postgres_database.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("CREATE TABLE t (id int)")
        connection.execute("INSERT INTO t VALUES (1), (1)")

        def fail(text: str) -> None:
            with pytest.raises(psycopg.errors.UniqueViolation):
                connection.execute(text.encode())

        found = outcomes(postgres_database, tmp_path, build, "postgres", fail)
    assert found == (Outcome.NOT_STARTED, Outcome.HALF_WAY)


LONG = "ä" * 31
"""62 bytes: of a copy's name there is room for 28 of the letters."""


@pytest.mark.parametrize(
    "what",
    ["INDEX {} t_n", "TABLE {} t", "SCHEMA {} public", "DATABASE {}", f"INDEX {{}} {LONG}", f"INDEX {{}} {LONG}ö"],
)
def test_half_of_a_concurrent_rebuild(what: str, tmp_path: Path, postgres_18: URL) -> None:
    """A copy that was not finished is left each time the wait for another transaction is cut short."""
    with (
        fresh_database(postgres_18) as url,
        psycopg.connect(libpq(url), autocommit=True) as connection,
        psycopg.connect(libpq(url)) as writer,
    ):
        for statement in POSTGRES_SETUP:
            connection.execute(statement.encode())
        connection.execute(f"CREATE INDEX {LONG} ON t (m)".encode())
        writer.execute("INSERT INTO t VALUES (1, 1, 1)")
        connection.execute("SET lock_timeout = '100ms'")

        def fail(text: str) -> None:
            for _ in range(2):
                with pytest.raises(psycopg.errors.LockNotAvailable):
                    connection.execute(text.encode())

        found = outcomes(url, tmp_path, f"REINDEX {what.format('CONCURRENTLY')}", "postgres", fail)
        left = connection.execute("SELECT count(*) FROM pg_index WHERE NOT indisvalid").fetchone()
        assert left is not None
        assert (found, left[0] > 0) == ((Outcome.NOT_STARTED, Outcome.HALF_WAY), True)


def outcomes(url: str, root: Path, sql: str, dialect: str, run: Run) -> tuple[Outcome, Outcome]:
    """What is found out before the statement ran, and behind it."""
    address = Address.parse(url, environment="dev", target="default", root=root)
    (read,) = script(f"{sql};", dialect).statements
    before = found_out(address, Limits(), get(dialect), read)
    run(sql)
    return before, found_out(address, Limits(), get(dialect), read)


@pytest.mark.parametrize(("sql", "expected"), MARIADB, ids=[row[0] for row in MARIADB])
def test_on_mariadb(sql: str, expected: tuple[Outcome, Outcome], tmp_path: Path, mariadb_database: URL) -> None:
    with connect(mariadb_database) as connection, connection.cursor() as cursor:
        for statement in MARIADB_SETUP:
            cursor.execute(statement)
        url = mariadb_database.render_as_string(hide_password=False)
        assert outcomes(url, tmp_path, sql, "mariadb", lambda text: cursor.execute(text) and None) == expected


@pytest.mark.parametrize(("sql", "expected"), POSTGRES, ids=[row[0] for row in POSTGRES])
def test_on_postgres(sql: str, expected: tuple[Outcome, Outcome], tmp_path: Path, postgres_18: URL) -> None:
    """On a server of our own, since some of it belongs to the whole server."""
    with fresh_database(postgres_18) as url, psycopg.connect(libpq(url), autocommit=True) as connection:
        database = connection.info.dbname
        names = {"name": f"{database}_other", "database": database}

        def run(text: str) -> None:
            connection.execute(text.format(**names).encode())

        connection.execute("SET allow_in_place_tablespaces = on")
        for statement in POSTGRES_SETUP:
            run(statement)
        before = next((made for verb, made in BEFORE.items() if sql.startswith(verb)), None)
        if before is not None:
            run(before)
        if sql.startswith("DROP SUBSCRIPTION"):
            run(AFTER[0])
        try:
            assert outcomes(url, tmp_path, sql.format(**names), "postgres", run) == expected
        finally:
            for statement in AFTER:
                with suppress(psycopg.Error):
                    run(statement)


def test_no_form_that_refuses_a_transaction_is_left_out() -> None:
    assert set(OUTSIDE) == {refusal.form for refusal in REFUSALS}
    parted = script("CREATE TABLE parted (id int) PARTITION BY LIST (id);", "postgres").operations
    catalog = Catalog.empty(get("postgres"), complete=True)
    for operation in parted:
        catalog = replay(catalog, [operation])
    for form, rows in OUTSIDE.items():
        (refusal,) = (one for one in REFUSALS if one.form == form)
        for sql, _ in rows:
            (operation,) = script(f"{sql.format(name='n', database='d')};", "postgres").operations
            assert isinstance(operation, refusal.operation), sql
            assert refusal.holds(operation, catalog, (11,)), sql


def test_a_detach_that_was_broken_off_is_finished(tmp_path: Path, postgres_database: str) -> None:
    """Its first half is committed; the other half is what FINALIZE does, and DETACH would not do again."""
    project = Project(tmp_path, "postgres", {"dev": postgres_database}, {})
    project.write("0001_parted", ";\n".join((*POSTGRES_SETUP, "")))
    project.ok("promote", "dev")
    project.write("0002_detach", "ALTER TABLE parted DETACH PARTITION part CONCURRENTLY;\nSELECT 1;")
    with project.connect("dev") as reader, project.connect("dev", autocommit=True) as other:
        reader.execute("SELECT * FROM parted")
        promoting = project.start("promote", "dev", together=True)
        deadline = time.monotonic() + 30
        pending = "SELECT count(*) FROM pg_inherits WHERE inhdetachpending"
        while other.execute(pending).fetchone() != (1,):
            assert time.monotonic() < deadline
        promoting.kill()
        promoting.communicate()
        detaching = (
            "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'ALTER TABLE parted%'"
        )
        while other.execute(detaching).fetchone() != (0,):
            assert time.monotonic() < deadline
    assert project.query("dev", pending) == [(1,)]
    result = project.ok("promote", "dev")
    assert "FINALIZE" in result.err
    assert project.query("dev", "SELECT count(*) FROM pg_inherits WHERE inhrelid = 'part'::regclass") == [(0,)]
    assert project.states()["0002_detach"] == {"dev": "applied"}
