# ruff: noqa: E501 - one case is one line
"""What statements of MySQL mean."""

from __future__ import annotations

import pytest

from migrail.model.operations import (
    AddColumn,
    AddConstraint,
    AlterTableOption,
    ConvertCharset,
    CreateFunction,
    CreateIndex,
    CreateTable,
    CreateTrigger,
    CreateView,
    Delete,
    DropColumn,
    DropConstraint,
    DropIndex,
    DropTable,
    Insert,
    LockTable,
    ModifyColumn,
    MoveTable,
    Operation,
    RenameColumn,
    RenameIndex,
    RenameTable,
    RunCode,
    SetDefault,
    SetVariable,
    TransactionControl,
    Truncate,
    Update,
)
from migrail.model.structure import Column, Constraint, ConstraintKind, Generated, Like, PartOptions, Reference
from tests.sql.support import ex, n, ops, ty

INT = ty("int")
PRIMARY = Constraint(kind=ConstraintKind.PRIMARY_KEY, name="PRIMARY", columns=("a",))
T = n("t")

CASES: list[tuple[str, list[Operation]]] = [
    ("ALTER TABLE T ADD `X` int(11) UNSIGNED NOT NULL DEFAULT 5 AFTER A", [
        AddColumn(table=n("T"), after="a", column=Column(
            name="x", type=ty("int unsigned"), not_null=True, default=ex("5")))]),
    ("ALTER TABLE t ADD x int FIRST, ALGORITHM=INPLACE, LOCK=NONE", [
        AddColumn(table=T, column=Column(name="x", type=INT), after="", algorithm="INPLACE", lock="NONE")]),
    ("ALTER TABLE t ADD x int, ALGORITHM=DEFAULT", [AddColumn(table=T, column=Column(name="x", type=INT))]),
    ("ALTER TABLE t ADD (x int, y bool)", [
        AddColumn(table=T, column=Column(name="x", type=INT)),
        AddColumn(table=T, column=Column(name="y", type=ty("tinyint", "1")))]),
    ("ALTER TABLE t ADD x varchar(10) CHARACTER SET utf8 COLLATE utf8_bin", [
        AddColumn(table=T, column=Column(
            name="x", type=ty("varchar", "10"), charset="utf8mb3", collation="utf8mb3_bin"))]),
    ("ALTER TABLE t ADD x int AUTO_INCREMENT PRIMARY KEY", [
        AddColumn(table=T, column=Column(
            name="x", type=INT, not_null=True, generated=Generated.IDENTITY_DEFAULT,
            constraints=(Constraint(kind=ConstraintKind.PRIMARY_KEY, name="PRIMARY"),)))]),
    ("ALTER TABLE t ADD x int AS (A + 1) STORED", [
        AddColumn(table=T, column=Column(
            name="x", type=INT, generated=Generated.STORED, generation=ex("A + 1", columns="a")))]),
    ("ALTER TABLE t MODIFY A bigint NOT NULL", [
        ModifyColumn(table=T, column=Column(name="a", type=ty("bigint"), not_null=True))]),
    ("ALTER TABLE t CHANGE A B int", [
        RenameColumn(table=T, column="a", new_name="b"), ModifyColumn(table=T, column=Column(name="b", type=INT))]),
    ("ALTER TABLE t CHANGE a A int", [ModifyColumn(table=T, column=Column(name="a", type=INT))]),
    ("ALTER TABLE t ADD INDEX (A, b(10) DESC), ADD FULLTEXT ft (c)", [
        CreateIndex(table=T, columns=("a", "b"), options=(
            PartOptions(), PartOptions(length=10, descending=True, nulls_first=True))),
        CreateIndex(table=T, index="ft", columns=("c",), method="fulltext")]),
    ("ALTER TABLE t ADD CONSTRAINT u UNIQUE KEY k (a)", [
        AddConstraint(table=T, constraint=Constraint(kind=ConstraintKind.UNIQUE, name="k", columns=("a",)))]),
    ("ALTER TABLE t ADD CONSTRAINT Fk FOREIGN KEY (a) REFERENCES s.P (Id) ON DELETE CASCADE", [
        AddConstraint(table=T, constraint=Constraint(
            kind=ConstraintKind.FOREIGN_KEY, name="fk", columns=("a",),
            references=Reference(table=n("s.P"), columns=("id",), on_delete="CASCADE")))]),
    ("ALTER TABLE t ADD x int REFERENCES p (id)", [AddColumn(table=T, column=Column(name="x", type=INT))]),
    ("ALTER TABLE t DROP a, DROP PRIMARY KEY, DROP KEY k, DROP FOREIGN KEY f, DROP INDEX `PRIMARY`", [
        DropConstraint(table=T, constraint="PRIMARY"), DropIndex(name=n("k"), table=T),
        DropConstraint(table=T, constraint="f"), DropConstraint(table=T, constraint="PRIMARY"),
        DropColumn(table=T, column="a")]),
    ("ALTER TABLE t RENAME COLUMN a TO b, RENAME INDEX i TO j, RENAME TO u", [
        RenameColumn(table=T, column="a", new_name="b"), RenameIndex(name=n("i"), new_name="j", table=T),
        RenameTable(table=T, new_name="u")]),
    ("ALTER TABLE t ALTER a SET DEFAULT 'x'", [SetDefault(table=T, column="a", default=ex("'x'"))]),
    ("ALTER TABLE t ENGINE=InnoDB, CONVERT TO CHARACTER SET utf8mb4", [
        ConvertCharset(table=T, charset="utf8mb4"),
        AlterTableOption(table=T, option="OPTION ENGINE", argument="InnoDB")]),
    ("/*!50003 ALTER TABLE t DROP COLUMN a */", [DropColumn(table=T, column="a")]),
    ("CREATE TABLE x (a int PRIMARY KEY /*!50100 , b int */, KEY (a), UNIQUE (a))", [
        CreateTable(table=n("x"), columns=(
            Column(name="a", type=INT, not_null=True, constraints=(
                Constraint(kind=ConstraintKind.PRIMARY_KEY, name="PRIMARY"),)),
            Column(name="b", type=INT)),
            constraints=(Constraint(kind=ConstraintKind.UNIQUE, name="a_2", columns=("a",)),)),
        CreateIndex(table=n("x"), index="a", columns=("a",), with_table=True)]),
    ("CREATE TABLE x (a int) PARTITION BY HASH (a) PARTITIONS 2", [
        CreateTable(table=n("x"), columns=(Column(name="a", type=INT),), partitioned_by="HASH (a)")]),
    ("CREATE TABLE x LIKE t", [CreateTable(table=n("x"), like=(Like(T, frozenset(
        ["COMMENTS", "CONSTRAINTS", "DEFAULTS", "GENERATED", "IDENTITY", "INDEXES"])),))]),
    ("CREATE TABLE x SELECT a FROM t", [CreateTable(table=n("x"), query="SELECT a FROM t")]),
    ("CREATE UNIQUE INDEX I ON t (A) LOCK=SHARED", [
        CreateIndex(table=T, index="i", columns=("a",), unique=True, lock="SHARED")]),
    ("DROP INDEX i ON t", [DropIndex(name=n("i"), table=T)]),
    ("RENAME TABLE t TO u, a.x TO b.y", [
        RenameTable(table=T, new_name="u"), RenameTable(table=n("a.x"), new_name="y"),
        MoveTable(table=n("a.y"), new_schema="b")]),
    ("DROP TABLE IF EXISTS a, b", [
        DropTable(table=n("a"), if_exists=True), DropTable(table=n("b"), if_exists=True)]),
    ("CREATE VIEW v (X) AS SELECT a FROM t WITH CHECK OPTION", [
        CreateView(name=n("v"), query="SELECT a FROM t", reads=(T,), columns=("x",))]),
    ("CREATE PROCEDURE p(a int) BEGIN SELECT 1; END", [
        CreateFunction(name=n("p"), procedure=True, arguments="a int", language="sql", body="BEGIN SELECT 1; END")]),
    ("CREATE TRIGGER r AFTER INSERT ON t FOR EACH ROW SET @a = 1", [
        CreateTrigger(table=T, trigger="r", timing="AFTER INSERT", body="SET @a = 1")]),
    ("INSERT INTO t SET A = 1, b = (2 + 3)", [Insert(table=T, columns=("a", "b"))]),
    ("INSERT INTO t SET a = 1 ON DUPLICATE KEY UPDATE b = VALUES(a)", [Insert(table=T, columns=("a",))]),
    ("REPLACE t (A) VALUES (1)", [Insert(table=T, columns=("a",))]),
    ("UPDATE t x JOIN p y ON x.id = y.id SET x.a = 1, y.B = 2 WHERE x.id = 1", [
        Update(table=T, columns=("a", "b"), has_where=True), Update(table=n("p"), columns=("a", "b"), has_where=True)]),
    ("UPDATE t SET a = 1 LIMIT 5", [Update(table=T, columns=("a",))]),
    ("DELETE x FROM t AS x JOIN p ON p.id = x.id", [Delete(table=T)]),
    ("DELETE FROM t WHERE id IN (SELECT 1)", [Delete(table=T, has_where=True)]),
    ("TRUNCATE TABLE t", [Truncate(table=T)]),
    ("SET @a := 'x', FOREIGN_KEY_CHECKS = 0, GLOBAL x = 1, @@session.sql_mode = ''", [
        SetVariable(variable="@a", value="'x'"), SetVariable(variable="foreign_key_checks", value="0"),
        SetVariable(variable="global.x", value="1"), SetVariable(variable="sql_mode", value="''")]),
    ("SET NAMES utf8mb4 COLLATE utf8mb4_bin", [SetVariable(variable="names", value="utf8mb4")]),
    ("LOCK TABLES t READ, p AS q WRITE", [LockTable(table=T, mode="READ"), LockTable(table=n("p"), mode="WRITE")]),
    ("START TRANSACTION", [TransactionControl(verb="BEGIN")]),
    ("SAVEPOINT a", [TransactionControl(verb="SAVEPOINT")]),
    ("CALL s.p(1)", [RunCode(verb="CALL", name=n("s.p"))]),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "expected"), CASES, ids=[sql for sql, _ in CASES])
