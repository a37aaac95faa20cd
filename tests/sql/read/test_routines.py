"""Functions, triggers, policies, rules and code."""

from __future__ import annotations

import pytest

from migrail.model.operations import (
    AlterObject,
    AlterTableOption,
    CreateFunction,
    CreateObject,
    CreatePolicy,
    CreateTrigger,
    DropObject,
    DropTrigger,
    MoveObject,
    Operation,
    RenameObject,
    RenameTrigger,
    RunCode,
)
from tests.sql.support import ex, n, opaque, ops

F, T = n("f"), n("t")


def function(arguments: str = "", **rest: object) -> list[Operation]:
    return [CreateFunction(**{"name": F, "arguments": arguments, **rest})]  # type: ignore[arg-type]


def trigger(timing: str, **rest: object) -> list[Operation]:
    fields = {"table": T, "trigger": "g", "timing": timing, "function": "f", **rest}
    return [CreateTrigger(**fields)]  # type: ignore[arg-type]


FUNCTIONS: list[tuple[str, list[Operation]]] = [
    ("CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $x$ begin; end $x$", function(
        returns="trigger", language="plpgsql", body=" begin; end ")),
    ("CREATE OR REPLACE FUNCTION s.f(a int = 5, OUT b text, VARIADIC c int[], d t.x%TYPE DEFAULT ')') "
     "RETURNS SETOF t AS 'it''s' LANGUAGE 'SQL' STABLE STRICT PARALLEL SAFE COST 10 ROWS 5",
     function("a int = 5, OUT b text, VARIADIC c int[], d t.x%TYPE DEFAULT ')'", name=n("s.f"), replace=True,
              returns="SETOF t", language="sql", volatility="stable", body="it's")),
    ("CREATE FUNCTION f(int) RETURNS TABLE (a int, b text) IMMUTABLE SECURITY DEFINER SET search_path = '' "
     "SET a.b TO c, d SET x FROM CURRENT SET TIME ZONE 'UTC' AS $$ x $$ LANGUAGE sql", function(
        "int", returns="TABLE (a int, b text)", language="sql", volatility="immutable", body=" x ",
        security_definer=True, settings=("search_path", "a.b", "x", "timezone"))),
    ("CREATE FUNCTION f(a int) RETURNS int RETURN a + 1", function(
        "a int", returns="int", language="sql", body="RETURN a + 1")),
    ("CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END", function(
        returns="int", language="sql", body="BEGIN ATOMIC SELECT 1; SELECT 2; END")),
    ("CREATE FUNCTION f(cstring) RETURNS t.a%TYPE AS 'lib', 'sym' LANGUAGE C NOT LEAKPROOF WINDOW "
     "CALLED ON NULL INPUT", function("cstring", returns="t.a%TYPE", language="c", body="lib")),
    ("CREATE FUNCTION f(x) RETURNS x LANGUAGE y TRANSFORM FOR TYPE a.b, FOR TYPE c AS 'z'", function(
        "x", returns="x", language="y", body="z")),
    ("CREATE PROCEDURE f(INOUT a int) LANGUAGE plpgsql AS 'x'", function(
        "INOUT a int", procedure=True, language="plpgsql", body="x")),
    ("ALTER FUNCTION s.f(int, text) RENAME TO g", [
        RenameObject(object_type="FUNCTION", name=n("s.f"), new_name="g", signature="int, text")]),
    ("ALTER FUNCTION f IMMUTABLE SET a = 1 RESET ALL RESET a.b OWNER TO x", [
        AlterObject(object_type="FUNCTION", name=F, option=option, argument=argument)
        for option, argument in (
            ("IMMUTABLE", ""), ("SET", "a = 1"), ("RESET", "ALL"), ("RESET", "a.b"), ("OWNER TO", "x"))]),
    ("ALTER PROCEDURE f(int) SET SCHEMA s", [MoveObject(
        object_type="PROCEDURE", name=F, new_schema="s", signature="int")]),
    ("ALTER AGGREGATE f(*) RENAME TO g", [RenameObject(
        object_type="AGGREGATE", name=F, new_name="g", signature="")]),
    ("CREATE AGGREGATE f(int) (SFUNC = g, STYPE = int)", [CreateObject(
        object_type="AGGREGATE", name=F, signature="int", returns="int")]),
    ("DROP FUNCTION IF EXISTS f(a int, OUT b text), s.g(), h CASCADE", [
        DropObject(object_type="FUNCTION", name=n(name), if_exists=True, cascade=True, signature=signature)
        for name, signature in (("f", "a int, OUT b text"), ("s.g", ""), ("h", None))]),
    ("DROP PROCEDURE f(int)", [DropObject(object_type="PROCEDURE", name=F, signature="int")]),
    ("DO $$ begin null; end $$", [RunCode(verb="DO", language="plpgsql", body=" begin null; end ")]),
    ("DO LANGUAGE plperl 'x'", [RunCode(verb="DO", language="plperl", body="x")]),
    ("DO $a$x$a$ LANGUAGE 'plpgsql'", [RunCode(verb="DO", language="plpgsql", body="x")]),
    ("CALL s.p(1, f(2))", [RunCode(verb="CALL", name=n("s.p"))]),
    ("EXECUTE P (1)", [RunCode(verb="EXECUTE", name=n("p"))]),
]  # fmt: skip

