"""Captures as files: JSON and CSV, good and bad."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from migrail import dialects
from migrail.model.capture import Capture, CapturedQuery
from migrail.model.query import OriginKind
from migrail.queries import Found
from migrail.queries.capture import written
from migrail.queries.files import read, sources


def found(text: str, kind: str = "json", dialect: str = "postgres") -> Found:
    return read(sources()[f"capture-{kind}"], text.encode(), "prod.json", dialects.get(dialect))


def document(*queries: object, **head: object) -> str:
    return json.dumps({"schema": "migrail.queries/1", **head, "queries": list(queries)})


def test_what_is_written_is_read() -> None:
    now = datetime(2026, 11, 26, 12, tzinfo=UTC)
    queries = (
        CapturedQuery(text="SELECT 'é', \"q\"\nFROM t WHERE id = $1", calls=7, mean_ms=0.5, total_ms=3.5),
        CapturedQuery(text="DELETE FROM t", database="shop", first_seen=now, last_seen=now),
    )
    text = written(Capture(source="s", server="PostgreSQL 15", captured_at=now, since=now, queries=queries))
    answer = found(text)
    assert [query.text for query in answer.queries] == [query.text for query in queries]
    assert [(q.origin.kind, q.origin.line, q.origin.calls) for q in answer.queries] == [
        (OriginKind.CAPTURE, 3, 7),
        (OriginKind.CAPTURE, 4, None),
    ]
    assert json.loads(text)["captured_at"] == "2026-11-26T12:00:00Z"
    empty = written(Capture(source="s", server="x", captured_at=now, queries=()))
    assert found(empty) == Found()


@pytest.mark.parametrize(
    ("text", "queries", "unreadable"),
    [
        (document({"query": "SELECT 1;", "calls": 2}), ["SELECT 1"], []),
        (document({"query": "SELECT 1"}, {"query": "COMMIT"}, {"query": ""}), ["SELECT 1"], []),
        (document({"query": "CREATE TABLE t ()"}), [], ["CREATE changes the structure"]),
        (document({"query": "SELECT a, b FROM t WHERE c = ..."}), [], ["cut off by the server"]),
        (document({"query": 3}), [], ['"query" is missing or no text']),
        (document({"query": "SELECT 1"}, []), ["SELECT 1"], ['"query" is missing or no text']),
        (document({"query": "SELECT 1", "calls": "many", "more": [1]}), ["SELECT 1"], []),
        ("", [], ["not JSON"]),
        ("[" * 100_000, [], ["not JSON"]),
        ("{}", [], ["no capture of queries: it has no schema"]),
        ("[]", [], ["no capture of queries: it has no schema"]),
        ('{"schema": "migrail.queries/2", "queries": []}', [], ["its schema is 'migrail.queries/2'"]),
        ('{"schema": "migrail.queries/1"}', [], ['"queries" is no list']),
    ],
)
def test_json(text: str, queries: list[str], unreadable: list[str]) -> None:
    answer = found(text)
    assert [query.text for query in answer.queries] == queries
    assert len(answer.unreadable) == len(unreadable)
    for item, reason in zip(answer.unreadable, unreadable, strict=True):
        assert reason in item.reason


@pytest.mark.parametrize(
    ("text", "queries", "unreadable"),
    [
        ("query\nSELECT 1\n", [("SELECT 1", 2, None)], []),
        (
            'calls,Query\n5,"SELECT a,\n b FROM t"\n6,SELECT 2\n',
            [("SELECT a,\n b FROM t", 2, 5), ("SELECT 2", 4, 6)],
            [],
        ),
        (
            "userid,dbid,toplevel,queryid,query,calls,mean_exec_time\n10,5,t,-77,SELECT $1,3,0.5\n",
            [("SELECT $1", 2, 3)],
            [],
        ),
        ("query,calls\n\nSELECT 1,x\n", [("SELECT 1", 3, None)], []),
        ("", [], [(1, "names no column query")]),
        ("a,b\n1,2\n", [], [(1, "names no column query")]),
        ("query,calls\nSELECT 1,2\nSELECT a, b,3\nSELECT 2,1\n", [("SELECT 1", 2, 2)], [(3, "has 3 columns")]),
        ('query\n"SELECT 1\n', [], [(2, "not CSV")]),
    ],
)
def test_csv(text: str, queries: list[tuple[str, int, int | None]], unreadable: list[tuple[int, str]]) -> None:
    answer = found(text, "csv")
    assert [(query.text, query.origin.line, query.origin.calls) for query in answer.queries] == queries
    assert len(answer.unreadable) == len(unreadable)
    for item, (line, reason) in zip(answer.unreadable, unreadable, strict=True):
        assert (item.origin.line, reason in item.reason) == (line, True)


@pytest.mark.parametrize(
    ("digest", "text", "holes"),
    [
        ("SELECT `a` FROM `t` WHERE `b` = ?", "SELECT `a` FROM `t` WHERE `b` = ?", False),
        ("SELECT `a` FROM `t` WHERE `b` IN (...)", "SELECT `a` FROM `t` WHERE `b` IN (?)", False),
        ("INSERT INTO `t` (`a`, `b`) VALUES (...)", "INSERT INTO `t` (`a`, `b`) VALUES (:row_1, :row_2)", False),
        (
            "INSERT INTO `t` ( `a` , `b` ) VALUES (...) /* , ... */ ON DUPLICATE KEY UPDATE `a` = ?",
            "INSERT INTO `t` ( `a` , `b` ) VALUES (:row_1, :row_2)  ON DUPLICATE KEY UPDATE `a` = ?",
            False,
        ),
        ("INSERT INTO `t` VALUES (...)", "INSERT INTO `t` VALUES (?)", True),
        (
            "SELECT `a` , ?, ... FROM `t` WHERE COALESCE ( `a` , ?, ... )",
            "SELECT `a` , ? FROM `t` WHERE COALESCE ( `a` , ? )",
            True,
        ),
        ("SELECT ?, ...", "SELECT ?", True),
        ("SELECT `f` (...) FROM `t`", "SELECT `f` (?) FROM `t`", True),
    ],
)
def test_digests_of_mariadb(digest: str, text: str, holes: bool) -> None:
    (query,) = found(document({"query": digest}), dialect="mariadb").queries
    assert (query.text, query.holes) == (text, holes)
