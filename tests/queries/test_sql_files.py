"""``.sql`` files: statements, names, places, and what is no SQL."""

from __future__ import annotations

import pytest

from migrail import dialects
from migrail.queries import Found
from migrail.queries.files.sql_files import read

POSTGRES = dialects.get("postgres")


def found(text: str, dialect: str = "postgres") -> Found:
    return read(text, "queries/app.sql", dialects.get(dialect))


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("-- name: GetUser :one", "GetUser"),
        ("--name: GetUser :many", "GetUser"),
        ("/* name: GetUser :exec */", "GetUser"),
        ("-- name: get_user", "get_user"),
        ("-- name: get_user^", "get_user"),
        ("-- name: del_user!", "del_user"),
        ("-- name: add_user<!", "add_user"),
        ("-- name: all_users#", "all_users"),
        ("-- name: count_users$", "count_users"),
        ("-- name: add_users*!", "add_users"),
        ("-- :name get_user :one", "get_user"),
        ("-- :name get-user :? :1", "get-user"),
        ("-- NAME: x", "x"),
        ("-- name: a\n-- Gets it.", "a"),
        ("-- get_user --", "get_user"),
        ("-- get_user --\n-- Gets it -- all of it --", "get_user"),
        ("-- the name: of the rose", None),
        ("-- names nothing", None),
        ("", None),
    ],
)
def test_names(header: str, name: str | None) -> None:
    (query,) = found(f"{header}\nSELECT id FROM users WHERE id=$1;\n").queries
    assert query.origin.name == name
    assert query.origin.line == header.count("\n") + 2


def test_places_of_several_statements() -> None:
    text = "-- name: a :one\r\nSELECT 1;  SELECT\r\n 2;\r\n\r\n  DELETE FROM t\r\n"
    assert [(q.text, q.origin.line, q.origin.column, q.origin.name) for q in found(text).queries] == [
        ("SELECT 1", 2, 1, "a"),
        ("SELECT\r\n 2", 2, 12, None),
        ("DELETE FROM t", 5, 3, None),
    ]


def test_a_name_ends_the_statement_before() -> None:
    text = (
        "-- name: a\nSELECT 1\n\n-- name: b\n-- more\nSELECT 2\n-- c --\nSELECT '3\n-- name: d\nSELECT 4; SELECT 5"
    )
    answer = found(text)
    assert [(q.text, q.origin.line, q.origin.name) for q in answer.queries] == [
        ("SELECT 1", 2, "a"),
        ("SELECT 2", 6, "b"),
        ("SELECT 4", 10, "d"),
        ("SELECT 5", 10, None),
    ]
    assert [(item.origin.line, item.origin.column) for item in answer.unreadable] == [(8, 8)]


def test_names_of_mysql() -> None:
    (query,) = found("# name: GetUser :one\nSELECT 'it\\'s', `a;b` FROM t;", "mysql").queries
    assert query.origin.name == "GetUser"


@pytest.mark.parametrize(
    ("text", "queries", "unreadable"),
    [
        ("SELECT 1;\nSELECT 'abc;\nSELECT 2;", ["SELECT 1", "SELECT 2"], [(2, "this string never ends")]),
        (
            "-- name: a\nSELECT $$ x\n-- name: b\nSELECT 2;\n-- name: c\nSELECT /* 3\n",
            ["SELECT 2"],
            [(2, "this dollar quote $$ never ends"), (6, "this comment never ends")],
        ),
        ("SELECT 1;\n\\set x 1\nSELECT 2;", ["SELECT 1", "SELECT 2"], [(2, r"\\set is a command of psql")]),
        ("SELECT 1;\nthis is prose\n;SELECT 2", ["SELECT 1", "SELECT 2"], [(2, "not SQL")]),
        ("SELECT 1;\nCREATE TABLE t (id int);", ["SELECT 1"], [(2, "CREATE changes the structure")]),
        ("BEGIN; SELECT 1; COMMIT; SET x = 1;", ["SELECT 1"], []),
        ("(SELECT 1) UNION (SELECT 2);", ["(SELECT 1) UNION (SELECT 2)"], []),
        ("SELECT {{ columns }} FROM t;\nSELECT 2", ["SELECT 2"], [(1, "templated SQL")]),
        ("{% if x %}\nSELECT 1;\n{% endif %}\n", [], [(1, "templated SQL"), (3, "templated SQL")]),
        ("SELECT '{{ user }}';", [], [(1, "templated SQL")]),
        ("SELECT * FROM {};SELECT * FROM {table}", [], [(1, "templated SQL"), (1, "templated SQL")]),
        ("SELECT * FROM ${table};SELECT #{id}", [], [(1, "templated SQL"), (1, "templated SQL")]),
        ("SELECT '{1,2}', '{{1,2},{3,4}}', '{\"a\": {}}'", ["SELECT '{1,2}', '{{1,2},{3,4}}', '{\"a\": {}}'"], []),
        ("SELECT {d '2026-01-31'}", ["SELECT {d '2026-01-31'}"], []),
        ("", [], []),
        ("-- nothing\n;;\n", [], []),
        ("%PDF-1.4 \x01\x02", [], [(1, "not SQL")]),
        ("<html><body>It's</body></html>", [], [(1, "never ends")]),
        ("SELECT " + "x" * 200_001, [], [(1, "longer than 200,000 characters")]),
    ],
)
def test_what_is_read_and_what_is_not(text: str, queries: list[str], unreadable: list[tuple[int, str]]) -> None:
    answer = found(text)
    assert [query.text for query in answer.queries] == queries
    assert len(answer.unreadable) == len(unreadable)
    for item, (line, reason) in zip(answer.unreadable, unreadable, strict=True):
        assert item.origin.line == line
        assert reason.replace("\\\\", "\\") in item.reason


def test_a_file_that_never_stops_being_unreadable_is_given_up() -> None:
    answer = found("/*;\n" * 10_000)
    assert answer.queries == ()
    assert len(answer.unreadable) == 101
    assert answer.unreadable[-1].reason == "not SQL: the rest of the file is not read"
