"""Files whose bytes mislead, on each server: a clear answer and nothing applied, or exactly what the file says."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.project import Project

Row = tuple[tuple[str, ...], str, bytes, str]

SERVERS = ("postgres", "mariadb", "sqlite")

TABLE = b"CREATE TABLE a (id int);\n"

UNREADABLE = [
    ("a NUL byte", TABLE + b"\0 CREATE TABLE b (id int);", ":2:1: holds a NUL byte"),
    ("a NUL byte in a string", TABLE + b"SELECT 'a\0b';", ":2:10: holds a NUL byte"),
    ("a NUL byte in a comment", TABLE + b"-- a\0b", ":2:5: holds a NUL byte"),
    (
        "a byte order mark in the middle",
        TABLE + b"\xef\xbb\xbfCREATE TABLE b (id int);",
        ":2:1: holds a byte order",
    ),
    ("Latin-1", TABLE + "SELECT 'ä';".encode("latin-1"), ":2:9: is not UTF-8: byte 0xe4"),
    ("half a character", TABLE + b"SELECT '\xe2\x82", ":2:9: is not UTF-8: byte 0xe2"),
    ("half a pair of UTF-16", TABLE + b"SELECT '\xed\xa0\x80';", ":2:9: is not UTF-8: byte 0xed"),
    ("UTF-16", TABLE.decode().encode("utf-16"), ": is UTF-16; save it as UTF-8"),
]
"""What each is, the file, and what is said about it: no text that every server would read alike."""

_EMPTY = ": holds no statement"
_UNSEEN = "holds a character that cannot be seen"
_CR = ":2:1: this comment goes on behind a carriage return"
_PSQL, _MYSQL, _SQLITE = (f"is a command of {client}, not SQL" for client in ("psql", "mysql", "sqlite3"))

REFUSED = [
    (SERVERS, "an empty file", b"", _EMPTY),
    (SERVERS, "blanks alone", b" \r\n\t\n", _EMPTY),
    (SERVERS, "comments alone", b"-- nothing\n/* here */", _EMPTY),
    (SERVERS, "semicolons alone", b";;\n;", _EMPTY),
    (SERVERS, "a byte order mark alone", b"\xef\xbb\xbf", _EMPTY),
    (
        SERVERS,
        "a zero-width space in a name",
        TABLE + "CREATE TABLE a\u200bb (id int);".encode(),
        f"200bb {_UNSEEN}",
    ),
    (SERVERS, "a no-break space", TABLE + "CREATE TABLE a\u00a0(id int);".encode(), rf"a\xa0 {_UNSEEN}"),
    (SERVERS, "letters from right to left", TABLE + "CREATE TABLE a\u202eb (id int);".encode(), f"202eb {_UNSEEN}"),
    (SERVERS, "a string without an end", TABLE + b"SELECT 'a", ":2:8: this string never ends"),
    (SERVERS, "a comment without an end", TABLE + b"/* a", ":2:1: this comment never ends"),
    (("mariadb", "sqlite"), "a statement behind a comment and a CR", TABLE + b"-- a\rDROP TABLE a;\r", _CR),
    (("mariadb",), "a statement behind # and a CR", TABLE + b"# a\rDROP TABLE a;\r", _CR),
    (("postgres",), r"\set", TABLE + b"\\set x 1\n", rf":2:1: \set {_PSQL}"),
    (("postgres",), r"\copy", TABLE + b"\\copy a from 'x'\n", rf":2:1: \copy {_PSQL}"),
    (("postgres",), r"\restrict", b"\\restrict abc\n" + TABLE, rf":1:1: \restrict {_PSQL}"),
    (("postgres",), r"\g in the middle", b"SELECT 1 \\g CREATE TABLE a (id int);", rf":1:10: \g {_PSQL}"),
    (("postgres",), r"\gexec behind a query", TABLE + b"SELECT 'DROP TABLE a'\\gexec\n", rf":2:22: \gexec {_PSQL}"),
    (
        ("postgres",),
        "COPY FROM stdin with data",
        TABLE + b"COPY a FROM stdin;\n1\n\\.\n",
        ":2:1: COPY ... FROM stdin",
    ),
    (("mariadb",), "a quote behind a backslash", b"SELECT 'a\\';\n" + TABLE, ":1:8: this string never ends"),
    (("mariadb",), r"\G behind a query", TABLE + b"SELECT 1\\G\n", rf":2:9: \G {_MYSQL}"),
    (("mariadb",), r"\g in the middle", TABLE + b"SELECT 1 \\g DROP TABLE a;", rf":2:10: \g {_MYSQL}"),
    (("mariadb",), r"\.", TABLE + b"\\. other.sql\n", rf":2:1: \. {_MYSQL}"),
    (("mariadb",), "source", TABLE + b"source other.sql\n", f":2:1: source {_MYSQL}"),
    (("sqlite",), ".read", TABLE + b".read other.sql\n", f":2:1: .read {_SQLITE}"),
    (("sqlite",), ".mode", b".mode csv\n" + TABLE, f":1:1: .mode {_SQLITE}"),
]
"""The servers, what each is, the file, and what is said about it before anything is sent."""

_LONG = "n" * 70
SENT = [
    (SERVERS, "GO", b"CREATE TABLE a (id int)\nGO\n"),
    (SERVERS, "a variable", b"SELECT :x;"),
    (("postgres", "sqlite"), "the end of a file of DOS", TABLE + b"\x1a"),
    (("postgres",), "DELIMITER", b"DELIMITER //\nCREATE TABLE a (id int)//\n"),
    (("mariadb",), "a name of 70 letters", f"CREATE TABLE {_LONG} (id int);".encode()),
    (("mariadb",), "a column of 70 letters", f"CREATE TABLE a ({_LONG} int);".encode()),
    (("sqlite",), r"\g in the middle", TABLE + b"SELECT 1 \\g DROP TABLE a;"),
]
"""The servers, what each is, and the file, which the server refuses."""

FINE = [
    (SERVERS, b"\xef\xbb\xbfCREATE TABLE mark (id int);", "mark"),
    (SERVERS, b"-- a\r\nCREATE TABLE crlf (id int);\r\n", "crlf"),
    (SERVERS, b"CREATE TABLE\rcr\r(id int)\r;\r", "cr"),
    (SERVERS, b"CREATE TABLE\x0cff (id int)\x0c;", "ff"),
    (SERVERS, "CREATE TABLE plane (n varchar(9) DEFAULT '\U0001f600');".encode(), "plane"),
    (SERVERS, "CREATE TABLE unseen (id int /* \u200b */ DEFAULT (length('\u00a0')));".encode(), "unseen"),
    (SERVERS, "CREATE TABLE separated (id int); -- \u2028CREATE TABLE no (id int);".encode(), "separated"),
    (SERVERS, f"CREATE TABLE {'ä' * 31} (id int);".encode(), "ä" * 31),
    (("mariadb", "sqlite"), f"CREATE TABLE {'ä' * 64} (id int);".encode(), "ä" * 64),
    (("postgres",), f"CREATE TABLE {'ö' * 40} (id int); INSERT INTO {'ö' * 40} VALUES (1);".encode(), "ö" * 31),
    (("postgres",), f"CREATE TABLE {_LONG} (id int);\nCREATE INDEX ON {_LONG} (id);".encode(), _LONG[:63]),
    (("postgres",), b"-- a\rCREATE TABLE cr_behind (id int);\r", "cr_behind"),
    (("sqlite",), f"CREATE TABLE {_LONG} (id int);".encode(), _LONG),
    (("mariadb",), b"DELIMITER //\nCREATE TABLE delimited (id int)//\nDELIMITER ;\n", "delimited"),
    (("mariadb",), b"# a\nCREATE TABLE hash (id int DEFAULT \\N); # done", "hash"),
    (("mariadb",), b"CREATE\x0bTABLE vt (id int);", "vt"),
]
"""The servers, the file, and the table that it makes."""

HUGE = 20_000_000
"""Bytes of one statement: more than MariaDB takes unless it is told to."""

TABLES = {
    "postgres": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
    "mariadb": "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()",
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
}


def project_on(kind: str, root: Path, request: pytest.FixtureRequest) -> Project:
    url = "sqlite:///dev.db" if kind == "sqlite" else request.getfixturevalue(f"new_{kind}")()
    made = Project(root, kind, {"dev": url}, {})
    made.write("0001_customers", "CREATE TABLE customers (id integer);")
    made.ok("promote", "dev")
    return made


@pytest.fixture(params=SERVERS)
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Project:
    return project_on(request.param, tmp_path, request)


def put(project: Project, number: int, content: bytes) -> str:
    """The path of a new file with these bytes."""
    path = f"migrations/{number:04}_file.sql"
    (project.root / path).write_bytes(content)
    return path


def tables(project: Project) -> set[str]:
    found = {name for (name,) in project.query("dev", TABLES[project.dialect])}
    return {name for name in found if not name.startswith("migrail_")} - {"customers"}


@pytest.mark.parametrize("rows", [[(SERVERS, *row) for row in UNREADABLE], REFUSED], ids=["unreadable", "refused"])
def test_what_is_refused_before_anything_is_sent(rows: list[Row], project: Project) -> None:
    mine = [row for row in rows if project.dialect in row[0]]
    expected = {
        what: put(project, number, content) + said for number, (_, what, content, said) in enumerate(mine, 2)
    }
    before = project.dump()
    result = project.run("promote", "dev")
    assert [what for what, said in expected.items() if not _is_said(said, result.err)] == []
    assert (result.code, len(result.err.splitlines()), project.dump() == before) == (2, len(mine), True)


def _is_said(expected: str, said: str) -> bool:
    """Whether a line begins with the same path, and place if there is one, and holds the rest."""
    path, rest = expected.split(".sql", 1)
    return any(f"{path}.sql" in line and rest in line for line in said.splitlines())


ON_EACH = [pytest.param(on, content, id=f"{on}-{what}") for servers, what, content in SENT for on in servers]


@pytest.mark.parametrize(("on", "content"), ON_EACH)
def test_what_the_server_refuses(on: str, content: bytes, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    project = project_on(on, tmp_path, request)
    path = put(project, 2, content)
    result = project.run("promote", "dev")
    assert (result.code, f"  {path}:" in result.err, "failed at statement" in result.err) == (4, True, True), result
    assert tables(project) == set()
    assert project.query("dev", "SELECT kind FROM migrail_ledger WHERE kind = 'applied'") == [("applied",)]


def test_odd_but_clear_bytes_are_applied(project: Project) -> None:
    mine = [row for row in FINE if project.dialect in row[0]]
    for number, (_, content, _) in enumerate(mine, 2):
        put(project, number, content)
    project.ok("promote", "dev")
    assert tables(project) == {made for _, _, made in mine}


@pytest.mark.parametrize(
    "before", ["", "CREATE TABLE more (id integer);\n"], ids=["in one transaction", "in steps"]
)
def test_a_huge_statement(before: str, project: Project) -> None:
    if before and project.dialect != "mariadb":
        before = f"-- migrail: transaction=off\n{before}"
    text = "x" * (HUGE - 100)
    project.write("0002_huge", f"{before}INSERT INTO customers VALUES (length('{text}'));")
    result = project.run("promote", "dev")
    state, rows = project.states()["0002_huge"]["dev"], project.query("dev", "SELECT id FROM customers")
    if project.dialect != "mariadb":
        assert (result.code, state, rows) == (0, "applied", [(len(text),)]), result
        return
    assert (result.code, state, rows) == (4, "failed", []), result
    assert "bytes are more than the 16,777,216 of max_allowed_packet" in result.err
    assert tables(project) == ({"more"} if before else set())
    project.write("0002_huge", f"{before}INSERT INTO customers VALUES (length('{text[: HUGE // 2]}'));")
    if before:
        project.ok("resolve", "dev", "0002_huge", "--accept-edit", "--reason", "shorter")
    project.ok("promote", "dev")
    assert project.query("dev", "SELECT id FROM customers") == [(HUGE // 2,)]
