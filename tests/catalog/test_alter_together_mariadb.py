"""Statements of MariaDB whose parts mean something else together than one by one, held against the server.

What is foretold of a statement is what the server does: it refuses it, or the catalog equals the database then.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from migrail.catalog.compare import compare, diff_lines
from migrail.catalog.conflicts import conflicts
from migrail.catalog.replay import Replay
from tests.catalog.comparing import connected, looked_at, run
from tests.dialects.reading import catalog_of, read

SETUP = """
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE q (id int PRIMARY KEY, c int UNIQUE);
CREATE TABLE r (id int, c int UNIQUE, CONSTRAINT fr FOREIGN KEY (id) REFERENCES p (id));
CREATE TABLE time (id int, a date, b date, c date, PERIOD FOR per (a, b));
CREATE TABLE kept (x bigint, y int, CHECK (x <> '' OR x = 'a' OR y = '3'));
CREATE TEMPORARY TABLE hidden (z int);
CREATE TABLE one (x int, y json UNIQUE);
CREATE TABLE t (
  a int NOT NULL, B int CHECK (b > 0), c int DEFAULT 1, d int, e int AS (a + 1), f bigint, g text, h json, k int,
  KEY ka (a), KEY kab (a, b), UNIQUE uc (c), UNIQUE (g), UNIQUE prefix (g(10)), UNIQUE h (h), PRIMARY KEY (d),
  CONSTRAINT named CHECK (`A` > 1), CHECK (c > 2), CONSTRAINT fk FOREIGN KEY (k) REFERENCES p (id)
);
"""

STATEMENTS = """
ALTER TABLE t DROP c, ADD c int
ALTER TABLE t DROP FOREIGN KEY fk, DROP k, ADD k int
ALTER TABLE t ADD c int FIRST, DROP c
ALTER TABLE t DROP d, ADD d int
ALTER TABLE t DROP d, ADD IF NOT EXISTS new int
ALTER TABLE one DROP x, DROP y
ALTER TABLE one DROP x, DROP y, ADD z int
ALTER TABLE one DROP x, DROP y, ADD x int
ALTER TABLE t CHANGE a old int, ADD a int
ALTER TABLE t CHANGE a old int, ADD a int FIRST
ALTER TABLE t RENAME COLUMN a TO old, ADD a int FIRST
ALTER TABLE t ADD c int AFTER a, CHANGE c old int
ALTER TABLE t ADD c int AFTER old, CHANGE c old int
ALTER TABLE t RENAME COLUMN a TO b, RENAME COLUMN b TO a
ALTER TABLE t CHANGE a c int, CHANGE c a bigint NOT NULL
ALTER TABLE t RENAME COLUMN a TO b, RENAME COLUMN b TO c, RENAME COLUMN c TO a
ALTER TABLE t RENAME COLUMN a TO b, RENAME COLUMN b TO a, RENAME COLUMN c TO x
ALTER TABLE q RENAME COLUMN id TO c, RENAME COLUMN c TO id
ALTER TABLE t RENAME COLUMN a TO b
ALTER TABLE t RENAME COLUMN A TO Z
ALTER TABLE t RENAME COLUMN b TO z
ALTER TABLE t RENAME COLUMN b TO z, ADD b int CHECK (b > 7)
ALTER TABLE t CHANGE b z int
ALTER TABLE t CHANGE b z int CHECK (z > 1)
ALTER TABLE t MODIFY b bigint
ALTER TABLE t DROP b
ALTER TABLE t DROP b, ADD b int CHECK (b > 7)
ALTER TABLE t RENAME COLUMN IF EXISTS missing TO z
ALTER TABLE t CHANGE COLUMN IF EXISTS missing z int
ALTER TABLE t CHANGE COLUMN IF EXISTS missing z int UNIQUE
ALTER TABLE t MODIFY COLUMN IF EXISTS missing int
ALTER TABLE t MODIFY COLUMN IF EXISTS missing int UNIQUE
ALTER TABLE t ADD COLUMN IF NOT EXISTS a int
ALTER TABLE t ADD COLUMN IF NOT EXISTS a int UNIQUE
ALTER TABLE t ADD COLUMN IF NOT EXISTS a int CHECK (a > 5)
ALTER TABLE t ADD COLUMN IF NOT EXISTS a int REFERENCES p (id)
ALTER TABLE t ADD COLUMN IF NOT EXISTS a int REFERENCES missing (id)
ALTER TABLE t ADD COLUMN IF NOT EXISTS a int PRIMARY KEY
ALTER TABLE one ADD COLUMN IF NOT EXISTS x int PRIMARY KEY
ALTER TABLE t ADD COLUMN IF NOT EXISTS c int UNIQUE, ADD COLUMN IF NOT EXISTS h int UNIQUE
ALTER TABLE t ADD UNIQUE IF NOT EXISTS uc (a)
ALTER TABLE t ADD UNIQUE IF NOT EXISTS (c)
ALTER TABLE t ADD UNIQUE IF NOT EXISTS (g)
ALTER TABLE t ADD UNIQUE uc (a)
ALTER TABLE t ADD PRIMARY KEY IF NOT EXISTS (b)
ALTER TABLE t ADD CONSTRAINT IF NOT EXISTS named CHECK (b > 1)
ALTER TABLE t ADD CONSTRAINT IF NOT EXISTS fresh CHECK (b > 1)
ALTER TABLE t ADD FOREIGN KEY IF NOT EXISTS fk (a) REFERENCES p (id)
ALTER TABLE t ADD FOREIGN KEY IF NOT EXISTS (k) REFERENCES p (id)
ALTER TABLE t ADD INDEX IF NOT EXISTS ka (b)
ALTER TABLE t ADD INDEX IF NOT EXISTS (c)
ALTER TABLE t ADD INDEX IF NOT EXISTS (g)
ALTER TABLE t DROP CONSTRAINT uc
ALTER TABLE r DROP CONSTRAINT fr, DROP CONSTRAINT c
ALTER TABLE t DROP CONSTRAINT prefix
ALTER TABLE t DROP CONSTRAINT g
ALTER TABLE t DROP CONSTRAINT IF EXISTS g
ALTER TABLE t DROP INDEX g
ALTER TABLE t DROP CONSTRAINT h
ALTER TABLE t DROP CONSTRAINT IF EXISTS h
ALTER TABLE t ADD UNIQUE long_one (d, g(767))
ALTER TABLE t ADD CHECK (f <> '' OR f IN ('a', '5', '1.5', '6 ') OR f BETWEEN 'x' AND '7' OR NOT f = 2.5)
ALTER TABLE t ADD CHECK (c <> '' OR c IN ('a', '5', '1.5', '6 ') OR c BETWEEN 'x' AND '7' OR NOT c = 2.5)
ALTER TABLE t ADD z int AS (if(f > 'x', 1, 2))
ALTER TABLE time DROP PERIOD FOR per
ALTER TABLE time DROP PERIOD FOR Per, DROP COLUMN b
ALTER TABLE time DROP PERIOD FOR missing
ALTER TABLE time DROP PERIOD IF EXISTS FOR missing
ALTER TABLE time DROP PERIOD FOR per, ADD PERIOD FOR per (a, c)
ALTER TABLE time ADD PERIOD IF NOT EXISTS FOR per (a, b)
ALTER TABLE time DROP PERIOD FOR per, ADD PERIOD FOR per (a, missing)
ALTER TABLE missing DROP PERIOD IF EXISTS FOR per
ALTER TABLE kept MODIFY x varchar(5)
ALTER TABLE kept RENAME COLUMN x TO z
ALTER TABLE kept MODIFY y bigint
CREATE TEMPORARY TABLE t (z int)
CREATE TABLE hidden (z int, INDEX (z), UNIQUE (z))
CREATE TABLE IF NOT EXISTS hidden (z int, INDEX (z))
""".strip().splitlines()


@pytest.fixture
def database(mariadb_database: URL) -> Iterator[Connection]:
    url = mariadb_database.set(drivername="mariadb+pymysql").render_as_string(hide_password=False)
    with connected(url) as connection:
        yield connection


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_catalog_equals_the_database(database: Connection, statement: str) -> None:
    run(database, SETUP)
    replaying = Replay(catalog_of([SETUP], "mariadb"))
    foretold = None
    for operation in read(statement, "mariadb"):
        foretold = foretold or conflicts(replaying.catalog, operation)
        replaying.apply(operation)
    refused = None
    try:
        run(database, statement)
    except DBAPIError as error:
        refused = str(error.orig)
    assert (foretold is None) == (refused is None), foretold or refused
    if refused is None:
        assert diff_lines(compare(replaying.catalog, looked_at(database))) == []
