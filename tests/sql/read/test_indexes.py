"""Indexes."""

from __future__ import annotations

import pytest

from migrail.model.operations import AlterObject, CreateIndex, DropIndex, Operation, Reindex, RenameIndex
from migrail.model.structure import PartOptions
from tests.sql.support import behind, ex, n, opaque, ops

T = n("t")
PLAIN = PartOptions()


def index(*columns: str, **rest: object) -> CreateIndex:
    return CreateIndex(**{"table": T, "index": "i", "columns": columns, **rest})  # type: ignore[arg-type]


CREATE = [
    ("CREATE INDEX i ON t (a)", index("a")),
    ("CREATE INDEX ON t (a, B)", index("a", "b", index=None)),
    ("CREATE INDEX CONCURRENTLY ON t (a)", index("a", index=None, concurrently=True)),
    ("CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY s.t USING Gin (a)", index(
        "a", table=n("s.t"), unique=True, concurrently=True, if_not_exists=True, only=True, method="gin")),
    ('CREATE INDEX i ON t (a COLLATE "C" text_ops DESC NULLS LAST, b public.x_ops (siglen = 32) ASC)',
     index("a", "b", options=(
         PartOptions(collation=n("C"), operator_class=n("text_ops"), descending=True),
         PartOptions(operator_class=n("public.x_ops"), parameters="siglen = 32")))),
    ("CREATE INDEX i ON t (a DESC, b NULLS FIRST, c ASC NULLS LAST)", index("a", "b", "c", options=(
        PartOptions(descending=True, nulls_first=True), PartOptions(nulls_first=True), PLAIN))),
    ("CREATE INDEX i ON t (a ASC NULLS LAST)", index("a")),
    ("CREATE INDEX i ON t (lower(a) text_pattern_ops, (b->>'x'), ((c)), s.f(d), left(e, 1), CAST(f AS text))",
     index("lower(a)", "b->>'x'", "(c)", "s.f(d)", "left(e, 1)", "CAST(f AS text)",
           options=(PartOptions(operator_class=n("text_pattern_ops")), *[PLAIN] * 5))),
    ("CREATE INDEX i ON t (a) INCLUDE (b, c) NULLS NOT DISTINCT WITH (fillfactor = 70) TABLESPACE x WHERE a > f(0)",
     index("a", include=("b", "c"), where=ex("a > f(0)", "f", "a"), nulls_not_distinct=True,
           storage="WITH (fillfactor = 70) TABLESPACE x")),
]  # fmt: skip

SQLITE = [
    ("CREATE UNIQUE INDEX IF NOT EXISTS main.i ON t (a COLLATE NOCASE DESC, lower(b) ASC, c + 1, (d) || e)", index(
        "a", "lower(b)", "c + 1", "(d) || e", table=n("main.t"), unique=True, if_not_exists=True,
        options=(PartOptions(collation=n("nocase"), descending=True, nulls_first=True), *[PLAIN] * 3))),
    ("CREATE INDEX [i] ON [t] ([a b]) WHERE a IS NOT NULL", index("a b", where=ex("a IS NOT NULL", columns="a"))),
]  # fmt: skip

