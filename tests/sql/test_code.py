"""What stands inside DO, functions, procedures and triggers."""

from __future__ import annotations

from importlib.resources import files

import pytest

from migrail.dialects import get
from migrail.model.operations import (
    CreateFunction,
    CreateIndex,
    CreateTrigger,
    DropTable,
    Inner,
    Insert,
    Opaque,
    RunCode,
    Select,
    Unread,
)
from migrail.sql.read import read
from tests.sql.support import cut, n, script

Code = RunCode | CreateFunction | CreateTrigger


def code(sql: str, dialect: str = "postgres") -> Code:
    """The operation of one statement, which holds code."""
    [found] = script(sql, dialect).operations
    assert isinstance(found, Code)
    return found


def said(inner: Inner) -> str:
    """``add_column a (certain, 3)``."""
    operation = inner.operation
    what = ",".join(operation.functions) if isinstance(operation, Select) else operation.target
    return f"{operation.kind} {what} ({inner.certainty}, {inner.span.line})"


def block(body: str) -> list[str]:
    """What a DO block does, which is read as a whole."""
    found = code(f"DO $$\n{body}\n$$")
    assert not found.unread
    return [said(inner) for inner in found.operations]


BLOCKS = [
    ("BEGIN END", []),
    ("begin null; end", []),
    ("BEGIN DROP TABLE a; END a", ["drop_table a (certain, 2)"]),
    ("BEGIN\nDROP TABLE a;\nDROP TABLE b;\nEND;", ["drop_table a (certain, 3)", "drop_table b (certain, 4)"]),
    ("#variable_conflict use_column\nBEGIN DROP TABLE a; END", ["drop_table a (certain, 3)"]),
    ("<<x>>\nDECLARE a int; BEGIN DROP TABLE a; END x;", ["drop_table a (certain, 3)"]),
    ("BEGIN BEGIN BEGIN DROP TABLE a; END; END; END", ["drop_table a (certain, 2)"]),
    # conditions
    ("BEGIN IF x THEN DROP TABLE a; END IF; DROP TABLE b; END",
     ["drop_table a (possible, 2)", "drop_table b (certain, 2)"]),
    ("BEGIN IF x THEN NULL; ELSIF y THEN DROP TABLE a; ELSEIF z THEN DROP TABLE b; ELSE DROP TABLE c; END IF; END",
     ["drop_table a (possible, 2)", "drop_table b (possible, 2)", "drop_table c (possible, 2)"]),
    ("BEGIN IF NOT EXISTS (SELECT FROM x WHERE y = ';') THEN\nCREATE TABLE a (); END IF; END",
     ["create_table a (possible, 3)"]),
    ("BEGIN CASE x WHEN 1, 2 THEN DROP TABLE a; ELSE DROP TABLE b; END CASE; DROP TABLE c; END",
     ["drop_table a (possible, 2)", "drop_table b (possible, 2)", "drop_table c (certain, 2)"]),
    ("BEGIN CASE WHEN f(x) THEN DROP TABLE a; END CASE; END",
     ["select f (possible, 2)", "drop_table a (possible, 2)"]),
    # loops
    ("BEGIN LOOP DROP TABLE a; EXIT WHEN x; END LOOP; DROP TABLE b; END",
     ["drop_table a (possible, 2)", "drop_table b (certain, 2)"]),
    ("BEGIN <<l>> WHILE x LOOP DROP TABLE a; CONTINUE; END LOOP l; END", ["drop_table a (possible, 2)"]),
    ("BEGIN FOR i IN REVERSE 10..1 BY 2 LOOP DROP TABLE a; END LOOP; END", ["drop_table a (possible, 2)"]),
    ("BEGIN FOR i IN (SELECT 1)..f(2) LOOP NULL; END LOOP; END", ["select f (certain, 2)"]),
    ("BEGIN FOR r, s IN SELECT * FROM f() LOOP DROP TABLE a; END LOOP; END",
     ["select f (certain, 2)", "drop_table a (possible, 2)"]),
    ("BEGIN FOR r IN UPDATE t SET a = 1 RETURNING * LOOP NULL; END LOOP; END", ["update t (certain, 2)"]),
    ("BEGIN FOR r IN EXECUTE 'DELETE FROM t RETURNING *' USING f(x) LOOP NULL; END LOOP; END",
     ["delete t (certain, 2)", "select f (certain, 2)"]),
    ("BEGIN FOR r IN c (1) LOOP NULL; END LOOP; END", ["select c (certain, 2)"]),
    ("BEGIN FOREACH x SLICE 1 IN ARRAY ARRAY[1] LOOP DROP TABLE a; END LOOP; END", ["drop_table a (possible, 2)"]),
    # what may not be reached or may be undone
    ("BEGIN IF x THEN RETURN; END IF; DROP TABLE a; END", ["drop_table a (possible, 2)"]),
    ("BEGIN DROP TABLE b; <<l>> BEGIN EXIT l; END; DROP TABLE a; END",
     ["drop_table b (certain, 2)", "drop_table a (possible, 2)"]),
    ("BEGIN DROP TABLE x; BEGIN DROP TABLE a; EXCEPTION WHEN b OR c THEN DROP TABLE d; WHEN OTHERS THEN NULL; END; "
     "DROP TABLE e; END",
     ["drop_table x (certain, 2)", "drop_table a (possible, 2)", "drop_table d (possible, 2)",
      "drop_table e (certain, 2)"]),
    ("BEGIN DROP TABLE a; ROLLBACK; DROP TABLE b; COMMIT; END",
     ["drop_table a (possible, 2)", "transaction_control None (possible, 2)", "drop_table b (certain, 2)",
      "transaction_control None (certain, 2)"]),
    # expressions and what only evaluates them
    ("DECLARE a CONSTANT t.x%TYPE := f(1); b numeric(1, 2) DEFAULT g(); c int[] = ARRAY[h()]; d ALIAS FOR $1; "
     "BEGIN END", ["select f (certain, 2)", "select g (certain, 2)", "select h (certain, 2)"]),
    ("DECLARE c NO SCROLL CURSOR (x int) FOR SELECT f(x); BEGIN OPEN c (g()); CLOSE c; END",
     ["select f (possible, 2)", "select g (certain, 2)"]),
    ("BEGIN a := f(); b = 1; n.c := 2; d[1] := g(2); $1 := 3; exit := h(); \"END\" := 1; END",
     ["select f (certain, 2)", "select g (certain, 2)", "select h (certain, 2)"]),
    ("BEGIN PERFORM f(x) FROM t; END", ["select f (certain, 2)"]),
    ("BEGIN RAISE EXCEPTION 'a; %', f() USING HINT = 'b'; ASSERT x, 'y'; GET STACKED DIAGNOSTICS a = B; END",
     ["select f (certain, 2)"]),
    ("BEGIN OPEN c FOR SELECT f(); OPEN c FOR EXECUTE 'SELECT g($1)' USING 1; "
     "FETCH NEXT FROM c INTO x; MOVE c; END",
     ["select f (certain, 2)", "select g (certain, 2)"]),
    # SQL
    ("BEGIN SELECT a, b INTO STRICT x, y.z FROM t; INSERT INTO t VALUES (1) RETURNING id INTO x; "
     "WITH w AS (DELETE FROM u RETURNING *) SELECT f(a) INTO x FROM w; END",
     ["select  (certain, 2)", "insert t (certain, 2)", "delete u (certain, 2)", "select f (certain, 2)"]),
    ("BEGIN CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN a THEN b END; SELECT 1; END; "
     "DROP TABLE a; END", ["create_function f (certain, 2)", "drop_table a (certain, 2)"]),
    ("BEGIN CREATE RULE r AS ON INSERT TO t DO (DELETE FROM a; DELETE FROM b); END",
     ["create_object t (certain, 2)"]),
    ("BEGIN CALL p(1); END", ["run_code p (certain, 2)"]),
    ("BEGIN IF x THEN DO $x$ BEGIN\nDROP TABLE a; END $x$; END IF; END",
     ["run_code None (possible, 2)", "drop_table a (possible, 3)"]),
    # texts
    ("BEGIN EXECUTE 'DROP TABLE a;\n\nDROP TABLE b' INTO x USING y; END",
     ["drop_table a (certain, 2)", "drop_table b (certain, 4)"]),
    ("BEGIN EXECUTE ('DROP ' || 'TABLE\n' || $x$ a$x$); END", ["drop_table a (certain, 2)"]),
    ("BEGIN EXECUTE E'DROP TABLE\\na;\nDROP TABLE b'; END",
     ["drop_table a (certain, 2)", "drop_table b (certain, 3)"]),
    ("BEGIN EXECUTE format('DROP TABLE %I.%s', 'A', 'b'); END", ["drop_table A.b (certain, 2)"]),
    ("BEGIN EXECUTE format('DROP TABLE %2$I', 1, 'b'); END", ["drop_table b (certain, 2)"]),
    ("BEGIN EXECUTE format('DROP TABLE a'); END", ["drop_table a (certain, 2)"]),
    ("BEGIN EXECUTE format('UPDATE t SET a = %L || ''100%%''', 'it''s'); END", ["update t (certain, 2)"]),
    ("BEGIN IF x THEN EXECUTE 'DROP TABLE a'; END IF; END", ["drop_table a (possible, 2)"]),
    # what looks like code
    ("BEGIN -- DROP TABLE a;\n/* END; DROP TABLE b; */ INSERT INTO t VALUES ('END; DROP TABLE c;'); END",
     ["insert t (certain, 3)"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), BLOCKS, ids=[body for body, _ in BLOCKS])
def test_blocks(body: str, expected: list[str]) -> None:
    assert block(body) == expected


UNREAD = [
    ("BEGIN\nEXECUTE f(); END", "put together", "f()"),
    ("BEGIN EXECUTE 'DROP TABLE ' || name; END", "put together", "'DROP TABLE ' || name"),
    ("BEGIN EXECUTE format('DROP TABLE %I', name) USING x; END", "put together", "format('DROP TABLE %I', name)"),
    ("BEGIN EXECUTE format('DROP TABLE %I'); END", "put together", "format('DROP TABLE %I')"),
    ("BEGIN EXECUTE format('DROP TABLE %-10s', 'a'); END", "put together", "format('DROP TABLE %-10s', 'a')"),
    ("BEGIN EXECUTE x INTO y; END", "put together", "x"),
    ("BEGIN FOR r IN EXECUTE q LOOP NULL; END LOOP; END", "put together", "q"),
    ("BEGIN RETURN QUERY EXECUTE q; END", "put together", "q"),
    ("BEGIN OPEN c FOR EXECUTE q USING 1; END", "put together", "q"),
    ("BEGIN EXECUTE 'SELECT ''a'; END", "never ends", "SELECT ''a"),
    ("BEGIN EXECUTE; END", "unexpected ;", ";"),
    ("BEGIN; END", "where a statement should stand", ";"),
    ("DROP TABLE a", "unexpected DROP", "DROP"),
    ("BEGIN END; DROP TABLE a;", "behind the last END", "DROP"),
    ("BEGIN IF a THEN NULL; END LOOP; END", "where IF should stand", "LOOP"),
    ("BEGIN IF a THEN NULL;", "the statement ends", ";"),
    ("BEGIN ELSE NULL; END", "inside BEGIN", "NULL"),
    ("BEGIN WHEN a THEN NULL; END", "before EXCEPTION", "a"),
    ("BEGIN NULL; EXCEPTION END", "behind EXCEPTION", "END"),
    ("BEGIN SELECT (1; END", "the statement ends", None),
    ("BEGIN SELECT 1); END", "unexpected )", ")"),
    ("BEGIN SELECT 1 INTO FROM x; END", "where a variable should stand", "FROM"),
    ("BEGIN x := 'a; END", "never ends", None),
    ("", "the statement ends", None),
    (" ", "the statement ends", None),
]


@pytest.mark.parametrize(("body", "reason", "text"), UNREAD, ids=[body for body, *_ in UNREAD])
def test_what_cannot_be_read_says_why_and_where(body: str, reason: str, text: str | None) -> None:
    sql = f"SELECT 1;\nDO $x${body}$x$"
    found = script(sql).operations[1]
    assert isinstance(found, RunCode)
    assert not found.is_read or any(isinstance(inner.operation, Opaque) for inner in found.operations)
    for part in found.unread:
        assert reason in part.reason
        assert text is None or sql[part.span.start : part.span.end] == text


def test_behind_a_failure_nothing_is_certain() -> None:
    found = code("DO $$ BEGIN DROP TABLE a; IF x; END $$")
    assert [said(inner) for inner in found.operations] == ["drop_table a (possible, 1)"]
    assert [part.reason for part in found.unread] == ["the statement ends where THEN should stand (line 1)"]


@pytest.mark.parametrize("language", ["plperl", "plpython3u", "c", "internal"])
def test_other_languages_are_not_read(language: str) -> None:
    for sql in (f"DO LANGUAGE {language} 'x'", f"CREATE FUNCTION f() RETURNS int LANGUAGE {language} AS 'x'"):
        found = code(sql)
        assert [part.reason for part in found.unread] == [f"code in {language} is not read"]
        assert sql[found.unread[0].span.start : found.unread[0].span.end] == "x"


def test_a_statement_inside_that_is_not_understood_is_opaque_with_its_line() -> None:
    [inner] = code("DO $$\nBEGIN\n  ALTER TABLE t\n  FROB x; END $$").operations
    assert isinstance(inner.operation, Opaque)
    assert inner.operation.reason == "unexpected FROB (line 4)"
    assert (inner.span.line, inner.span.column, inner.span.end_line, inner.span.end_column) == (3, 3, 4, 9)
    assert inner.text == "ALTER TABLE t\n  FROB x"


@pytest.mark.parametrize(
    ("sql", "text"),
    [
        ("DO 'BEGIN EXECUTE ''DROP TABLE \"a''''b\"''; END'", "DROP TABLE \"a''''b\""),
        ("DO E'BEGIN\\n\\tDROP TABLE a\\x3b END'", "DROP TABLE a"),
        ("DO U&'BEGIN \\0044ROP TABLE a; END'", "\\0044ROP TABLE a"),
        ("DO $$ BEGIN EXECUTE $q$ DROP TABLE a $q$; END $$", "DROP TABLE a"),
        ("DO $$ BEGIN EXECUTE 'DR' || 'OP TABLE a'; END $$", "DR' || 'OP TABLE a"),
        ("DO $$ BEGIN EXECUTE format('DROP %s a;', 'TABLE'); END $$", "DROP %s a"),
    ],
)
def test_spans_point_into_the_file_through_quotes_and_escapes(sql: str, text: str) -> None:
    before = "SELECT '\u00e4';\n  "
    [_, found] = script(before + sql).operations
    assert isinstance(found, RunCode)
    [inner] = found.operations
    assert isinstance(inner.operation, DropTable)
    assert (before + sql)[inner.span.start : inner.span.end] == text
    assert inner.span.line == 2
    assert inner.span.column == inner.span.start - before.index("\n")


ROUTINES = [
    ("CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\nNEW.a := now();\n"
     "INSERT INTO log VALUES (1);\nRETURN NEW; END $$", ["select now (certain, 2)", "insert log (certain, 3)"]),
    ("CREATE FUNCTION f() RETURNS SETOF t LANGUAGE plpgsql AS $$ BEGIN "
     "RETURN QUERY UPDATE t SET a = 1 RETURNING *; RETURN NEXT f(); DELETE FROM t; RETURN; END $$",
     ["update t (certain, 1)", "select f (certain, 1)", "delete t (certain, 1)"]),
    ("CREATE FUNCTION f() RETURNS int AS 'INSERT INTO t VALUES (''a;'');\nSELECT f(1)' LANGUAGE SQL",
     ["insert t (certain, 1)", "select f (certain, 2)"]),
    ("CREATE FUNCTION f() RETURNS int RETURN g(1)", ["select g (certain, 1)"]),
    ("CREATE FUNCTION f() RETURNS int\nBEGIN ATOMIC\nDELETE FROM t;\nRETURN g(1);\nEND",
     ["delete t (certain, 3)", "select g (certain, 4)"]),
    ("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC END", []),
    ("CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN LOOP DELETE FROM t; COMMIT; END LOOP; END $$",
     ["delete t (possible, 1)", "transaction_control None (possible, 1)"]),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "expected"), ROUTINES, ids=[sql for sql, _ in ROUTINES])
