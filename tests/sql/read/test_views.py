"""Views and what they read."""

from __future__ import annotations

import logging

import pytest

from migrail.dialects import get
from migrail.model.operations import (
    AlterObject,
    CreateView,
    DropView,
    MoveTable,
    Operation,
    RefreshView,
    RenameColumn,
    RenameObject,
    SetDefault,
)
from migrail.sql.cursor import Cursor
from migrail.sql.lexer import tokens
from migrail.sql.read.queries import scanned_relations
from tests.sql.support import ex, n, opaque, ops

V = n("v")


def view(query: str, *reads: str, **rest: object) -> CreateView:
    return CreateView(**{"name": V, "query": query, "reads": tuple(map(n, reads)), **rest})  # type: ignore[arg-type]


POSTGRES: list[tuple[str, list[Operation]]] = [
    ("CREATE VIEW v AS SELECT 1", [view("SELECT 1")]),
    ('CREATE OR REPLACE VIEW v (A, "B") WITH (security_barrier) AS SELECT a, b FROM t WITH LOCAL CHECK OPTION', [
        view("SELECT a, b FROM t", "t", columns=("a", "B"), replace=True)]),
    ("CREATE TEMP VIEW s.v AS TABLE t", [view("TABLE t", "t", name=n("s.v"), temporary=True)]),
    ("CREATE RECURSIVE VIEW v (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM v, t", [
        view("VALUES (1) UNION ALL SELECT n + 1 FROM v, t", "t", columns=("n",))]),
    ("CREATE MATERIALIZED VIEW IF NOT EXISTS v USING heap WITH (fillfactor = 5) TABLESPACE x AS SELECT 1 FROM t "
     "WITH NO DATA", [view("SELECT 1 FROM t", "t", materialized=True, if_not_exists=True)]),
    ("REFRESH MATERIALIZED VIEW CONCURRENTLY s.v", [RefreshView(name=n("s.v"), concurrently=True)]),
    ("REFRESH MATERIALIZED VIEW v WITH NO DATA", [RefreshView(name=V)]),
    ("DROP VIEW IF EXISTS v, s.w CASCADE", [
        DropView(name=V, if_exists=True, cascade=True), DropView(name=n("s.w"), if_exists=True, cascade=True)]),
    ("DROP MATERIALIZED VIEW v RESTRICT", [DropView(name=V, materialized=True)]),
    ("ALTER VIEW v RENAME TO w", [RenameObject(object_type="VIEW", name=V, new_name="w")]),
    ("ALTER MATERIALIZED VIEW v RENAME a TO b", [RenameColumn(table=V, column="a", new_name="b")]),
    ("ALTER VIEW IF EXISTS v ALTER a SET DEFAULT 1", [
        SetDefault(table=V, column="a", default=ex("1"), if_there=True)]),
    ("ALTER MATERIALIZED VIEW ALL IN TABLESPACE a SET TABLESPACE b", [
        AlterObject(object_type="MATERIALIZED VIEW", name=None, option="ALL IN TABLESPACE")]),
    ("ALTER VIEW v SET SCHEMA s", [MoveTable(table=V, new_schema="s")]),
    ("ALTER VIEW v OWNER TO x", [AlterObject(object_type="VIEW", name=V, option="OWNER TO", argument="x")]),
    ("ALTER MATERIALIZED VIEW v CLUSTER ON i, SET (a = 1)", [
        AlterObject(object_type="MATERIALIZED VIEW", name=V, option="CLUSTER ON", argument="i"),
        AlterObject(object_type="MATERIALIZED VIEW", name=V, option="SET (...)", argument="a = 1")]),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "expected"), POSTGRES)
def test_postgres(sql: str, expected: list[Operation]) -> None:
    assert ops(sql) == expected


def test_sqlite() -> None:
    assert ops("CREATE TEMP VIEW IF NOT EXISTS v (a) AS SELECT b FROM [T U]", "sqlite") == [
        view("SELECT b FROM [T U]", "t u", columns=("a",), temporary=True, if_not_exists=True)
    ]


