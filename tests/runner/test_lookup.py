"""What became of a statement whose end nobody saw: form by form, on real servers, before it and behind it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import URL
from tests.sql.support import script
from tests.support.mariadb import connect

from migrail.dialects import get
from migrail.runner import Address, Limits, reading, server_of
from migrail.runner.inspect import inspect
from migrail.runner.lookup import Outcome, look_up

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

POSTGRES = [
    ("CREATE INDEX CONCURRENTLY t_m ON t (m)", TOLD),
    ("CREATE INDEX CONCURRENTLY t_note ON t (m)", TOLD),
    ("CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_m ON t (m)", TOLD),
    ("DROP INDEX CONCURRENTLY t_n", TOLD),
    ("REINDEX INDEX CONCURRENTLY t_n", AGAIN),
    ("REINDEX TABLE CONCURRENTLY t", AGAIN),
    ("VACUUM t", AGAIN),
    ("ANALYZE t", AGAIN),
    ("ALTER TYPE mood ADD VALUE 'calm'", TOLD),
    ("ALTER TABLE parted DETACH PARTITION part CONCURRENTLY", TOLD),
    ("DO $$ BEGIN PERFORM 1; END $$", ASKED),
]
POSTGRES_SETUP = [
    "CREATE TABLE t (id int PRIMARY KEY, n int, m int)",
    "CREATE INDEX t_n ON t (n)",
    "CREATE TYPE mood AS ENUM ('sad')",
    "CREATE TABLE parted (id int) PARTITION BY LIST (id)",
    "CREATE TABLE part PARTITION OF parted FOR VALUES IN (1)",
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


def outcomes(url: str, root: Path, sql: str, dialect: str, run: Run) -> tuple[Outcome, Outcome]:
    """What is found out before the statement ran, and behind it."""
    address = Address.parse(url, environment="dev", target="default", root=root)
    operations = script(f"{sql};", dialect).statements[0].operations

    def now() -> Outcome:
        with reading(address, Limits()) as connection:
            server = server_of(address)
            left = [statement for operation in operations for statement in server.leftovers(connection, operation)]
            return look_up(inspect(connection, get(dialect)), operations, left)

    before = now()
    run(sql)
    return before, now()


@pytest.mark.parametrize(("sql", "expected"), MARIADB, ids=[row[0] for row in MARIADB])
def test_on_mariadb(sql: str, expected: tuple[Outcome, Outcome], tmp_path: Path, mariadb_database: URL) -> None:
    with connect(mariadb_database) as connection, connection.cursor() as cursor:
        for statement in MARIADB_SETUP:
            cursor.execute(statement)
        url = mariadb_database.render_as_string(hide_password=False)
        assert outcomes(url, tmp_path, sql, "mariadb", lambda text: cursor.execute(text) and None) == expected


@pytest.mark.parametrize(("sql", "expected"), POSTGRES, ids=[row[0] for row in POSTGRES])
def test_on_postgres(sql: str, expected: tuple[Outcome, Outcome], tmp_path: Path, postgres_database: str) -> None:
    with psycopg.connect(postgres_database.replace("+psycopg", ""), autocommit=True) as connection:
        for statement in POSTGRES_SETUP:
            connection.execute(statement.encode())
        found = outcomes(
            postgres_database, tmp_path, sql, "postgres", lambda text: connection.execute(text.encode()) and None
        )
        assert found == expected