def test_routines(sql: str, expected: list[str]) -> None:
    found = code(sql)
    assert not found.unread
    assert [said(inner) for inner in found.operations] == expected


def test_triggers_of_sqlite() -> None:
    found = code(
        "CREATE TRIGGER g AFTER INSERT ON t WHEN new.a > 1 BEGIN\n"
        "UPDATE t SET b = CASE WHEN 1 THEN ';' END;\nSELECT RAISE(ABORT, 'x'); INSERT INTO u VALUES (1);\nEND",
        "sqlite",
    )
    assert [said(inner) for inner in found.operations] == [
        "update t (certain, 2)",
        "select raise (certain, 3)",
        "insert u (certain, 3)",
    ]


def test_places_do_not_make_functions_different() -> None:
    sql = "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT g()'"
    assert code(sql) == code(f"\n\n  {sql}")


def _procrastinate() -> list[str]:
    folder = files("procrastinate") / "sql"
    found = [folder / "schema.sql", *(folder / "migrations").iterdir()]
    return [file.read_text() for file in found if file.name.endswith(".sql")]


def test_functions_of_a_real_project() -> None:
    postgres = get("postgres")
    bodies = inside = 0
    for text in _procrastinate():
        for statement in cut(text).statements:
            for operation in read(statement, postgres):
                if not isinstance(operation, RunCode | CreateFunction):
                    continue
                bodies += 1
                assert operation.unread == ()
                for inner in operation.operations:
                    inside += 1
                    assert not isinstance(inner.operation, Opaque)
                    assert text[inner.span.start : inner.span.end] == inner.text
    assert bodies > 50
    assert inside > 100