TRIGGERS: list[tuple[str, list[Operation]]] = [
    ("CREATE TRIGGER g BEFORE INSERT OR UPDATE OF a, b OR DELETE ON t FOR EACH ROW "
     "WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION s.f('x', 1)",
     trigger("BEFORE INSERT OR UPDATE OR DELETE", function="s.f", columns=("a", "b"),
             when=ex("OLD.* IS DISTINCT FROM NEW.*", columns="old new"))),
    ("CREATE CONSTRAINT TRIGGER g AFTER INSERT ON t FROM u DEFERRABLE INITIALLY DEFERRED FOR EACH ROW "
     "EXECUTE PROCEDURE f()", trigger("AFTER INSERT")),
    ("CREATE OR REPLACE TRIGGER g AFTER TRUNCATE ON s.t REFERENCING OLD TABLE AS o NEW TABLE n FOR STATEMENT "
     "EXECUTE FUNCTION f()", trigger("AFTER TRUNCATE", table=n("s.t"), replace=True)),
    ("CREATE TRIGGER g INSTEAD OF DELETE ON t EXECUTE FUNCTION f()", trigger("INSTEAD OF DELETE")),
    ("DROP TRIGGER IF EXISTS g ON s.t CASCADE", [DropTrigger(trigger="g", table=n("s.t"), if_exists=True)]),
    ("ALTER TRIGGER g ON t RENAME TO h", [RenameTrigger(table=T, trigger="g", new_name="h")]),
    ("ALTER TRIGGER g ON t NO DEPENDS ON EXTENSION x", [AlterTableOption(
        table=T, option="ALTER TRIGGER", argument="g")]),
    ("CREATE EVENT TRIGGER g ON ddl_command_end WHEN TAG IN ('x') EXECUTE FUNCTION f()", [
        CreateObject(object_type="EVENT TRIGGER", name=n("g"))]),
    ("ALTER EVENT TRIGGER g ENABLE ALWAYS", [
        AlterObject(object_type="EVENT TRIGGER", name=n("g"), option="ENABLE ALWAYS")]),
    ("CREATE POLICY \"P q\" ON s.t AS RESTRICTIVE FOR ALL TO a, PUBLIC USING (a = 1) WITH CHECK (true)", [
        CreatePolicy(table=n("s.t"), policy="P q", permissive=False, using=ex("a = 1", columns="a"),
                     check=ex("true"))]),
    ("CREATE POLICY p ON t", [CreatePolicy(table=T, policy="p")]),
    ("ALTER POLICY p ON t TO a USING (true)", [AlterTableOption(table=T, option="ALTER POLICY", argument="p")]),
    ("ALTER POLICY p ON t RENAME TO q", [AlterTableOption(
        table=T, option="RENAME POLICY", argument="p TO q")]),
    ("DROP POLICY IF EXISTS p ON s.t", [AlterTableOption(table=n("s.t"), option="DROP POLICY", argument="p")]),
    ("CREATE OR REPLACE RULE r AS ON INSERT TO s.t WHERE new.a > 5 DO INSTEAD (INSERT INTO u VALUES (1); "
     "DELETE FROM v)", [CreateObject(object_type="RULE", name=n("r"), table=n("s.t"), replace=True)]),
    ("CREATE RULE r AS ON DELETE TO t DO NOTHING", [CreateObject(object_type="RULE", name=n("r"), table=T)]),
    ("ALTER RULE r ON t RENAME TO q", [AlterTableOption(table=T, option="RENAME RULE", argument="r TO q")]),
    ("DROP RULE r ON t CASCADE", [AlterTableOption(table=T, option="DROP RULE", argument="r")]),
]  # fmt: skip

