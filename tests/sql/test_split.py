"""Cutting texts into statements."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrail.dialects import Lexical, get
from migrail.model.errors import InputError
from migrail.model.text import Lines
from migrail.sql.lexer import tokens
from migrail.sql.split import split
from tests.sql.support import cut, script

CASES = [
    ("postgres", "SELECT 1", ["SELECT 1"]),
    ("postgres", ";; SELECT 1 ;\n; SELECT 2;;", ["SELECT 1", "SELECT 2"]),
    ("postgres", "  \n\t", []),
    ("postgres", "-- only\n/* comments */", []),
    (
        "postgres",
        "SELECT ';', 'it''s; fine', \"a;\"\"b\"; SELECT 2",
        ["SELECT ';', 'it''s; fine', \"a;\"\"b\"", "SELECT 2"],
    ),
    ("postgres", r"SELECT '\'; SELECT 2", [r"SELECT '\'", "SELECT 2"]),
    ("postgres", r"SELECT E'\';', e'a\\'; SELECT 2", [r"SELECT E'\';', e'a\\'", "SELECT 2"]),
    ("postgres", "SELECT E'a'\n -- c\n  'b\\';'; SELECT 2", ["SELECT E'a'\n -- c\n  'b\\';'", "SELECT 2"]),
    ("postgres", r"SELECT me'\'; SELECT 2", [r"SELECT me'\'", "SELECT 2"]),
    ("postgres", "DO $$ a; $b$ ; $b$ $$; SELECT 2", ["DO $$ a; $b$ ; $b$ $$", "SELECT 2"]),
    ("postgres", "DO $é_1$ ; $$ ; $é_1$; SELECT 2", ["DO $é_1$ ; $$ ; $é_1$", "SELECT 2"]),
    (
        "postgres",
        "VALUES ($1,$2); SELECT a$b$, c$b$; SELECT 3",
        ["VALUES ($1,$2)", "SELECT a$b$, c$b$", "SELECT 3"],
    ),
    (
        "postgres",
        "SELECT 1 -- ; no\n + /* ; /* ; */ ; */ 2; SELECT 3",
        ["SELECT 1 -- ; no\n + /* ; /* ; */ ; */ 2", "SELECT 3"],
    ),
    ("postgres", "SELECT 1 -- a\rFROM t; SELECT 2", ["SELECT 1 -- a\rFROM t", "SELECT 2"]),
    (
        "postgres",
        "CREATE RULE r AS ON INSERT TO t DO (a; b); SELECT 2",
        ["CREATE RULE r AS ON INSERT TO t DO (a; b)", "SELECT 2"],
    ),
    ("postgres", "SELECT 1); SELECT 2", ["SELECT 1)", "SELECT 2"]),
    (
        "postgres",
        "CREATE OR REPLACE FUNCTION f(a int) RETURNS int BEGIN ATOMIC SELECT CASE WHEN a > 1 THEN 2 END; "
        "SELECT (CASE a WHEN 1 THEN 2 END); END; SELECT 2",
        [
            "CREATE OR REPLACE FUNCTION f(a int) RETURNS int BEGIN ATOMIC SELECT CASE WHEN a > 1 THEN 2 END; "
            "SELECT (CASE a WHEN 1 THEN 2 END); END",
            "SELECT 2",
        ],
    ),
    (
        "postgres",
        "CREATE PROCEDURE p() AS 'begin' LANGUAGE sql; BEGIN; COMMIT",
        ["CREATE PROCEDURE p() AS 'begin' LANGUAGE sql", "BEGIN", "COMMIT"],
    ),
    (
        "postgres",
        "CREATE TRIGGER t BEFORE INSERT ON x EXECUTE FUNCTION f(); SELECT 2",
        ["CREATE TRIGGER t BEFORE INSERT ON x EXECUTE FUNCTION f()", "SELECT 2"],
    ),
    ("postgres", "SELECT `a; b`", ["SELECT `a", "b`"]),
    ("postgres", "SELECT a[1; 2]", ["SELECT a[1", "2]"]),
    ("sqlite", 'SELECT `a;``b`, [c;d], "e;f"; SELECT 2', ['SELECT `a;``b`, [c;d], "e;f"', "SELECT 2"]),
    ("sqlite", "SELECT $$; SELECT 2", ["SELECT $$", "SELECT 2"]),
    ("sqlite", r"SELECT E'\'; SELECT 2", [r"SELECT E'\'", "SELECT 2"]),
    ("sqlite", "SELECT 1 -- a\r; b\n; SELECT 2", ["SELECT 1", "SELECT 2"]),
    ("sqlite", "SELECT 1 /* /* */; SELECT 2", ["SELECT 1", "SELECT 2"]),
    (
        "sqlite",
        "CREATE TEMP TRIGGER t AFTER INSERT ON x BEGIN UPDATE y SET a = CASE WHEN 1 THEN 2 END; DELETE FROM z; "
        "END /* e */ ; SELECT 2",
        [
            "CREATE TEMP TRIGGER t AFTER INSERT ON x BEGIN UPDATE y SET a = CASE WHEN 1 THEN 2 END; DELETE FROM z; "
            "END",
            "SELECT 2",
        ],
    ),
    (
        "sqlite",
        "create /* c */ trigger t delete on x begin select 1; end",
        ["create /* c */ trigger t delete on x begin select 1; end"],
    ),
    ("sqlite", "CREATE TRIGGER broken; SELECT 2", ["CREATE TRIGGER broken", "SELECT 2"]),
]


@pytest.mark.parametrize(("dialect", "text", "expected"), CASES)
def test_statements(dialect: str, text: str, expected: list[str]) -> None:
    found = cut(text, dialect)
    assert [statement.text for statement in found.statements] == expected
    assert [statement.number for statement in found.statements] == list(range(1, len(expected) + 1))
    assert found.flaws == ()


def test_spans_count_lines_and_columns_from_1() -> None:
    text = "-- c\n  SELECT\r\n 1 ;\nSELECT 2"
    first, second = cut(text).statements
    span = first.span
    assert (span.start, span.end, text[span.start : span.end]) == (7, 17, "SELECT\r\n 1")
    assert (span.line, span.column, span.end_line, span.end_column) == (2, 3, 3, 3)
    assert (second.span.line, second.span.column) == (4, 1)


COMMENTS = [
    # text, comments before each statement, comments inside or behind each statement, tail
    ("-- a\n/* b */ SELECT 1", [["-- a", "/* b */"]], [[]], []),
    ("SELECT 1; -- a\n-- b\nSELECT 2", [[], ["-- b"]], [["-- a"], []], []),
    ("SELECT 1 -- a\n; -- b\n-- c", [[]], [["-- a", "-- b"]], ["-- c"]),
    ("SELECT /* a */ 1 /* b */;", [[]], [["/* a */", "/* b */"]], []),
    ("SELECT 1; /* a */ SELECT 2; /* b */ -- c", [[], ["/* a */"]], [[], ["/* b */", "-- c"]], []),
    ("SELECT 1; /* a\n */ SELECT 2", [[], []], [["/* a\n */"], []], []),
    ("-- a\n;\n-- b\nSELECT 1", [["-- a", "-- b"]], [[]], []),
    ("SELECT '-- no', $$ -- no $$, \"/* no */\"", [[]], [[]], []),
    (
        "CREATE FUNCTION f() RETURNS int -- a\nBEGIN ATOMIC /* b */ SELECT 1; END; -- c",
        [[]],
        [["-- a", "/* b */", "-- c"]],
        [],
    ),
]


@pytest.mark.parametrize(("text", "before", "inner", "tail"), COMMENTS)
def test_comments(text: str, before: list[list[str]], inner: list[list[str]], tail: list[str]) -> None:
    found = cut(text)
    assert [[comment.text for comment in statement.comments] for statement in found.statements] == before
    assert [[comment.text for comment in statement.inner_comments] for statement in found.statements] == inner
    assert [comment.text for comment in found.tail] == tail
    for statement in found.statements:
        for comment in statement.comments + statement.inner_comments:
            assert text[comment.span.start : comment.span.end] == comment.text


FLAWS = [
    ("postgres", "SELECT 1;\n  SELECT 'a\n;", ("this string never ends", 2, 10)),
    ("postgres", r"SELECT E'a\';", ("this string never ends", 1, 8)),
    ("postgres", 'SELECT "a""', ("this quoted name never ends", 1, 8)),
    ("postgres", "DO $a$ $$ ;\n$b$", ("this dollar quote $a$ never ends", 1, 4)),
    ("postgres", "SELECT 1 /* /* */ ;", ("this comment never ends", 1, 10)),
    ("postgres", "CREATE FUNCTION f() AS $x$ ", ("this dollar quote $x$ never ends", 1, 24)),
    ("postgres", "SELECT 1;\nCREATE FUNCTION f() RETURNS int\n  BEGIN ATOMIC SELECT CASE a WHEN 1 THEN 1 END;",
     ("this BEGIN ATOMIC never ends", 3, 3)),
    ("postgres", "CREATE PROCEDURE f() BEGIN ATOMIC", ("this BEGIN ATOMIC never ends", 1, 22)),
    ("sqlite", "SELECT 1 /* ;", ("this comment never ends", 1, 10)),
    ("sqlite", "SELECT [a ; b", ("this name in brackets never ends", 1, 8)),
    ("sqlite", "SELECT `a ; b", ("this quoted name never ends", 1, 8)),
    ("postgres", "\\set x 'y\nSELECT 1;", ("\\set is a command of psql, not SQL: take it out", 1, 1)),
    ("postgres", "SELECT 1 \\gset\n;", ("\\gset is a command of psql, not SQL: take it out", 1, 10)),
    ("postgres", "SELECT 1;\n\\i other.sql\n", ("\\i is a command of psql, not SQL: take it out", 2, 1)),
    ("postgres", "CREATE FUNCTION f()\n\\c", ("\\c is a command of psql, not SQL: take it out", 2, 1)),
    ("sqlite", ".bail on\nSELECT 1;", (".bail is a command of sqlite3, not SQL: take it out", 1, 1)),
    ("sqlite", "-- x\n\n  .read a.sql\n", (".read is a command of sqlite3, not SQL: take it out", 3, 3)),
    ("mysql", "SELECT 1;\nSOURCE a.sql\nSELECT 2;", ("SOURCE is a command of mysql, not SQL: take it out", 2, 1)),
    ("mariadb", "# x\n\\. a.sql", ("\\. is a command of mysql, not SQL: take it out", 2, 1)),
    ("mariadb", "SELECT 1\\G\n", ("\\G is a command of mysql, not SQL: take it out", 1, 9)),
    ("mysql", "SELECT 1;\nSELECT \\N, 1 \\g SELECT 2;", ("\\g is a command of mysql, not SQL: take it out", 2, 14)),
    ("mariadb", "CREATE PROCEDURE p() BEGIN SELECT 1 \\g END", (
        "\\g is a command of mysql, not SQL: take it out", 1, 37)),
    ("postgres", "CREATE VIEW v\n\\connect x", ("\\connect is a command of psql, not SQL: take it out", 2, 1)),
    ("postgres", "SELECT 1;\ncopy t (a) from stdin with (format csv);\n1;'\n\\.\nSELECT 2", (
        "COPY ... FROM stdin with its rows in the file works in psql only: use INSERT", 2, 1)),
]  # fmt: skip


@pytest.mark.parametrize(("dialect", "text", "expected"), FLAWS)
def test_flaws(dialect: str, text: str, expected: tuple[str, int, int]) -> None:
    assert [tuple(flaw)[:3] for flaw in cut(text, dialect).flaws] == [expected]


def test_lexical_facts_of_other_servers() -> None:
    lexical = Lexical(
        backslash_escapes=True,
        double_quoted_strings=True,
        backticks=True,
        hash_comments=True,
        dashes_need_space=True,
    )
    text = "SELECT 'a\\';', \"b\\\";\", `c;` # d;\n, 1--2; SELECT 3 -- e;\n; SELECT $$;"
    assert [statement.text for statement in split(text, lexical).statements] == [
        "SELECT 'a\\';', \"b\\\";\", `c;` # d;\n, 1--2",
        "SELECT 3",
        "SELECT $$",
    ]


SCRIPTS = [
    ("postgres", "\\i a.sql\nSELECT 1;\n\\i b.sql\nCOPY t FROM STDIN;\n1\n\\.\n\\q", [1, 3, 4, 7], 2),
    ("sqlite", ".bail on\nSELECT 1;\n  .read b.sql\nSELECT\n.5;\n.quit", [1, 3, 6], 2),
    ("mysql", "source a.sql\nSELECT 1;\n\\! ls\nSELECT 2;\nquit", [1, 3, 5], 2),
]


@pytest.mark.parametrize(("dialect", "text", "lines", "statements"), SCRIPTS)
def test_all_commands_of_a_client_are_listed(dialect: str, text: str, lines: list[int], statements: int) -> None:
    found = cut(text, dialect)
    assert ([flaw.line for flaw in found.flaws], len(found.statements)) == (lines, statements)


@pytest.mark.parametrize(
    ("dialect", "text"),
    [
        ("postgres", "COPY t TO STDOUT"),
        ("postgres", "COPY t FROM '/stdin'"),
        ("sqlite", "SELECT \\ 1"),
        ("sqlite", "SELECT\n.5, '\n.read x\n'"),
        ("sqlite", "SELECT 1; .read x"),
        ("mysql", "SELECT '\nsource x\n',\nsource\nFROM t"),
        ("mysql", "HELP 'contents'; USE shop; sources"),
        ("mysql", "SELECT \\N, '\\g', `\\g` /* \\g */ -- \\g"),
    ],
)
def test_what_only_looks_like_a_client_script_is_no_flaw(dialect: str, text: str) -> None:
    assert cut(text, dialect).flaws == ()


PIECES = st.lists(
    st.sampled_from(
        [
            *("'", '"', "`", "[", "]", "$", "$$", "$a$", "E'", "\\", "\\'", "''", ";", "(", ")", "/*", "*/", "--"),
            *("\n", "\r", "\r\n", " ", "a", "1", "é", "\0", "\ufeff", "#", "SELECT", "CREATE", "TRIGGER"),
            *("FUNCTION", "BEGIN", "ATOMIC", "CASE", "END", "COPY", "FROM", "stdin", "migrail:", "ignore MR201"),
            *("ALTER TABLE t", "ADD COLUMN", "DEFAULT", "WITH", "AS", ",", ".", "::", "INSERT INTO", "UPDATE"),
            *("SET", "VIEW v", "CHECK", "TYPE", "USING", "=", "-- migrail: ", "reason=", "transaction=off"),
        ]
    ),
    max_size=25,
).map("".join) | st.text(max_size=40)  # fmt: skip


@given(text=PIECES, dialect=st.sampled_from(["postgres", "sqlite"]))
def test_pieces_rejoin_and_gaps_hold_nothing_but_semicolons(text: str, dialect: str) -> None:
    found = cut(text, dialect)
    if found.flaws:
        return
    lexical, position = get(dialect).lexical, 0
    for statement in found.statements:
        assert text[statement.span.start : statement.span.end] == statement.text
        assert all(token.text == ";" for token in tokens(text[position : statement.span.start], lexical))
        assert statement.text == statement.text.strip(" \t\r\n\f\v")
        assert Lines(text).span(statement.span.start, statement.span.end) == statement.span
        position = statement.span.end
    assert all(token.text == ";" for token in tokens(text[position:], lexical))
    comments = [
        comment for statement in found.statements for comment in (*statement.comments, *statement.inner_comments)
    ]
    assert len({comment.span for comment in (*comments, *found.tail)}) == len(comments) + len(found.tail)


@given(text=PIECES, dialect=st.sampled_from(["postgres", "sqlite"]))
def test_no_text_raises_anything_but_an_input_error(text: str, dialect: str) -> None:
    with suppress(InputError):
        assert all(read.operations for read in script(text, dialect).statements)
