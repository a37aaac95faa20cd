"""CREATE TABLE."""

from __future__ import annotations

from dataclasses import replace

import pytest

from migrail.model.operations import CreateObject, CreateTable
from migrail.model.structure import (
    Column,
    Constraint,
    ConstraintKind,
    Generated,
    Like,
    Name,
    PartOptions,
    Reference,
)
from tests.sql.support import CHECK_A, INT, TEXT, A, ex, n, opaque, ops, ty

T = n("t")
DESC = PartOptions(descending=True, nulls_first=True)
PRIMARY, UNIQUE = ConstraintKind.PRIMARY_KEY, ConstraintKind.UNIQUE

ALL = frozenset(
    {"COMMENTS", "COMPRESSION", "CONSTRAINTS", "DEFAULTS", "GENERATED", "IDENTITY", "INDEXES"}
    | {"STATISTICS", "STORAGE"}
)


def table(*columns: Column, **rest: object) -> CreateTable:
    return CreateTable(table=T, columns=columns, **rest)  # type: ignore[arg-type]


def key(kind: ConstraintKind, *columns: str, options: tuple[PartOptions, ...] = ()) -> Constraint:
    return Constraint(kind=kind, columns=columns, options=options)


POSTGRES = [
    ("CREATE TABLE t ()", table()),
    ("CREATE TABLE t (a int)", table(A)),
    ("CREATE TABLE IF NOT EXISTS S.t (a int)", CreateTable(table=n("s.t"), columns=(A,), if_not_exists=True)),
    ("CREATE TEMP TABLE t (a int) ON COMMIT DROP", table(A, temporary=True, options=(("ON COMMIT", "DROP"),))),
    ("CREATE LOCAL TEMPORARY TABLE t (a int) ON COMMIT PRESERVE ROWS", table(
        A, temporary=True, options=(("ON COMMIT", "PRESERVE ROWS"),))),
    ("CREATE UNLOGGED TABLE t (a int) USING heap WITH (fillfactor = 70) TABLESPACE x", table(
        A, unlogged=True, options=(("USING", "heap"), ("WITH", "(fillfactor = 70)"), ("TABLESPACE", "x")))),
    ("CREATE TABLE t (a int) WITHOUT OIDS", table(A)),
    ("CREATE TABLE t (id bigserial PRIMARY KEY, a int NOT NULL DEFAULT 0 CHECK (a > 0), b text UNIQUE)", table(
        Column(name="id", type=ty("bigint", serial=True), not_null=True, constraints=(key(PRIMARY, "id"),)),
        Column(name="a", type=INT, not_null=True, default=ex("0"), constraints=(
            Constraint(kind=ConstraintKind.CHECK, columns=("a",), expression=ex("a > 0", columns="a")),)),
        Column(name="b", type=TEXT, constraints=(key(UNIQUE, "b"),)))),
    ("CREATE TABLE t (a int, PRIMARY KEY (a, b), UNIQUE (c) INCLUDE (d), CHECK (a > 0) NO INHERIT, "
     "CONSTRAINT f FOREIGN KEY (a) REFERENCES u (b) ON DELETE CASCADE)", table(A, constraints=(
        key(PRIMARY, "a", "b"), replace(key(UNIQUE, "c"), include=("d",)), replace(CHECK_A, no_inherit=True),
        Constraint(
            kind=ConstraintKind.FOREIGN_KEY, name="f", columns=("a",),
            references=Reference(table=n("u"), columns=("b",), on_delete="CASCADE"))))),
    ("CREATE TABLE t (a int, CONSTRAINT n NOT NULL a)", table(A, constraints=(
        Constraint(kind=ConstraintKind.NOT_NULL, name="n", columns=("a",)),))),
    ("CREATE TABLE t (a int, EXCLUDE USING gist (a WITH =, r WITH &&))", table(A, constraints=(
        key(ConstraintKind.EXCLUDE, "a", "r"),))),
    ("CREATE TABLE t (a int NULL DEFAULT NULL::int)", table(Column(name="a", type=INT, default=ex("NULL::int")))),
    ("CREATE TABLE t (a text STORAGE main COMPRESSION lz4 COLLATE s.\"C\" DEFAULT 'x' COLLATE \"D\")", table(
        Column(name="a", type=TEXT, collation="D", default=ex("'x'")))),
    ("CREATE TABLE t (a int DEFAULT (SELECT 1) NOT NULL, b timestamptz DEFAULT now() AT TIME ZONE 'utc')", table(
        Column(name="a", type=INT, not_null=True, default=ex("(SELECT 1)")),
        Column(name="b", type=ty("timestamptz"), default=ex("now() AT TIME ZONE 'utc'", "now")))),
    ("CREATE TABLE t (LIKE s.u INCLUDING ALL EXCLUDING INDEXES, a int) INHERITS (p, s.q)", table(
        A, like=(Like(n("s.u"), ALL - {"INDEXES"}),), inherits=(n("p"), n("s.q")))),
    ("CREATE TABLE t (LIKE u INCLUDING DEFAULTS INCLUDING INDEXES, LIKE v)", table(
        like=(Like(n("u"), frozenset({"DEFAULTS", "INDEXES"})), Like(n("v"))))),
    ("CREATE TABLE t (a int, LIKE u)", table(A, like=(Like(n("u"), behind=1),))),
    ("CREATE TABLE t (a int) PARTITION BY RANGE (a, (b + 1) int4_ops)", table(
        A, partitioned_by="RANGE (a, (b + 1) int4_ops)")),
    ("CREATE TABLE t PARTITION OF s.p FOR VALUES IN ('a', NULL) PARTITION BY LIST (b)", table(
        partition_of=n("s.p"), partition_bound="FOR VALUES IN ('a', NULL)", partitioned_by="LIST (b)")),
    ("CREATE TABLE t PARTITION OF p (a NOT NULL, CHECK (a > 0)) DEFAULT", table(
        Column(name="a", not_null=True), constraints=(CHECK_A,), partition_of=n("p"), partition_bound="DEFAULT")),
    ("CREATE TABLE t OF ty (PRIMARY KEY (a), a WITH OPTIONS DEFAULT 1)", table(
        Column(name="a", default=ex("1")), of_type=n("ty"), constraints=(key(PRIMARY, "a"),))),
    ("CREATE TABLE t AS SELECT 1 FROM u WITH NO DATA", table(query="SELECT 1 FROM u")),
    ("CREATE TABLE t (a, b) AS VALUES (1, 2)", table(Column(name="a"), Column(name="b"), query="VALUES (1, 2)")),
    ("CREATE TABLE t WITH (fillfactor = 10) AS (SELECT 1)", table(
        query="(SELECT 1)", options=(("WITH", "(fillfactor = 10)"),))),
    ("CREATE TABLE t AS TABLE u", table(query="TABLE u")),
    ("SELECT a, f(b) INTO TEMP TABLE t FROM u", table(
        temporary=True, query="SELECT a, f(b) INTO TEMP TABLE t FROM u")),
    ("WITH x AS (SELECT 1) SELECT * INTO t FROM x", table(query="WITH x AS (SELECT 1) SELECT * INTO t FROM x")),
]  # fmt: skip

