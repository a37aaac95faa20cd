"""Files whose bytes mislead on every server."""

from __future__ import annotations

from tests.support.project import Project

BAD = [
    ("a NUL byte", b"CREATE TABLE a (id int);\0 CREATE TABLE b (id int);", "NUL"),
    (
        "a byte order mark in the middle",
        b"CREATE TABLE a (id int);\xef\xbb\xbfCREATE TABLE b (id int);",
        "byte order",
    ),
    ("a zero-width space in a name", "CREATE TABLE a\u200bb (id int);".encode(), "200b"),
    ("Latin-1", "CREATE TABLE a (id int); SELECT 'ä';".encode("latin-1"), "not UTF-8"),
    ("UTF-16", "CREATE TABLE a (id int);".encode("utf-16"), "UTF-16"),
    ("GO", b"CREATE TABLE a (id int)\nGO\n", ""),
]
"""What each is, the file, and what is said about it."""


def assert_refused(project: Project, content: bytes, said: str) -> None:
    """A second migration of these bytes does not go up, and these words are among those that say so."""
    (project.root / "migrations" / "0002_bad.sql").write_bytes(content)
    result = project.run("promote", "dev")
    assert result.code != 0
    assert said.lower() in (result.out + result.err).lower()
