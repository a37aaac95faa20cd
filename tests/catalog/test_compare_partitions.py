"""What partitions have from their parents, compared with PostgreSQL."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection

from tests.catalog.comparing import diff, run

SAME = {
    "as many indexes as the parent has": """
        CREATE TABLE p (x integer, y integer, UNIQUE (x)) PARTITION BY LIST (x);
        ALTER TABLE p ADD CONSTRAINT again UNIQUE (x);
        CREATE UNIQUE INDEX ON p (x);
        CREATE INDEX ON p (y);
        CREATE INDEX ON p (y);
        CREATE TABLE made PARTITION OF p FOR VALUES IN (1);
        CREATE TABLE joined (x integer, y integer, UNIQUE (x));
        CREATE INDEX own ON joined (y);
        ALTER TABLE p ATTACH PARTITION joined FOR VALUES IN (2);
    """,
    "indexes come before those of the statement": """
        CREATE TABLE p (x integer, y integer) PARTITION BY LIST (x);
        CREATE UNIQUE INDEX i ON p (y, x);
        ALTER TABLE p ADD UNIQUE (x);
        CREATE TABLE made PARTITION OF p (CONSTRAINT named UNIQUE (y, x), UNIQUE (x)) FOR VALUES IN (1);
    """,
    "names after what columns were called": """
        CREATE TABLE p (x integer, UNIQUE (x)) PARTITION BY LIST (x);
        CREATE INDEX ON p (x);
        ALTER TABLE p RENAME x TO z;
        CREATE TABLE made PARTITION OF p FOR VALUES IN (1);
        CREATE TABLE joined (z integer);
        ALTER TABLE p ATTACH PARTITION joined FOR VALUES IN (2);
    """,
    "an index whose name is taken": """
        CREATE TABLE p (x integer) PARTITION BY LIST (x);
        CREATE TABLE made PARTITION OF p FOR VALUES IN (1);
        CREATE INDEX IF NOT EXISTS made ON p (x);
        CREATE INDEX IF NOT EXISTS free ON p (x);
    """,
    "a column that a query may have given": """
        CREATE TABLE t (a integer, note text);
        CREATE TABLE copied AS SELECT * FROM t;
        ALTER TABLE copied ADD COLUMN IF NOT EXISTS note integer;
    """,
}


@pytest.mark.parametrize("script", SAME.values(), ids=SAME)
def test_no_difference(database: Connection, script: str) -> None:
    run(database, script)
    assert diff(database, script) == []
