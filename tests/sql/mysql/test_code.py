# ruff: noqa: E501 - one case is one line
"""What stands inside routines, triggers, events, blocks and texts of MySQL and MariaDB."""

from __future__ import annotations

import pytest

from migrail.model.operations import CreateFunction, CreateObject, CreateTrigger, Inner, Opaque, RunCode, Select
from tests.sql.support import cut, script

Code = RunCode | CreateFunction | CreateTrigger | CreateObject


def code(sql: str, dialect: str = "mariadb") -> Code:
    """The last operation, which holds code."""
    found = script(sql, dialect).operations[-1]
    assert isinstance(found, Code), found
    return found


def said(inner: Inner) -> str:
    """``drop_table a (certain, 3)``, without the place where it is the first line."""
    operation = inner.operation
    what = ",".join(operation.functions) if isinstance(operation, Select) else operation.target
    line = f", {inner.span.line}" if inner.span.line > 1 else ""
    return f"{operation.kind} {what} ({inner.certainty}{line})"


BODIES = [
    ("DROP TABLE a", ["drop_table a (certain)"]),
    ("BEGIN END", []),
    ("BEGIN\nDROP TABLE a;\nDROP TABLE b;\nEND", ["drop_table a (certain, 2)", "drop_table b (certain, 3)"]),
    ("BEGIN BEGIN DROP TABLE a; END; l: BEGIN END l; END", ["drop_table a (certain)"]),
    ("BEGIN DECLARE x, y int DEFAULT f(1); SET x = g(2), @z = 1; DROP TABLE a; END",
     ["select f (certain)", "select g (certain)", "drop_table a (certain)"]),
    # conditions
    ("BEGIN IF x THEN DROP TABLE a; ELSEIF y THEN DROP TABLE b; ELSE DROP TABLE c; END IF; DROP TABLE d; END",
     ["drop_table a (possible)", "drop_table b (possible)", "drop_table c (possible)", "drop_table d (certain)"]),
    ("IF CASE WHEN x THEN 1 END THEN DROP TABLE a; END IF", ["drop_table a (possible)"]),
    ("CASE x WHEN 1 THEN DROP TABLE a; ELSE DROP TABLE b; END CASE", ["drop_table a (possible)", "drop_table b (possible)"]),
    # loops
    ("l: LOOP DROP TABLE a; LEAVE l; END LOOP l", ["drop_table a (possible)"]),
    ("BEGIN WHILE x DO DROP TABLE a; END WHILE; REPEAT DROP TABLE b; UNTIL f(1) END REPEAT; DROP TABLE c; END",
     ["drop_table a (possible)", "drop_table b (possible)", "select f (possible)", "drop_table c (certain)"]),
    ("FOR r IN (SELECT f(1)) DO DROP TABLE a; END FOR", ["select f (certain)", "drop_table a (possible)"]),
    ("FOR i IN 1..2 DO DROP TABLE a; END FOR", ["drop_table a (possible)"]),
    # what may not be reached, or may fail unseen
    ("l: BEGIN IF x THEN LEAVE l; END IF; DROP TABLE a; END", ["drop_table a (possible)"]),
    ("BEGIN l: LOOP LEAVE l; END LOOP; DROP TABLE a; END", ["drop_table a (certain)"]),
    ("BEGIN DECLARE CONTINUE HANDLER FOR SQLEXCEPTION BEGIN END; DROP TABLE a; END", ["drop_table a (possible)"]),
    ("BEGIN DECLARE CONTINUE HANDLER FOR NOT FOUND SET x = 1; DROP TABLE a; END", ["drop_table a (certain)"]),
    ("BEGIN DECLARE EXIT HANDLER FOR SQLSTATE '42S02', 1146 DELETE FROM log; DROP TABLE a; END",
     ["delete log (possible)", "drop_table a (possible)"]),
    ("BEGIN DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN DELETE FROM log; RESIGNAL; END; DROP TABLE a; END",
     ["delete log (possible)", "drop_table a (certain)"]),
    ("BEGIN DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN IF x THEN RESIGNAL; END IF; END; DROP TABLE a; END",
     ["drop_table a (possible)"]),
    # queries
    ("BEGIN DECLARE c CURSOR FOR SELECT f(1); OPEN c; FETCH c INTO x; CLOSE c; END", ["select f (possible)"]),
    ("BEGIN SELECT f(1), 2 INTO x, @y FROM t; SELECT 1 INTO OUTFILE 'x'; END", ["select f (certain)", "select  (certain)"]),
    ("BEGIN CALL p(1); INSERT INTO t SELECT 1; END", ["run_code p (certain)", "insert t (certain)"]),
    # texts
    ("BEGIN PREPARE s FROM 'DROP TABLE a'; EXECUTE s; END", ["session_command None (certain)", "drop_table a (certain)"]),
    ("BEGIN DECLARE s text DEFAULT 'DROP TABLE a'; IF x THEN SET s = 'DROP TABLE b'; END IF; EXECUTE IMMEDIATE s; END",
     ["drop_table a (possible)", "drop_table b (possible)"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), BODIES, ids=[body for body, _ in BODIES])
def test_bodies(body: str, expected: list[str]) -> None:
    found = code(f"CREATE PROCEDURE p(x int) {body}")
    assert not found.unread
    assert [said(inner) for inner in found.operations] == expected


def test_parameters_are_no_settings() -> None:
    found = code("CREATE PROCEDURE p(OUT x int) BEGIN SET x = 1; SET sql_mode = ''; END")
    assert [said(inner) for inner in found.operations] == ["set_variable None (certain)"]


STATEMENTS = [
    ("CREATE FUNCTION f() RETURNS int RETURN g(1)", ["select g (certain)"]),
    ("CREATE FUNCTION f() RETURNS int BEGIN IF 1 THEN RETURN 1; END IF; DELETE FROM t; RETURN 2; END", ["delete t (possible)"]),
    ("CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW INSERT INTO u VALUES (NEW.a)", ["insert u (certain)"]),
    ("CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.a = f(1), NEW.b = 2", ["select f (certain)"]),
    ("/*!50003 CREATE*/ /*!50017 DEFINER=`a`@`b`*/ /*!50003 TRIGGER g BEFORE INSERT ON t FOR EACH ROW BEGIN DELETE FROM u; END */",
     ["delete u (certain)"]),
    ("CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO BEGIN DELETE FROM t; END", ["delete t (certain)"]),
    ("BEGIN NOT ATOMIC DROP TABLE a; END", ["drop_table a (certain)"]),
    ("IF 1 THEN DROP TABLE a; END IF", ["drop_table a (possible)"]),
    ("EXECUTE IMMEDIATE 'DROP TABLE a'", ["drop_table a (certain)"]),
    ("EXECUTE IMMEDIATE CONCAT('DROP ', \"TABLE \", 'a')", ["drop_table a (certain)"]),
    ("EXECUTE IMMEDIATE 'DROP' ' TABLE a'", ["drop_table a (certain)"]),
    ("EXECUTE IMMEDIATE 'INSERT INTO t VALUES (?)' USING 1", ["insert t (certain)"]),
    ("EXECUTE IMMEDIATE CASE WHEN x THEN 'DROP TABLE a' ELSE 'DROP TABLE b' END", ["drop_table a (possible)", "drop_table b (possible)"]),
    ("PREPARE s FROM 'DROP TABLE a';\nEXECUTE S", ["drop_table a (certain)"]),
    ("SET @x = 'DROP TABLE a'; PREPARE s FROM @X; EXECUTE s", ["drop_table a (certain)"]),
    ("SELECT IF(f(1), 'DROP TABLE a', 'DO 0') INTO @x; PREPARE s FROM @x; EXECUTE s", ["drop_table a (possible)", "select  (possible)"]),
    ("SET @t := 'a';\nSET @s = (SELECT IF((SELECT count(*) FROM x) > 0, 'DO 0', CONCAT('ALTER TABLE ', @t, ' ADD b int')));\n"
     "PREPARE s FROM @s;\nEXECUTE s", ["select  (possible, 2)", "add_column a (possible, 2)"]),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "expected"), STATEMENTS, ids=[sql for sql, _ in STATEMENTS])
