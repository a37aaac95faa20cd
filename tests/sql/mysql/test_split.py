# ruff: noqa: E501 - one case is one line
"""Cutting scripts of MySQL: DELIMITER, executable comments and bodies."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrail.dialects import get
from migrail.model.errors import InputError
from tests.sql.support import cut, script

CASES = [
    # text, statements
    ("SELECT 'a\\';', \"b\\\";\", `c;` # d;\n, 1--2; SELECT 3 -- e;\n", ["SELECT 'a\\';', \"b\\\";\", `c;` # d;\n, 1--2",
                                                                    "SELECT 3"]),
    ("DELIMITER //\nSELECT 1 //\nSELECT 2\n//\nDELIMITER ;\nSELECT 3;", ["SELECT 1", "SELECT 2", "SELECT 3"]),
    ("delimiter $$\nCREATE PROCEDURE p() BEGIN SELECT 1; SELECT '$$'; END$$\ndelimiter ;\nSELECT 2",
     ["CREATE PROCEDURE p() BEGIN SELECT 1; SELECT '$$'; END", "SELECT 2"]),
    ("DELIMITER |\nCREATE PROCEDURE p() BEGIN END;\n|\nDELIMITER ;", ["CREATE PROCEDURE p() BEGIN END"]),
    ("DELIMITER //\nDROP PROCEDURE IF EXISTS p;\nCREATE PROCEDURE p() BEGIN SELECT 1; END//\n",
     ["DROP PROCEDURE IF EXISTS p", "CREATE PROCEDURE p() BEGIN SELECT 1; END"]),
    ("DELIMITER ;;\nCREATE TRIGGER t BEFORE INSERT ON x FOR EACH ROW SET NEW.a = 1 ;;\nDELIMITER ;\nSELECT 1;",
     ["CREATE TRIGGER t BEFORE INSERT ON x FOR EACH ROW SET NEW.a = 1", "SELECT 1"]),
    ("DELIMITER //\n-- a // b\n/* // */ SELECT 1 -- //\n//", ["SELECT 1"]),
    ("DELIMITER //\nCREATE PROCEDURE p() BEGIN SELECT 1; END\nDELIMITER ;\nSELECT 2;",
     ["CREATE PROCEDURE p() BEGIN SELECT 1; END", "SELECT 2"]),
    ("CREATE PROCEDURE p() l: BEGIN IF a THEN CASE b WHEN 1 THEN SELECT 1; END CASE; END IF; END l; SELECT 2",
     ["CREATE PROCEDURE p() l: BEGIN IF a THEN CASE b WHEN 1 THEN SELECT 1; END CASE; END IF; END l", "SELECT 2"]),
    ("CREATE PROCEDURE p() BEGIN DROP TABLE IF EXISTS t; SELECT IF(1, 2, 3), REPEAT('a', 2), `end`; END; SELECT 2",
     ["CREATE PROCEDURE p() BEGIN DROP TABLE IF EXISTS t; SELECT IF(1, 2, 3), REPEAT('a', 2), `end`; END", "SELECT 2"]),
    ("CREATE FUNCTION f() RETURNS int RETURN CASE WHEN 1 THEN 2 END; SELECT 2",
     ["CREATE FUNCTION f() RETURNS int RETURN CASE WHEN 1 THEN 2 END", "SELECT 2"]),
    ("CREATE PROCEDURE p() SELECT 1; SELECT 2", ["CREATE PROCEDURE p() SELECT 1", "SELECT 2"]),
    ("CREATE TABLE t (begin int, end int); SELECT 2", ["CREATE TABLE t (begin int, end int)", "SELECT 2"]),
    ("BEGIN; SELECT 1; COMMIT", ["BEGIN", "SELECT 1", "COMMIT"]),
    ("/*!40101 SET NAMES utf8 */; SELECT 1 /*!50000 , 2 */ ; SELECT 3", ["/*!40101 SET NAMES utf8 */",
                                                                       "SELECT 1 /*!50000 , 2 */", "SELECT 3"]),
    ("/*! */; SELECT 1", ["/*! */", "SELECT 1"]),
    ("/*!99999 ; */ SELECT 1 /* ; */", ["SELECT 1"]),
    ("/*M!100100 SELECT 1 */; SELECT 2", ["SELECT 2"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_statements(text: str, expected: list[str]) -> None:
    found = cut(text, "mysql")
    assert [statement.text for statement in found.statements] == expected
    assert found.flaws == ()


VERSIONS = [
    ("mysql", "/*!50700 SELECT 1 */", True),
    ("mysql", "/*M! SELECT 1 */", False),
    ("mariadb", "/*!50700 SELECT 1 */", False),
    ("mariadb", "/*!80013 SELECT 1 */", False),
    ("mariadb", "/*!50699 SELECT 1 */", True),
    ("mariadb", "/*M! SELECT 1 */", True),
    ("mariadb", "/*M!100100 SELECT 1 */", True),
    ("mariadb", "/*M!999999 SELECT 1 */", False),
    ("postgres", "/*! SELECT 1 */", False),
]


@pytest.mark.parametrize(("dialect", "text", "runs"), VERSIONS)
def test_who_reads_executable_comments(dialect: str, text: str, runs: bool) -> None:
    assert bool(cut(text, dialect).statements) is runs


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT 'a\\'", "this string never ends"),
        ("DELIMITER //\nSELECT `a", "this quoted name never ends"),
        ("SELECT 1 /* a", "this comment never ends"),
        ("CREATE PROCEDURE p() BEGIN /*! SELECT 1; END", "this comment never ends"),
    ],
)
def test_flaws(text: str, message: str) -> None:
    assert [flaw.message for flaw in cut(text, "mysql").flaws] == [message]


PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "'",
                '"',
                "`",
                "\\",
                ";",
                "(",
                ")",
                "/*",
                "*/",
                "/*!",
                "/*!50000 ",
                "/*M!",
                "-- ",
                "#",
                "\n",
                " ",
                "a",
            ),
            *(
                "DELIMITER //\n",
                "DELIMITER ;\n",
                "//",
                "\nDELIMITER",
                "CREATE ",
                "PROCEDURE p() ",
                "BEGIN ",
                "END ",
            ),
            *(
                "IF ",
                "THEN ",
                "CASE ",
                "LOOP ",
                "ALTER TABLE t ",
                "ADD x int ",
                "DEFAULT ",
                ", ",
                "1",
                "@",
                ":=",
                ".",
            ),
        ]
    ),
    max_size=25,
).map("".join)


@given(text=PIECES, dialect=st.sampled_from(["mysql", "mariadb"]))
def test_pieces_stand_in_order_where_they_say(text: str, dialect: str) -> None:
    position = 0
    for statement in cut(text, dialect).statements:
        assert position <= statement.span.start < statement.span.end
        assert text[statement.span.start : statement.span.end] == statement.text
        position = statement.span.end


@given(text=PIECES, dialect=st.sampled_from(["mysql", "mariadb"]))
def test_no_text_raises_anything_but_an_input_error(text: str, dialect: str) -> None:
    with suppress(InputError):
        assert all(read.operations for read in script(text, dialect).statements)


DEEP = 10_000

HOSTILE = [
    "SELECT " + "(" * DEEP + "1" + ")" * DEEP,
    "CREATE TABLE t (a int DEFAULT " + "(" * DEEP + "1" + ")" * DEEP + ")",
    "CREATE PROCEDURE p() " + "BEGIN " * DEEP + "END; " * DEEP,
    "/*!" * DEEP,
    "/*! a " * DEEP + "*/ " * DEEP,
    "DELIMITER a1\n-- c\nx;\n" * 2_000,
    "".join(f"DELIMITER d{number}\nx;\n" for number in range(5_000)),
    "DELIMITER //\n" + "SELECT '" + "\\'" * 100_000 + "'//",
    "SET STATEMENT a=1 FOR " * DEEP + "SELECT 1",
    "ALTER TABLE t " + "ADD x int, " * DEEP + "ADD y int",
    "CREATE TABLE t (a enum(" + ",".join(f"'{number}'" for number in range(DEEP)) + "))",
    "INSERT INTO t VALUES " + ",".join(f"({number}, 'a;b')" for number in range(100_000)),
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_come_back(text: str) -> None:
    for statement in cut(text, "mysql").statements:
        assert statement.text
    with suppress(InputError):
        assert script(text, "mysql").operations


def test_the_lexical_facts_are_those_of_the_dialects() -> None:
    assert get("mysql").lexical.delimiter_command
    assert not get("postgres").lexical.delimiter_command