SQLITE = [
    ("CREATE TABLE t (a, b INTEGER PRIMARY KEY AUTOINCREMENT, c)", table(
        Column(name="a"), Column(name="b", type=INT, constraints=(key(PRIMARY, "b"),)), Column(name="c"))),
    ("CREATE TABLE t ([A] VARCHAR(10) NOT NULL ON CONFLICT FAIL COLLATE NOCASE UNIQUE ON CONFLICT IGNORE)", table(
        Column(name="a", type=ty("varchar", "10"), not_null=True, collation="nocase",
               constraints=(key(UNIQUE, "a"),)))),
    ("CREATE TABLE t (a UNSIGNED BIG INT DEFAULT -1 PRIMARY KEY DESC ON CONFLICT ABORT)", table(
        Column(name="a", type=ty("unsigned big int"), default=ex("-1"), constraints=(
            key(PRIMARY, "a", options=(DESC,)),)))),
    ("CREATE TABLE main.'t' (a int AS (b) STORED, c GENERATED ALWAYS AS (b + 1)) WITHOUT ROWID, STRICT",
     CreateTable(table=Name("main", "t"), without_rowid=True, strict=True, columns=(
            Column(name="a", type=ty("int"), generated=Generated.STORED, generation=ex("b", columns="b")),
            Column(name="c", generated=Generated.VIRTUAL, generation=ex("b + 1", columns="b"))))),
    ("CREATE TABLE t (a, PRIMARY KEY (a COLLATE NOCASE DESC) ON CONFLICT FAIL UNIQUE (a), CHECK (a > 0))", table(
        Column(name="a"), constraints=(
            key(PRIMARY, "a", options=(replace(DESC, collation=n("nocase")),)), key(UNIQUE, "a"), CHECK_A))),
    ("CREATE TABLE t (id integer, PRIMARY KEY (id AUTOINCREMENT)) STRICT", table(
        Column(name="id", type=INT), constraints=(key(PRIMARY, "id"),), strict=True)),
    ("CREATE TABLE t (a DATETIME DEFAULT CURRENT_TIMESTAMP, b DEFAULT (datetime('now')), c DEFAULT \"x\")", table(
        Column(name="a", type=ty("datetime"), default=ex("CURRENT_TIMESTAMP", "current_timestamp")),
        Column(name="b", default=ex("(datetime('now'))", "datetime")),
        Column(name="c", default=ex('"x"', columns="x")))),
    ("CREATE TEMP TABLE t AS SELECT 1", table(temporary=True, query="SELECT 1")),
    ("CREATE VIRTUAL TABLE t USING fts5(a, tokenize = 'x y')", CreateObject(object_type="VIRTUAL TABLE", name=T)),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "expected"), POSTGRES)
