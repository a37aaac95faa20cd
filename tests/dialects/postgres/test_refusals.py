"""What PostgreSQL is said to refuse, and what it refuses."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy.engine import URL

from migrail.dialects import get
from tests.dialects.reading import catalog_of, read
from tests.support.servers import fresh_database

DIALECT = get("postgres")
SETUP = """
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE INDEX t_a ON t (a);
CREATE TABLE parted (id integer) PARTITION BY RANGE (id);
CREATE INDEX parted_id ON parted (id);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (1) TO (10);
CREATE TYPE mood AS ENUM ('sad');
CREATE DOMAIN count AS integer;
CREATE DOMAIN word AS text;
"""

NO_TEXT = (
    *("smallint", "integer", "bigint", "numeric(4, 1)", "real", "double precision", "money", "boolean", "bytea"),
    *("date", "time", "timetz", "timestamp(3)", "timestamptz", "interval", "uuid", "json", "jsonb", "xml", "inet"),
    *("cidr", "macaddr", "macaddr8", "bit(3)", "varbit", "tsvector", "oid", "regclass", "point", "box", "circle"),
)

CASES = [
    ("CREATE INDEX CONCURRENTLY n ON parted (id)", True),
    ("CREATE INDEX CONCURRENTLY n ON t (a)", False),
    ("CREATE INDEX n ON parted (id)", False),
    ("DROP INDEX CONCURRENTLY parted_id", True),
    ("DROP INDEX CONCURRENTLY t_pkey", True),
    ("DROP INDEX CONCURRENTLY t_a", False),
    ("ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES p NOT VALID", False),
    ("ALTER TABLE parted ADD FOREIGN KEY (id) REFERENCES p", False),
    ("ALTER TABLE t ADD COLUMN n integer GENERATED ALWAYS AS (a + 1) STORED", False),
    ("ALTER TABLE parted DETACH PARTITION parted_1 CONCURRENTLY", False),
    *((f'CREATE TABLE n (a {type_} COLLATE "C")', True) for type_ in (*NO_TEXT, "mood", "count", "int4[]")),
    *((f'CREATE TABLE n (a {type_} COLLATE "C")', False) for type_ in ("text[]", "varchar(3)", "name", "word")),
    ('CREATE DOMAIN n AS integer COLLATE "C"', True),
    ('CREATE DOMAIN n AS word COLLATE "C"', False),
    ('ALTER TABLE t ADD n date COLLATE "C"', True),
    ('ALTER TABLE t ADD n text COLLATE "C"', False),
    ('ALTER TABLE t ALTER a TYPE bigint COLLATE "C"', True),
    ('ALTER TABLE t ALTER a TYPE text COLLATE "C"', False),
    ("ALTER TABLE t ADD EXCLUDE USING btree (id WITH =)", False),
    ("CREATE TABLE n (a integer, EXCLUDE USING btree (a WITH =))", False),
]
PARTITIONED = (
    "ALTER TABLE parted ADD EXCLUDE USING btree (id WITH =)",
    "CREATE TABLE n (a integer, EXCLUDE USING btree (a WITH =)) PARTITION BY LIST (a)",
)


def said(statement: str, version: tuple[int, ...]) -> str | None:
    (operation,) = read(statement)
    return DIALECT.refuses(operation, catalog_of([SETUP]), version)


@pytest.fixture
def connection(postgres: URL) -> Iterator[psycopg.Connection]:
    with fresh_database(postgres) as url, psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as made:
        made.execute(SETUP)
        yield made


@pytest.mark.parametrize(("statement", "refused"), CASES)
def test_on_a_server(connection: psycopg.Connection, statement: str, refused: bool) -> None:
    version = (connection.info.server_version // 10000,)
    assert (said(statement, version) is not None) is refused
    if refused:
        with pytest.raises(psycopg.Error):
            connection.execute(statement)
    else:
        connection.execute(statement)


@pytest.mark.parametrize(
    ("statement", "version", "refused"),
    [
        ("ALTER TABLE parted ADD FOREIGN KEY (id) REFERENCES p NOT VALID", (17,), True),
        ("ALTER TABLE parted ADD FOREIGN KEY (id) REFERENCES p NOT VALID", (18,), False),
        ("ALTER TABLE t ADD COLUMN n integer GENERATED ALWAYS AS (a + 1) VIRTUAL", (17,), True),
        ("ALTER TABLE t ADD COLUMN n integer GENERATED ALWAYS AS (a + 1) VIRTUAL", (18,), False),
        ("ALTER TABLE t ADD COLUMN n integer GENERATED ALWAYS AS (a + 1) STORED", (11,), True),
        ("ALTER TABLE t ADD CONSTRAINT n NOT NULL a", (17,), True),
        ("ALTER TABLE t ADD CONSTRAINT n NOT NULL a", (18,), False),
        ("ALTER TABLE parted DETACH PARTITION parted_1 CONCURRENTLY", (13,), True),
        ("MERGE INTO t USING p ON t.id = p.id WHEN MATCHED THEN DELETE", (14,), True),
        ("MERGE INTO t USING p ON t.id = p.id WHEN MATCHED THEN DELETE", (15,), False),
        ("REINDEX SYSTEM CONCURRENTLY postgres", (15,), True),
        *((statement, (16,), True) for statement in PARTITIONED),
        *((statement, (17,), False) for statement in PARTITIONED),
    ],
)
def test_versions(statement: str, version: tuple[int, ...], refused: bool) -> None:
    reason = said(statement, version)
    assert (reason is not None) is refused
    assert reason is None or not reason.endswith(".")


@pytest.mark.parametrize("statement", PARTITIONED)
@pytest.mark.parametrize("server", ["postgres", "postgres_18"])
def test_exclusions_on_partitioned_tables(statement: str, server: str, request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue(server)
    with fresh_database(url) as made, psycopg.connect(made.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(SETUP)
        refused = said(statement, (connection.info.server_version // 10000,)) is not None
        if refused:
            with pytest.raises(psycopg.errors.FeatureNotSupported):
                connection.execute(statement)
        else:
            connection.execute(statement)