def test_statements(sql: str, expected: list[str]) -> None:
    found = code(sql)
    assert not found.unread
    assert [said(inner) for inner in found.operations] == expected
    assert not isinstance(found, RunCode) or found.is_read


UNREAD = [
    ("EXECUTE IMMEDIATE @x", "put together"),
    ("EXECUTE IMMEDIATE CONCAT('DROP TABLE ', f(1))", "put together"),
    ("EXECUTE IMMEDIATE IF(1, 'DO 0', @x)", "put together"),
    ("EXECUTE s", "put together"),
    ("SET @x = 'DO 0'; CALL p(); PREPARE s FROM @x; EXECUTE s", "put together"),
    ("SET @x = 'DO 0'; SELECT a INTO @x FROM t; PREPARE s FROM @x; EXECUTE s", "put together"),
    ("SET @x = 'DO 0'; SELECT @x := a FROM t; PREPARE s FROM @x; EXECUTE s", "put together"),
    ("BEGIN NOT ATOMIC DECLARE x text; SELECT a INTO x FROM t; EXECUTE IMMEDIATE x; END", "put together"),
    ("BEGIN NOT ATOMIC DECLARE x text; FETCH c INTO x; EXECUTE IMMEDIATE x; END", "put together"),
    ("BEGIN NOT ATOMIC DECLARE x text DEFAULT 'DO 0'; WHILE 1 DO EXECUTE IMMEDIATE x; SET x = f(x); END WHILE; END", "put together"),
    ("BEGIN NOT ATOMIC DROP TABLE a; IF 1 THEN END", "where IF should stand"),
    ("BEGIN NOT ATOMIC SELECT 1) ; END", "unexpected )"),
    ("CREATE PROCEDURE p() BEGIN SELECT 1;; END", "where a statement should stand"),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "reason"), UNREAD, ids=[sql for sql, _ in UNREAD])
