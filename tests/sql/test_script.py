"""A whole migration."""

from __future__ import annotations

import pytest

from migrail.dialects import get
from migrail.model.errors import InputError
from migrail.model.migration import Statement
from migrail.model.operations import AddColumn, CreateIndex, Opaque, TransactionControl
from migrail.model.structure import Column
from migrail.model.text import Lines
from migrail.sql.read import read
from tests.sql.support import INT, migration, n, script


def test_a_script_holds_its_statements_and_what_they_mean() -> None:
    text = "-- migrail: phase=expand\nALTER TABLE t ADD a int;\nFOO BAR;\nCREATE INDEX i ON t (a);"
    found = script(text)
    assert found.migration == migration(text)
    assert [(read.statement.number, read.statement.span.line) for read in found.statements] == [
        (1, 2),
        (2, 3),
        (3, 4),
    ]
    add = AddColumn(table=n("t"), column=Column(name="a", type=INT))
    foo = Opaque(keyword="FOO", reason="unexpected FOO where a statement should begin (line 3)")
    index = CreateIndex(table=n("t"), index="i", columns=("a",))
    assert found.operations == (add, foo, index)
    assert [read.opaque for read in found.statements] == [None, foo, None]


def test_a_statement_that_was_cut_by_somebody_else_may_be_broken() -> None:
    statement = Statement(number=1, text="SELECT 'a", span=Lines("").span(0, 0))
    assert read(statement, get("postgres")) == (Opaque(keyword="SELECT", reason="a string never ends"),)


def test_one_statement_that_is_not_understood_costs_one_statement() -> None:
    found = script("BEGIN; ALTER TABLE t FROB a, DROP b; COMMIT;")
    assert [type(operation) for operation in found.operations] == [
        TransactionControl,
        Opaque,
        TransactionControl,
    ]


HIDING = [
    # where comments end at a line feed alone: dialect, text, line and column of the comment that hides some of it
    ("mariadb", "SELECT 1; # a\rSELECT 2;", (1, 11)),
    ("mysql", "CREATE TABLE a (id int -- a\r\r, n int\r);", (1, 24)),
    ("mariadb", "CREATE PROCEDURE p()\nBEGIN -- a\rSELECT 1; END", (2, 7)),
    ("sqlite", "-- a\rSELECT 1;\r", (1, 1)),
    ("postgres", "-- a\rSELECT 1;", None),
    ("sqlite", "-- a\r\nSELECT\r1;\r-- b\r", None),
    ("sqlite", "/* a\rb */ SELECT '-- a\rb', \"-- a\rb\";", None),
    ("mariadb", "# a\r\r\nSELECT\r1 -- b\r \t", None),
]


@pytest.mark.parametrize(("dialect", "text", "place"), HIDING)
def test_what_a_comment_hides_behind_a_carriage_return(
    dialect: str, text: str, place: tuple[int, int] | None
) -> None:
    if place is None:
        assert script(text, dialect).statements
        return
    with pytest.raises(InputError) as caught:
        script(text, dialect)
    (problem,) = caught.value.problems
    assert (problem.line, problem.column, "behind a carriage return" in problem.message) == (*place, True)
