"""Statements that read and change rows."""

from __future__ import annotations

import pytest

from migrail.model.operations import (
    Delete,
    Insert,
    Merge,
    Operation,
    RowChange,
    Select,
    SessionCommand,
    Truncate,
    Update,
)
from tests.sql.support import n, opaque, ops

T, U = n("t"), n("u")

BOTH: list[tuple[str, list[Operation]]] = [
    ("INSERT INTO t VALUES (1, 2)", [Insert(table=T)]),
    ('INSERT INTO s.t (A, "B") VALUES (1, 2), (3, 4)', [Insert(table=n("s.t"), columns=("a", "B"))]),
    ("INSERT INTO t DEFAULT VALUES", [Insert(table=T)]),
    ("INSERT INTO t AS x (a) SELECT 1 ON CONFLICT (a) DO UPDATE SET b = 1 WHERE x.a = 1 RETURNING *", [
        Insert(table=T, columns=("a",))]),
    ("INSERT INTO t WITH x AS (SELECT 1) SELECT * FROM x", [Insert(table=T)]),
    ("UPDATE t SET a = 1", [Update(table=T, columns=("a",))]),
    ("UPDATE s.t AS x SET A = 1, (b, c) = (SELECT 1, d FROM u WHERE e = 5), f = CASE WHEN g THEN 1 END FROM u", [
        Update(table=n("s.t"), columns=("a", "b", "c", "f"))]),
    ("UPDATE t SET a = b IS DISTINCT FROM c, d = (a, b) = (1, 2) WHERE true", [
        Update(table=T, columns=("a", "d"), has_where=True)]),
    ("DELETE FROM t", [Delete(table=T)]),
    ("DELETE FROM t WHERE a IN (SELECT 1 FROM u)", [Delete(table=T, has_where=True)]),
    ("DELETE FROM t RETURNING (SELECT 1 FROM u WHERE a)", [Delete(table=T)]),
    ("SELECT 1", [Select()]),
    ("SELECT setval('s', 1), count(*), lower(a) FROM t WHERE a IN (1) AND b = 'f()'", [
        Select(functions=("setval", "count", "lower"))]),
    ("VALUES (1, f(2)), (f(3), 4)", [Select(functions=("f",))]),
    ("WITH a AS (SELECT f(1)), b (x, y) AS (SELECT 1, 2) SELECT g(x) FROM a", [Select(functions=("f", "g"))]),
    ("WITH a AS (SELECT f(1)) UPDATE t SET b = 1", [Update(table=T, columns=("b",))]),
]  # fmt: skip