def test_postgres(sql: str, expected: CreateTable) -> None:
    assert ops(sql) == [expected]


@pytest.mark.parametrize(("sql", "expected"), SQLITE)
def test_sqlite(sql: str, expected: CreateTable) -> None:
    assert ops(sql, "sqlite") == [expected]


OPAQUE = [
    ("postgres", "CREATE TABLE", "the statement ends where a name should stand (line 1)"),
    ("postgres", "CREATE TABLE t", "the statement ends (line 1)"),
    ("postgres", "CREATE TABLE t (a int,,)", "unexpected , where a name should stand (line 1)"),
    ("postgres", "CREATE TABLE t (\na int,\n)", "unexpected ) where a name should stand (line 3)"),
    ("postgres", "CREATE TABLE t (a int", "the statement ends where , should stand (line 1)"),
    ("postgres", "CREATE TABLE t (a int b int)", "unexpected b where , should stand (line 1)"),
    ("postgres", "CREATE TABLE t (a, b)", "the statement ends behind columns without types (line 1)"),
    (
        "postgres",
        "CREATE TABLE t (a int AUTO_INCREMENT)",
        "unexpected AUTO_INCREMENT where , should stand (line 1)",
    ),
    ("postgres", "CREATE TABLE t (a int) ENGINE=InnoDB", "unexpected ENGINE (line 1)"),
    ("postgres", "CREATE TABLE t (a int) STRICT", "unexpected STRICT (line 1)"),
    ("postgres", "CREATE TABLE t (a int DEFAULT)", "unexpected ) where a name should stand (line 1)"),
    ("postgres", "CREATE TABLE t (a int UNIQUE (b))", "unexpected ( where , should stand (line 1)"),
    ("postgres", "CREATE TABLE t AS UPDATE u SET a = 1", "unexpected UPDATE where a query should stand (line 1)"),
    ("postgres", "CREATE TABLE t AS WITH NO DATA", "the statement ends where a query should stand (line 1)"),
    ("postgres", "CREATE UNIQUE TABLE t (a int)", "unexpected t behind CREATE UNIQUE (line 1)"),
    ("sqlite", "CREATE TABLE t (a int) TABLESPACE x", "unexpected TABLESPACE (line 1)"),
    ("sqlite", "CREATE TABLE t (a, PRIMARY KEY (a) b)", "unexpected b where , should stand (line 1)"),
]


@pytest.mark.parametrize(("dialect", "sql", "reason"), OPAQUE)
def test_opaque(dialect: str, sql: str, reason: str) -> None:
    assert opaque(sql, dialect).reason == reason
