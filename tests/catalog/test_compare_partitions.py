"""What partitions and inheriting tables have from their parents, compared with PostgreSQL."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection

from tests.catalog.comparing import diff, run

FAMILY = """
    CREATE TABLE p (a integer, b integer CHECK (b > 0), c integer, CONSTRAINT k CHECK (a > 0));
    CREATE TABLE q (a integer, d integer, CONSTRAINT k CHECK (a > 0)) INHERITS (p);
    CREATE TABLE r () INHERITS (p);
    CREATE TABLE s (a integer, b integer CONSTRAINT p_b_check CHECK (b > 0), c integer, CONSTRAINT k CHECK (a > 0));
    ALTER TABLE s INHERIT p;
    CREATE TABLE below () INHERITS (q);
    CREATE TABLE of_two () INHERITS (r, q);
"""
"""Tables that inherit, some with columns and checks that they have themselves as well."""

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
    "an index that a partition has already": """
        CREATE TABLE p (a integer, b text, c integer) PARTITION BY RANGE (a);
        CREATE TABLE q PARTITION OF p FOR VALUES FROM (0) TO (10);
        CREATE TABLE r PARTITION OF p FOR VALUES FROM (10) TO (20) PARTITION BY RANGE (a);
        CREATE TABLE r1 PARTITION OF r FOR VALUES FROM (10) TO (20);
        CREATE INDEX other_order ON q (a DESC, b);
        CREATE INDEX other_class ON q (b text_pattern_ops);
        CREATE UNIQUE INDEX other_use ON q (a);
        CREATE INDEX some_rows ON q (c) WHERE c > 0;
        CREATE INDEX with_more ON r (c) INCLUDE (a);
        CREATE INDEX taken ON p (a, b);
        CREATE INDEX taken_before ON p (a, b);
        CREATE INDEX usual_class ON p (b);
        CREATE INDEX ON p (b text_pattern_ops);
        CREATE INDEX ON p (a);
        CREATE UNIQUE INDEX ON p (a);
        CREATE INDEX ON p (c);
        CREATE INDEX ON p (c) WHERE c > 0;
        CREATE INDEX ON p (c) INCLUDE (a);
        CREATE INDEX waiting ON ONLY p (a, c);
        CREATE INDEX ON p (a, c);
        CREATE INDEX ON p ((a + c));
        DROP INDEX taken;
        DROP INDEX usual_class;
    """,
    "indexes of a table that becomes a partition": """
        CREATE TABLE p (a integer, b text) PARTITION BY RANGE (a);
        CREATE INDEX ON p (b);
        CREATE TABLE q (a integer, b text);
        CREATE INDEX ON q (b text_pattern_ops);
        CREATE INDEX ON q (b) WHERE a > 0;
        ALTER TABLE p ATTACH PARTITION q FOR VALUES FROM (10) TO (20);
    """,
    "an identity goes where a partition goes": """
        CREATE TABLE p (a integer GENERATED ALWAYS AS IDENTITY, b integer) PARTITION BY LIST (b);
        CREATE TABLE q PARTITION OF p FOR VALUES IN (1);
        ALTER TABLE p DETACH PARTITION q;
    """,
    "what children have of their own stays": FAMILY
    + """
        ALTER TABLE p DROP COLUMN a;
        ALTER TABLE p DROP COLUMN b;
        ALTER TABLE p DROP COLUMN c;
    """,
    "checks that children have of their own stay": FAMILY
    + """
        ALTER TABLE p DROP CONSTRAINT k;
        ALTER TABLE p DROP CONSTRAINT p_b_check;
    """,
    "what a child keeps when it has no parent any more": """
        CREATE TABLE p (a integer, b integer, CONSTRAINT k CHECK (a > 0), CONSTRAINT l CHECK (b > 0));
        CREATE TABLE q () INHERITS (p);
        ALTER TABLE q NO INHERIT p;
        ALTER TABLE q INHERIT p;
        ALTER TABLE p DROP CONSTRAINT k;
        ALTER TABLE p DROP COLUMN b;
    """,
    "what children get later, with and without ONLY": """
        CREATE TABLE p (a integer, b integer);
        CREATE TABLE q () INHERITS (p);
        CREATE TABLE r (a integer) INHERITS (p);
        ALTER TABLE r ADD CONSTRAINT k CHECK (a > 0);
        ALTER TABLE p ADD CONSTRAINT k CHECK (a > 0);
        ALTER TABLE p DROP CONSTRAINT k;
        ALTER TABLE q ADD COLUMN y integer;
        ALTER TABLE p ADD COLUMN y integer, ADD COLUMN z integer;
        ALTER TABLE p DROP COLUMN y;
        ALTER TABLE ONLY p DROP COLUMN z;
        ALTER TABLE ONLY p DROP COLUMN a;
        ALTER TABLE r DROP COLUMN a;
        ALTER TABLE p ADD CONSTRAINT k2 CHECK (b > 0);
        ALTER TABLE ONLY p DROP CONSTRAINT k2;
        ALTER TABLE q DROP CONSTRAINT k2;
    """,
    "partitions have nothing of their own": """
        CREATE TABLE p (a integer, b integer, CONSTRAINT k CHECK (a > 0), CONSTRAINT l CHECK (b > 0))
          PARTITION BY LIST (a);
        CREATE TABLE q (a integer, b integer, CONSTRAINT k CHECK (a > 0), CONSTRAINT l CHECK (b > 0));
        ALTER TABLE p ATTACH PARTITION q FOR VALUES IN (1);
        CREATE TABLE r PARTITION OF p (CONSTRAINT k CHECK (a > 0)) FOR VALUES IN (2);
        CREATE TABLE s PARTITION OF p FOR VALUES IN (3);
        ALTER TABLE p DROP CONSTRAINT k;
        ALTER TABLE p DETACH PARTITION s;
        ALTER TABLE s DROP CONSTRAINT l;
        ALTER TABLE p DROP COLUMN b;
    """,
    "generated columns of parent and child": """
        CREATE TABLE p (y integer NOT NULL, g text GENERATED ALWAYS AS (y::text) STORED, z integer);
        CREATE TABLE q () INHERITS (p);
        ALTER TABLE p DROP COLUMN y CASCADE;
    """,
    "serials are integers": """
        CREATE TABLE p (note bigint);
        CREATE TABLE q (note bigserial) INHERITS (p);
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