def test_what_is_not_read_is_named(sql: str, reason: str) -> None:
    found = code(sql)
    assert any(reason in part.reason for part in found.unread), found.unread
    assert not isinstance(found, RunCode) or not found.is_read


def test_spans_point_into_the_file() -> None:
    sql = "SELECT 'ä';\nEXECUTE IMMEDIATE \"DROP \\\"\\n\\\" TABLE\";\n EXECUTE IMMEDIATE 'SELECT ''x'' AS a; '"
    found = [item for item in script(sql, "mariadb").operations if isinstance(item, RunCode)]
    for run, text in zip(found, ('DROP \\"\\n\\" TABLE', "SELECT ''x'' AS a"), strict=True):
        [inner] = run.operations
        assert sql[inner.span.start : inner.span.end] == text


OUTSIDE = [
    "IF 1 THEN SELECT 1; IF 2 THEN SELECT 2; END IF; END IF",
    "CASE 1 WHEN 1 THEN SELECT 1; END CASE",
    "WHILE 0 DO SELECT 1; END WHILE",
    "REPEAT SELECT 1; UNTIL 1 END REPEAT",
    "FOR i IN 1..2 DO SELECT 1; END FOR",
    "BEGIN NOT ATOMIC SELECT 1; END",
]


@pytest.mark.parametrize("sql", OUTSIDE)
def test_mariadb_takes_blocks_outside_of_routines_whole(sql: str) -> None:
    assert [statement.text for statement in cut(f"{sql}; SELECT 9", "mariadb").statements] == [sql, "SELECT 9"]
    assert not code(sql).unread


PACKAGES = [
    "CREATE PACKAGE k AS PROCEDURE p(); FUNCTION f() RETURN int; END",
    "CREATE OR REPLACE PACKAGE BODY k AS x int := 1; PROCEDURE p() AS BEGIN SELECT 1; END; "
    "FUNCTION f() RETURN int AS BEGIN RETURN 1; END; BEGIN SET @a = 1; END",
]


@pytest.mark.parametrize("sql", PACKAGES)
def test_packages_are_one_statement_that_is_not_read(sql: str) -> None:
    first, second = script(f"{sql}; SELECT 9", "mariadb").operations
    assert isinstance(first, Opaque)
    assert "sql_mode=ORACLE" in first.reason
    assert isinstance(second, Select)


CUT_INSIDE = [
    "/*M! SELECT 1; */",
    "/*!50003 SELECT 1; SELECT 2 */",
    "/*!50003 SELECT 1; */ SELECT 2",
    "SELECT 1 /*! ; SELECT 2 */",
]


@pytest.mark.parametrize("sql", CUT_INSIDE)
def test_the_client_cuts_inside_executable_comments_and_the_server_refuses_what_is_left(sql: str) -> None:
    found = script(f"{sql};", "mariadb").operations
    assert len(found) == 2
    assert any(isinstance(item, Opaque) for item in found)


DEEP = 3_000
HOSTILE = [
    "BEGIN " * DEEP + "SELECT 1;" + "END; " * DEEP,
    "BEGIN " + "IF x THEN " * DEEP + "SELECT 1;" + " END IF;" * DEEP + " END",
    "BEGIN " + "DECLARE CONTINUE HANDLER FOR NOT FOUND " * DEEP + "SET x = 1; END",
    "BEGIN " + "DECLARE EXIT HANDLER FOR NOT FOUND BEGIN " * DEEP + "END; " * DEEP + "END",
    "BEGIN SELECT 1 " + "INTO @a " * DEEP + "; END",
    "BEGIN SET @x = " + "CONCAT(" * DEEP + "'a'" + ")" * DEEP + "; END",
    "BEGIN SET @x = 'ab'; " + "SET @x = CONCAT(@x, @x); " * DEEP + "PREPARE s FROM @x; EXECUTE s; END",
    "BEGIN PREPARE s FROM '" + "DO 0 " * DEEP + "'; " + "EXECUTE s; " * DEEP + "END",
    "BEGIN " + "CASE " * DEEP,
    "l: " * DEEP,
]


@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_bodies_come_back(body: str) -> None:
    assert script(f"CREATE PROCEDURE p() {body}", "mysql").operations