DEEP = 10_000

HOSTILE = [
    ("BEGIN " * DEEP + "DROP TABLE a;" + " END;" * DEEP, DropTable),
    ("BEGIN " + "IF x THEN " * DEEP + "DROP TABLE a;" + " END IF;" * DEEP + " END", DropTable),
    ("BEGIN " * DEEP + "DROP TABLE a;" + " EXCEPTION WHEN x THEN NULL; END;" * DEEP, DropTable),
    ("BEGIN " + "LOOP " * DEEP + "DROP TABLE a;" + " END LOOP;" * DEEP + " END", DropTable),
    ("BEGIN x := " + "(" * DEEP + "f()" + ")" * DEEP + "; END", Select),
    ("BEGIN INSERT INTO t VALUES ('" + "x''" * 300_000 + "'); END", Insert),
    ("BEGIN " + "INSERT INTO t VALUES (1, 'a');\n" * 30_000 + " END", Insert),
    ("BEGIN EXECUTE " + " || ".join(["'CREATE'", *["' '"] * 50_000, "'INDEX ON t (a)'"]) + "; END", CreateIndex),
    ("BEGIN EXECUTE '" + "INSERT INTO t VALUES (''a'');" * 30_000 + "'; END", Insert),
]


@pytest.mark.parametrize(("body", "kind"), HOSTILE, ids=range(len(HOSTILE)))
def test_long_and_deep_bodies(body: str, kind: type[object]) -> None:
    found = code(f"DO $do${body}$do$")
    assert not found.unread
    assert {type(inner.operation) for inner in found.operations} == {kind}