OTHERS: list[tuple[str, list[Operation]]] = [
    ("DROP INDEX i", [DropIndex(name=n("i"))]),
    ("DROP INDEX CONCURRENTLY IF EXISTS i, s.j CASCADE", [
        DropIndex(name=n("i"), concurrently=True, if_exists=True, cascade=True),
        DropIndex(name=n("s.j"), concurrently=True, if_exists=True, cascade=True)]),
    ("ALTER INDEX IF EXISTS s.i RENAME TO j", [RenameIndex(name=n("s.i"), new_name="j", if_there=True)]),
    *((f"ALTER INDEX i {words}", [AlterObject(
        object_type="INDEX", name=n("i"), option=option, argument=behind(words, option))])
      for words, option in [
        ("SET TABLESPACE x", "SET TABLESPACE"), ("ATTACH PARTITION s.j", "ATTACH PARTITION"),
        ("SET (fillfactor = 5)", "SET (...)"), ("NO DEPENDS ON EXTENSION x", "NO DEPENDS ON EXTENSION"),
    ]),
    ("ALTER INDEX i ALTER COLUMN 1 SET STATISTICS 5", [
        AlterObject(object_type="INDEX", name=n("i"), option="ALTER COLUMN SET STATISTICS", argument="5")]),
    ("ALTER INDEX ALL IN TABLESPACE a SET TABLESPACE b", [
        AlterObject(object_type="INDEX", name=None, option="ALL IN TABLESPACE")]),
    ("REINDEX TABLE s.t", [Reindex(name=n("s.t"), scope="TABLE")]),
    ("REINDEX INDEX CONCURRENTLY i", [Reindex(name=n("i"), scope="INDEX", concurrently=True)]),
    ("REINDEX (VERBOSE, CONCURRENTLY) SCHEMA s", [Reindex(name=n("s"), scope="SCHEMA", concurrently=True)]),
    ("REINDEX (CONCURRENTLY false) DATABASE d", [Reindex(name=n("d"), scope="DATABASE")]),
    ("REINDEX SYSTEM", [Reindex(name=None, scope="SYSTEM")]),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "expected"), CREATE)
def test_create_index(sql: str, expected: CreateIndex) -> None:
    assert ops(sql) == [expected]


@pytest.mark.parametrize(("sql", "expected"), SQLITE)
def test_create_index_in_sqlite(sql: str, expected: CreateIndex) -> None:
    assert ops(sql, "sqlite") == [expected]


@pytest.mark.parametrize(("sql", "expected"), OTHERS)
def test_other_statements(sql: str, expected: list[Operation]) -> None:
    assert ops(sql) == expected


def test_reindex_in_sqlite() -> None:
    assert ops("REINDEX", "sqlite") == [Reindex(name=None, scope="DATABASE")]
    assert ops("REINDEX main.t", "sqlite") == [Reindex(name=n("main.t"), scope="TABLE")]


@pytest.mark.parametrize(
    ("sql", "keyword", "reason"),
    [
        ("CREATE INDEX i ON t", "CREATE INDEX", "the statement ends where ( should stand (line 1)"),
        ("CREATE INDEX i ON t ()", "CREATE INDEX", "unexpected ) where a name should stand (line 1)"),
        ("CREATE INDEX i ON t (a", "CREATE INDEX", "the statement ends where ) should stand (line 1)"),
        ("CREATE INDEX i ON t (a b c)", "CREATE INDEX", "unexpected c where ) should stand (line 1)"),
        ("CREATE INDEX i ON t (a + b)", "CREATE INDEX", "unexpected + where ( should stand (line 1)"),
        ("CREATE INDEX i ON t (a) WHERE )", "CREATE INDEX", "unexpected ) (line 1)"),
        ("CREATE INDEX i ON t (a) WHERE", "CREATE INDEX",
         "the statement ends where an expression should stand (line 1)"),
        ("CREATE INDEX i ON t (())", "CREATE INDEX", "unexpected ) where a column should stand (line 1)"),
        ("CREATE INDEX i ON t (a) ALGORITHM=INPLACE", "CREATE INDEX", "unexpected ALGORITHM (line 1)"),
        ("CREATE FULLTEXT INDEX i ON t (a)", "CREATE FULLTEXT INDEX", "unexpected FULLTEXT (line 1)"),
        ("DROP INDEX i ON t", "DROP INDEX", "unexpected ON (line 1)"),
        ("DROP INDEX IF NOT EXISTS i", "DROP INDEX", "unexpected NOT (line 1)"),
        ("REINDEX t", "REINDEX", "unexpected t (line 1)"),
    ],
)  # fmt: skip
def test_opaque(sql: str, keyword: str, reason: str) -> None:
    found = opaque(sql)
    assert (found.keyword, found.reason) == (keyword, reason)