SQLITE: list[tuple[str, list[Operation]]] = [
    ("CREATE TRIGGER IF NOT EXISTS g AFTER UPDATE OF a, b ON t FOR EACH ROW WHEN NEW.a > 5 AND old.b IS NOT NULL "
     "BEGIN UPDATE t SET a = CASE WHEN 1 THEN 2 END; DELETE FROM u; END", trigger(
        "AFTER UPDATE", columns=("a", "b"), function=None, if_not_exists=True,
        when=ex("NEW.a > 5 AND old.b IS NOT NULL", columns="a b"),
        body="UPDATE t SET a = CASE WHEN 1 THEN 2 END; DELETE FROM u;")),
    ("CREATE TEMP TRIGGER g DELETE ON t BEGIN SELECT 1; END", trigger(
        "BEFORE DELETE", schema="temp", function=None, body="SELECT 1;")),
    ("DROP TRIGGER IF EXISTS main.g", [DropTrigger(trigger="g", schema="main", if_exists=True)]),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "expected"), FUNCTIONS + TRIGGERS)
def test_postgres(sql: str, expected: list[Operation]) -> None:
    assert ops(sql) == expected


@pytest.mark.parametrize(("sql", "expected"), SQLITE)
def test_sqlite(sql: str, expected: list[Operation]) -> None:
    assert ops(sql, "sqlite") == expected


@pytest.mark.parametrize(
    ("dialect", "sql", "reason"),
    [
        ("postgres", "CREATE FUNCTION f()", "the statement ends where the body should stand (line 1)"),
        ("postgres", "CREATE FUNCTION f RETURNS int", "unexpected RETURNS where ( should stand (line 1)"),
        ("postgres", "CREATE FUNCTION f() RETURNS int FROB AS 'x'", "unexpected FROB (line 1)"),
        ("postgres", "CREATE PROCEDURE p() BEGIN SELECT 1", "unexpected BEGIN (line 1)"),
        ("postgres", "DO", "the statement ends where the code should stand (line 1)"),
        ("postgres", "DO 'x' 'y'", "unexpected 'y' (line 1)"),
        ("postgres", "CREATE TRIGGER g AFTER DELETE ON t x", "unexpected x where EXECUTE should stand (line 1)"),
        ("postgres", "CREATE TRIGGER g DELETE ON t", "unexpected DELETE (line 1)"),
        ("postgres", "CREATE RULE r AS ON DELETE TO t DO", "the statement ends (line 1)"),
        ("postgres", "CREATE TRIGGER g FOR INSERT ON t", "unexpected FOR (line 1)"),
        ("postgres", "DROP TRIGGER g", "the statement ends where ON should stand (line 1)"),
        ("postgres", "CREATE POLICY p ON t FOR MERGE", "unexpected MERGE (line 1)"),
        ("sqlite", "CREATE TRIGGER g DELETE ON t BEGIN a; ", "the statement ends where END should stand (line 1)"),
        ("sqlite", "CREATE TRIGGER g DELETE ON t DO x", "unexpected DO where BEGIN should stand (line 1)"),
    ],
)  # fmt: skip
def test_opaque(dialect: str, sql: str, reason: str) -> None:
    assert opaque(sql, dialect).reason == reason