POSTGRES: list[tuple[str, list[Operation]]] = [
    ("INSERT INTO t (a.b, c[1]) OVERRIDING SYSTEM VALUE VALUES (1, 2)", [Insert(table=T, columns=("a", "c"))]),
    ("INSERT INTO t (SELECT 1)", [Insert(table=T)]),
    ("INSERT INTO t ((SELECT 1))", [Insert(table=T)]),
    ("INSERT INTO t TABLE u", [Insert(table=T)]),
    ("UPDATE ONLY t * x SET a.b = 1, c[d] = 2", [Update(table=T, columns=("a", "c"))]),
    ("UPDATE t SET a = 1 WHERE CURRENT OF c", [Update(table=T, columns=("a",), has_where=True)]),
    ("DELETE FROM ONLY (t) x USING u WHERE true", [Delete(table=T, has_where=True)]),
    ("WITH a AS (DELETE FROM t WHERE x RETURNING *), b AS NOT MATERIALIZED (SELECT f(1)), "
     "c AS (WITH z AS (SELECT 1) INSERT INTO u SELECT * FROM a) SELECT g() FROM b", [
        Delete(table=T, has_where=True), Insert(table=U), Select(functions=("f", "g"))]),
    ("WITH RECURSIVE a AS (SELECT 1) SEARCH DEPTH FIRST BY x SET y CYCLE z SET c TO 1 DEFAULT 2 USING p "
     "UPDATE t SET a = 1 WHERE b", [Update(table=T, columns=("a",), has_where=True)]),
    ("WITH a AS (UPDATE t SET b = 1 WHERE c), d AS (DELETE FROM u) SELECT 1", [
        Update(table=T, columns=("b",), has_where=True), Delete(table=U), Select()]),
    ("MERGE INTO ONLY t AS a USING u ON a.b = u.b WHEN MATCHED THEN DELETE", [Merge(table=T)]),
    ("TRUNCATE t", [Truncate(table=T)]),
    ("TRUNCATE TABLE ONLY t, u * RESTART IDENTITY CASCADE", [
        Truncate(table=T, cascade=True), Truncate(table=U, cascade=True)]),
    ("TABLE t ORDER BY a", [Select()]),
    ("(SELECT f(1)) UNION (VALUES (2))", [Select(functions=("f",))]),
    ("COPY t (a, b) FROM '/x' WITH (FORMAT csv)", [Insert(table=T, columns=("a", "b"))]),
    ("COPY t FROM PROGRAM 'x'", [Insert(table=T)]),
    ("COPY t TO STDOUT", [Select()]),
    ("COPY (SELECT 1) TO '/x'", [Select()]),
    ("EXPLAIN DELETE FROM t", [SessionCommand(verb="EXPLAIN")]),
    ("EXPLAIN (ANALYZE, COSTS off) DELETE FROM t", [SessionCommand(verb="EXPLAIN"), Delete(table=T)]),
    ("EXPLAIN (ANALYZE false) DELETE FROM t", [SessionCommand(verb="EXPLAIN")]),
    ("EXPLAIN ANALYZE VERBOSE DELETE FROM t", [SessionCommand(verb="EXPLAIN"), Delete(table=T)]),
]  # fmt: skip

SQLITE: list[tuple[str, list[Operation]]] = [
    ("INSERT OR IGNORE INTO t ([a b]) VALUES (1)", [Insert(table=T, columns=("a b",))]),
    ("REPLACE INTO t (a) VALUES (1)", [Insert(table=T, columns=("a",))]),
    ("UPDATE OR REPLACE t SET a = 1 WHERE b", [Update(table=T, columns=("a",), has_where=True)]),
    ("UPDATE t INDEXED BY i SET a = 1", [Update(table=T, columns=("a",))]),
    ("DELETE FROM main.t NOT INDEXED WHERE a", [Delete(table=n("main.t"), has_where=True)]),
    ("EXPLAIN QUERY PLAN DELETE FROM t", [SessionCommand(verb="EXPLAIN")]),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "expected"), BOTH + POSTGRES)
def test_postgres(sql: str, expected: list[Operation]) -> None:
    assert ops(sql) == expected


@pytest.mark.parametrize(("sql", "expected"), SQLITE)
def test_sqlite(sql: str, expected: list[Operation]) -> None:
    assert ops(sql, "sqlite") == expected


@pytest.mark.parametrize(("sql", "expected"), [case for case in BOTH if '"B"' not in case[0]])
def test_both(sql: str, expected: list[Operation]) -> None:
    assert ops(sql, "sqlite") == expected