@pytest.mark.parametrize(
    "body",
    [
        "BEGIN " * DEEP,
        "BEGIN " + "IF x THEN " * DEEP,
        "BEGIN " + "(" * DEEP,
        "DECLARE " * DEEP,
        "<<" * DEEP,
        "BEGIN " + "SELECT 1 INTO " * DEEP,
        "BEGIN EXECUTE " + "(" * DEEP + "'x'" + "; END",
        "\0" * 1000,
        "END " * DEEP,
    ],
    ids=range(9),
)
def test_broken_bodies(body: str) -> None:
    assert code(f"DO $do${body}$do$").unread


def test_code_inside_code_is_followed_so_far() -> None:
    body = "DROP TABLE a"
    for level in range(50):
        body = f"DO $x{level}$ BEGIN {body}; END $x{level}$"
    found = code(body)
    runs = [inner.operation for inner in found.operations if isinstance(inner.operation, RunCode)]
    unread = [part for run in (found, *runs) for part in run.unread]
    assert len(runs) < 10
    assert [type(part) for part in unread] == [Unread]
    assert "that far" in unread[0].reason


def test_names_are_read_as_everywhere() -> None:
    [inner] = code('DO $$ BEGIN DROP TABLE "S".T; END $$').operations
    assert inner.operation == DropTable(table=n("S.t"))
