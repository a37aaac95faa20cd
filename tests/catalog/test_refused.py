"""What is said to be refused, and what servers refuse: one database, each statement in a transaction of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from migrail.catalog.conflicts import conflicts
from tests.catalog.comparing import connected, run
from tests.dialects.reading import catalog_of, read
from tests.support.servers import fresh_database

SETUP = """
CREATE TABLE p (id integer PRIMARY KEY, b integer, UNIQUE (id, b));
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer, c text, n text COLLATE "C");
CREATE UNIQUE INDEX plain ON t (a);
CREATE UNIQUE INDEX descending ON t (a DESC);
CREATE UNIQUE INDEX nulls_first ON t (a, b NULLS FIRST);
CREATE UNIQUE INDEX other_collation ON t (c COLLATE "C");
CREATE UNIQUE INDEX own_collation ON t (n COLLATE "C");
CREATE TABLE ranged (a integer, b integer) PARTITION BY RANGE (a);
CREATE TABLE computed (a integer, b integer) PARTITION BY RANGE ((a + 1));
CREATE TEMP TABLE passing (id integer PRIMARY KEY);
CREATE DOMAIN free AS integer; CREATE DOMAIN listed AS integer; CREATE DOMAIN packed AS integer;
CREATE DOMAIN below AS integer; CREATE DOMAIN over AS below; CREATE DOMAIN many AS over[];
CREATE DOMAIN needed AS integer NOT NULL;
CREATE TYPE pack AS (f packed); CREATE TYPE unused AS (f free);
ALTER DOMAIN listed ADD CONSTRAINT later CHECK (VALUE > 0) NOT VALID;
CREATE TABLE holding (a listed[], b pack[], c free, d many, e needed[]);
"""

CASES: list[tuple[str, str | None]] = [
    ("ALTER TABLE t ADD FOREIGN KEY (a, b) REFERENCES p (id, b) ON DELETE SET NULL (b)", None),
    ("ALTER TABLE t ADD FOREIGN KEY (a, b) REFERENCES p (id, b) ON DELETE SET NULL (c)", "c of ON DELETE SET NULL"),
    ("CREATE TABLE n (a integer REFERENCES p ON DELETE SET DEFAULT (a))", None),
    ("CREATE TABLE n (a integer REFERENCES p ON DELETE SET DEFAULT (b), b integer)", "b of ON DELETE SET DEFAULT"),
    ("ALTER TABLE t ADD UNIQUE USING INDEX plain", None),
    ("ALTER TABLE t ADD UNIQUE USING INDEX descending", "does not sort as a key does"),
    ("ALTER TABLE t ADD UNIQUE USING INDEX nulls_first", "does not sort as a key does"),
    ("ALTER TABLE t ADD UNIQUE USING INDEX other_collation", "does not sort as a key does"),
    ("ALTER TABLE t ADD UNIQUE USING INDEX own_collation", None),
    ("ALTER TABLE ranged DROP COLUMN b CASCADE", None),
    ("ALTER TABLE ranged DROP COLUMN a CASCADE", "in the partition key"),
    ("ALTER TABLE computed DROP COLUMN a CASCADE", "in the partition key"),
    ("CREATE TABLE n (a integer REFERENCES p)", None),
    ("CREATE TABLE n (a integer REFERENCES passing)", "passing is temporary"),
    ("CREATE TEMP TABLE n (a integer REFERENCES passing)", None),
    ("CREATE TEMP TABLE n (a integer REFERENCES p)", "n is temporary"),
    ("ALTER DOMAIN free ADD CHECK (VALUE > 0)", None),
    ("ALTER DOMAIN listed ADD CHECK (VALUE > 0)", "column a of public.holding"),
    ("ALTER DOMAIN listed ADD CHECK (VALUE > 0) NOT VALID", None),
    ("ALTER DOMAIN listed VALIDATE CONSTRAINT later", "column a of public.holding"),
    ("ALTER DOMAIN listed SET DEFAULT 1", None),
    ("ALTER DOMAIN packed SET NOT NULL", "column b of public.holding"),
    ("ALTER DOMAIN packed DROP NOT NULL", None),
    ("ALTER DOMAIN needed SET NOT NULL", None),
    ("ALTER DOMAIN below ADD CHECK (VALUE > 0)", "column d of public.holding"),
    ("ALTER DOMAIN many ADD CHECK (VALUE IS NOT NULL)", None),
]


@pytest.fixture(scope="module", params=["postgres", "postgres_18"])
def server(request: pytest.FixtureRequest) -> Iterator[Connection]:
    with fresh_database(request.getfixturevalue(request.param)) as url, connected(url) as connection:
        run(connection, SETUP)
        yield connection


@pytest.mark.parametrize(("sql", "expected"), CASES)
def test_refused(server: Connection, sql: str, expected: str | None) -> None:
    [operation] = read(sql)
    said = conflicts(catalog_of([SETUP]), operation)
    assert (said is None) == (expected is None)
    assert (expected or "") in (said or "")
    run(server, "BEGIN")
    try:
        run(server, sql)
    except DBAPIError:
        assert expected is not None
    else:
        assert expected is None
    finally:
        run(server, "ROLLBACK")