@pytest.mark.parametrize(
    ("dialect", "sql", "keyword", "reason"),
    [
        ("postgres", "INSERT INTO t", "INSERT INTO", "the statement ends (line 1)"),
        ("postgres", "INSERT INTO t (a,) SELECT", "INSERT INTO", "unexpected ) where a name should stand (line 1)"),
        ("postgres", "INSERT INTO t SET a = 1", "INSERT INTO", "unexpected SET (line 1)"),
        ("postgres", "INSERT t VALUES (1)", "INSERT", "unexpected t where INTO should stand (line 1)"),
        ("postgres", "INSERT OR FAIL INTO t", "INSERT OR", "unexpected OR where INTO should stand (line 1)"),
        ("postgres", "REPLACE t", "REPLACE", "unexpected REPLACE where a statement should begin (line 1)"),
        ("postgres", "UPDATE t", "UPDATE", "the statement ends where SET should stand (line 1)"),
        ("postgres", "UPDATE t SET", "UPDATE", "the statement ends (line 1)"),
        ("postgres", "UPDATE t SET a = 1)", "UPDATE", "unexpected ) (line 1)"),
        ("postgres", "UPDATE t SET a = (1", "UPDATE", "the statement ends before a parenthesis is closed (line 1)"),
        ("postgres", "DELETE FROM t LIMIT", "DELETE FROM", "unexpected LIMIT (line 1)"),
        ("postgres", "DELETE t WHERE a", "DELETE", "unexpected t where FROM should stand (line 1)"),
        ("postgres", "DELETE FROM t x y", "DELETE FROM", "unexpected y (line 1)"),
        ("postgres", "WITH a AS (DELETE FROM t) ALTER TABLE t ADD a int", "WITH", "unexpected ALTER (line 1)"),
        ("postgres", "WITH a AS (DELETE FROM t", "WITH", "the statement ends where ) should stand (line 1)"),
        ("postgres", "WITH a AS (FROB) SELECT 1", "WITH", "unexpected FROB (line 1)"),
        ("postgres", "TABLE t ADD a int", "TABLE", "unexpected ADD (line 1)"),
        ("postgres", "(1) UNION (SELECT 2)", "(1)", "unexpected ( (line 1)"),
        ("postgres", "MERGE INTO t SET a = 1", "MERGE INTO", "unexpected SET where USING should stand (line 1)"),
        ("postgres", "TRUNCATE a b", "TRUNCATE", "unexpected b (line 1)"),
        ("postgres", "COPY t", "COPY", "the statement ends (line 1)"),
        ("postgres", "COPY t FROM", "COPY", "the statement ends (line 1)"),
        ("postgres", "EXPLAIN EXPLAIN SELECT 1", "EXPLAIN EXPLAIN SELECT", "unexpected EXPLAIN (line 1)"),
        ("sqlite", "DELETE FROM t x", "DELETE FROM", "unexpected x (line 1)"),
        ("sqlite", "TABLE t", "TABLE", "unexpected TABLE where a statement should begin (line 1)"),
    ],
)  # fmt: skip
def test_opaque(dialect: str, sql: str, keyword: str, reason: str) -> None:
    found = opaque(sql, dialect)
    assert (found.keyword, found.reason) == (keyword, reason)


CALLED = [
    ("UPDATE t SET a = app.f(b) WHERE c > nextval('s')", ("app.f", "nextval")),
    ("DELETE FROM t WHERE pg_notify('a', b) IS NULL", ("pg_notify",)),
    ("INSERT INTO t (a) VALUES (1, 'f(x)'), (2, 'y')", ()),
    ("INSERT INTO t (a) VALUES (nextval('s'))", ("nextval",)),
    ("INSERT INTO t SELECT f(a) FROM g(1) ON CONFLICT (a) DO NOTHING", ("f", "g")),
    ("MERGE INTO t USING s ON t.a = s.a WHEN NOT MATCHED THEN INSERT (a) VALUES (f(s.a))", ("f",)),
]


@pytest.mark.parametrize(("sql", "functions"), CALLED)
def test_functions_that_a_change_calls(sql: str, functions: tuple[str, ...]) -> None:
    (operation,) = ops(sql)
    assert isinstance(operation, RowChange)
    assert operation.functions == functions


TARGETS = [
    ("UPDATE t SET a = ARRAY[b, c], d = 1", ("a", "d")),
    ("UPDATE t SET a[1] = b, (c, d) = (e, f), g.h = i", ("a", "c", "d", "g")),
    ("UPDATE t SET a = (SELECT b, c FROM d), e = f[g]", ("a", "e")),
]


@pytest.mark.parametrize(("sql", "columns"), TARGETS)
def test_the_columns_on_the_left(sql: str, columns: tuple[str, ...]) -> None:
    (operation,) = ops(sql)
    assert isinstance(operation, Update)
    assert operation.columns == columns


def test_copy_of_a_query_that_changes_rows() -> None:
    assert ops("COPY (DELETE FROM t RETURNING a) TO STDOUT") == [Delete(table=T)]