READS = [
    ("SELECT 1", ""),
    ("SELECT * FROM a, S.B x JOIN ONLY c AS y ON x.a = y.a LEFT JOIN \"D\" USING (a)", "a s.b c D"),
    ("SELECT * FROM (SELECT * FROM a) x, LATERAL (SELECT 1 FROM b) y", "a b"),
    ("SELECT (SELECT max(q) FROM a) FROM b WHERE EXISTS (SELECT 1 FROM c) AND d IN (SELECT e FROM f)", "a b c f"),
    ("WITH x AS (SELECT * FROM a), y (q) AS (SELECT 1 FROM x) SELECT * FROM x JOIN y USING (q), s.x", "a s.x"),
    ("WITH RECURSIVE x AS (SELECT 1 UNION ALL SELECT 2 FROM x, b) SELECT * FROM x", "b"),
    ("SELECT extract(year FROM c), substring(c FROM 1), trim(both FROM c), c IS DISTINCT FROM d FROM a", "a"),
    ("SELECT * FROM generate_series(1, 2) g, unnest(ARRAY[1]) u, a", "a"),
    ("SELECT 1 FROM a UNION SELECT 2 FROM b ORDER BY 1, 2", "a b"),
    ("(SELECT 1 FROM a) UNION ALL (SELECT 2 FROM b)", "a b"),
    ("SELECT a, b FROM c GROUP BY a, b HAVING count(*) > 1 LIMIT 1", "c"),
    ("SELECT * FROM (a JOIN b ON true) CROSS JOIN c", "a b c"),
    ("SELECT 1 FROM a WHERE b = 'FROM c' -- FROM d", "a"),
    ("SELECT 1 FROM a, a x", "a"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "expected"), READS)
def test_what_a_query_reads(query: str, expected: str) -> None:
    [found] = ops(f"CREATE VIEW v AS {query}")
    assert isinstance(found, CreateView)
    assert sorted(map(str, found.reads)) == sorted(expected.split())


@pytest.mark.parametrize(("query", "expected"), READS)
def test_scanning_finds_the_same(query: str, expected: str) -> None:
    dialect = get("postgres")
    found = scanned_relations(list(tokens(query, dialect.lexical)), Cursor(query, dialect))
    assert sorted(map(str, found)) == sorted(expected.split())


HARD = [
    ("SELECT " + "(" * 200 + "1" + ")" * 200 + " FROM a", "a"),
    ("SELECT " + "NOT " * 5000 + "b FROM a", "a"),
    ("SELECT " + "- " * 5000 + "b FROM a", "a"),
    ("SELECT " + "CASE WHEN b THEN " * 500 + "1" + " END" * 500 + " FROM a", "a"),
    ("SELECT '" + "x" * 200_001 + "' FROM a", "a"),
    ("SELECT a FROM b WHERE ((c", None),
    ("EXECUTE p", ""),
    ("SELECT a ! ! FROM b SELECT 1 FROM c", "b c"),
]


@pytest.mark.parametrize(("query", "expected"), HARD)
def test_queries_that_the_parser_does_not_get_or_cannot_read(query: str, expected: str | None) -> None:
    [found] = ops(f"CREATE VIEW v AS {query}")
    if expected is None:
        assert found == opaque(f"CREATE VIEW v AS {query}")
    else:
        assert isinstance(found, CreateView)
        assert list(map(str, found.reads)) == expected.split()


def test_the_parser_says_nothing_on_its_own(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        ops("CREATE VIEW v AS SELECT 1 FROM a WITH FOO")
    assert caplog.records == []


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("CREATE VIEW v", "the statement ends where AS should stand (line 1)"),
        ("CREATE VIEW v AS", "the statement ends where a query should stand (line 1)"),
        ("CREATE VIEW v AS DELETE FROM t", "unexpected DELETE where a query should stand (line 1)"),
        ("CREATE VIEW v AS SELECT 1)", "unexpected ) (line 1)"),
        ("CREATE VIEW v () AS SELECT 1", "unexpected ) where a name should stand (line 1)"),
        ("CREATE UNIQUE VIEW v AS SELECT 1", "unexpected v behind CREATE UNIQUE (line 1)"),
        ("ALTER VIEW v ADD COLUMN a int", "unexpected ADD (line 1)"),
        ("REFRESH VIEW v", "unexpected VIEW where MATERIALIZED should stand (line 1)"),
    ],
)
def test_opaque(sql: str, reason: str) -> None:
    assert opaque(sql).reason == reason