def test_operations(sql: str, expected: list[Operation]) -> None:
    assert ops(sql, "mysql") == expected


def test_mariadb_heeds_references_in_a_column() -> None:
    [operation] = ops("ALTER TABLE t ADD x int REFERENCES p (id)", "mariadb")
    assert isinstance(operation, AddColumn)
    assert [item.kind for item in operation.column.constraints] == [ConstraintKind.FOREIGN_KEY]


TYPES = [
    ("int(11)", ty("int")),
    ("INTEGER", ty("int")),
    ("tinyint(1)", ty("tinyint", "1")),
    ("tinyint(4)", ty("tinyint")),
    ("boolean", ty("tinyint", "1")),
    ("bigint(20) unsigned", ty("bigint unsigned")),
    ("int zerofill", ty("int unsigned zerofill")),
    ("numeric(5)", ty("decimal", "5", "0")),
    ("float(30)", ty("double")),
    ("double precision", ty("double")),
    ("char", ty("char", "1")),
    ("national varchar(5)", ty("varchar", "5")),
    ("enum('a', \"it's\")", ty("enum", "'a'", "'it''s'")),
    ("datetime(0)", ty("datetime")),
    ("timestamp(3)", ty("timestamp", "3")),
    ("text(300)", ty("text")),
    ("blob(100)", ty("tinyblob")),
    ("varchar(5) CHARACTER SET binary", ty("varbinary", "5")),
    ("json", ty("json")),
]


@pytest.mark.parametrize(("written", "expected"), TYPES)
def test_types(written: str, expected: object) -> None:
    [operation] = ops(f"ALTER TABLE t ADD x {written}", "mysql")
    assert isinstance(operation, AddColumn)
    assert operation.column.type == expected
