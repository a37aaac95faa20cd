"""Placeholders of every style, and what only looks like one."""

from __future__ import annotations

import logging
import re

import pytest
import sqlglot
from sqlglot import exp

from migrail import dialects
from migrail.sql.placeholders import readable

POSTGRES = [
    # styles
    ("SELECT $1,$2", "SELECT :p1, :p2"),
    ("INSERT INTO t VALUES ($1,$2),($3,$4)", "INSERT INTO t VALUES ( :p1, :p2),( :p3, :p4)"),
    ("SELECT a FROM t WHERE b=%s AND c = %b", "SELECT a FROM t WHERE b= :q1 AND c = :q2"),
    ("SELECT a FROM t WHERE b=%(id)s::int", "SELECT a FROM t WHERE b= :p_id::int"),
    ("SELECT a FROM t WHERE b=%(first name)s", "SELECT a FROM t WHERE b= :p_first_name"),
    ("SELECT :a FROM t WHERE b=:b::int AND c=:end", "SELECT :p_a FROM t WHERE b= :p_b::int AND c= :p_end"),
    ("SELECT :1, :'name'", "SELECT :p1, :p_name"),
    ("SELECT a FROM t WHERE b=@p AND c IN (@q,@r)", "SELECT a FROM t WHERE b= :p_p AND c IN ( :p_q, :p_r)"),
    ("SELECT a FROM t WHERE b=?and c>=? LIMIT ?", "SELECT a FROM t WHERE b= :q1 and c>= :q2 LIMIT :q3"),
    ("UPDATE t SET a=?,b=-? WHERE c BETWEEN ? AND ?", "UPDATE t SET a= :q1,b=- :q2 WHERE c BETWEEN :q3 AND :q4"),
    ("SELECT CASE WHEN ? THEN ? ELSE ? END", "SELECT CASE WHEN :q1 THEN :q2 ELSE :q3 END"),
    ("SELECT ?::int, f(?), now() - ?::interval", "SELECT :q1::int, f( :q2), now() - :q3::interval"),
    ("SELECT a FROM t WHERE a[$1]=$2 AND a[:i]=1", "SELECT a FROM t WHERE a[ :p1]= :p2 AND a[ :p_i]=1"),
    ("SELECT a FROM t WHERE b LIKE ? ESCAPE ?", "SELECT a FROM t WHERE b LIKE :q1 ESCAPE :q2"),
    ("SELECT sqlc.embed(t), a FROM t WHERE b=sqlc.arg('x')", "SELECT t.*, a FROM t WHERE b= :p_x"),
    ("SELECT a FROM t WHERE b = ANY(sqlc.slice(ids))", "SELECT a FROM t WHERE b = ANY( :p_ids)"),
    ("SELECT sqlc.a, sqlc.f(b) FROM sqlc", None),
    ("SELECT a FROM t WHERE b = $1 GROUP BY Lock", 'SELECT a FROM t WHERE b = :p1 GROUP BY "lock"'),
    ("LOCK TABLE t", None),
    # operators of PostgreSQL
    ("SELECT a FROM t WHERE j ? 'a' AND k=?", "SELECT a FROM t WHERE j ? 'a' AND k= :q1"),
    ("SELECT a FROM t WHERE j?'a' OR j ?| $1", "SELECT a FROM t WHERE j?'a' OR j ?| :p1"),
    ("SELECT a FROM t WHERE j ?& ? AND ?=a", "SELECT a FROM t WHERE j ?& :q1 AND :q2=a"),
    ("SELECT a FROM t WHERE j->? ? 'x'", "SELECT a FROM t WHERE j-> :q1 ? 'x'"),
    ("SELECT a FROM t WHERE j ?? 'a' AND j ??| ?", "SELECT a FROM t WHERE j ? 'a' AND j ?| :q1"),
    ("SELECT a FROM t WHERE t.values ? 'a' AND value ? 'b'", None),
    ("SELECT a FROM t WHERE j @? '$.a' AND f @@ to_tsquery('x')", None),
    ("SELECT a FROM t WHERE a <@b AND a@>b AND a <@ b", None),
    ("SELECT a FROM t WHERE a <@ @b AND a@> @b", "SELECT a FROM t WHERE a <@ :p_b AND a@> :p_b"),
    ("SELECT a || ? || b, ?||a FROM t", "SELECT a || :q1 || b, :q2||a FROM t"),
    ("SELECT a % 2, a%b, a %s FROM t", None),
    ("SELECT a %% 2 FROM t WHERE b = %s", "SELECT a % 2 FROM t WHERE b = :q1"),
    ("SELECT a::int, b :: text, (c)::date FROM t", None),
    ("SELECT a[1:2], a[:3], a[b:c], a[b:] FROM t", None),
    ("SELECT f(a := 1, b => :x)", "SELECT f(a := 1, b => :p_x)"),
    ("SELECT @ -5", None),
    # strings, names and comments
    ("SELECT ':a ? %s $1 @b', E'\\'?', \"a?b:c\"", None),
    ("SELECT $$ :a ? $$, $x$ $1 $x$", None),
    ("SELECT 1 -- :a ? 'it''s\n, /* $1 /* ? */ %s */ 2", None),
    ("SELECT a FROM t WHERE b LIKE 'a%%s'", None),
    # no SQL
    ("SELECT 'never ends ?", None),
    ("SELECT /* ? :a", None),
    ("?", " :q1"),
    ("%", None),
    ("%(", None),
    (": :: ::: @ $ $$x$$ %%%", ": :: ::: @ $ $$x$$ %%"),
    ("", None),
]

MYSQL = [
    (
        "SELECT a FROM t WHERE b=%s AND c=%(id)s LIMIT %s,%s",
        "SELECT a FROM t WHERE b= :q1 AND c= :p_id LIMIT :q2, :q3",
    ),
    ("INSERT INTO t VALUES (?,?)", "INSERT INTO t VALUES ( :q1, :q2)"),
    ("SELECT a FROM t LIMIT %s OFFSET %s", "SELECT a FROM t LIMIT :q1 OFFSET :q2"),
    ("SELECT a%2, a MOD %s FROM t", "SELECT a%2, a MOD :q1 FROM t"),
    ("SELECT @@global.x, @a := 3", None),
    ("SELECT a FROM t WHERE b = @p", "SELECT a FROM t WHERE b = :p_p"),
    ('SELECT "a ? b", `x?y`, ? # ? :x', 'SELECT "a ? b", `x?y`, :q1 # ? :x'),
    ("SELECT 'it\\'s ?', :x", "SELECT 'it\\'s ?', :p_x"),
]

SQLITE = [
    ("SELECT ?1, ?, :a, @b, $c", "SELECT :p1, :q1, :p_a, :p_b, :p_c"),
    ('SELECT [a?b], "c:d", `e?` FROM t WHERE x = ?', 'SELECT [a?b], "c:d", `e?` FROM t WHERE x = :q1'),
    ("SELECT a->>'$.x', a->? FROM t", "SELECT a->>'$.x', a-> :q1 FROM t"),
]

CASES = [
    *(("postgres", *case) for case in POSTGRES),
    *(("mysql", *case) for case in MYSQL),
    *(("mariadb", *case) for case in MYSQL),
    *(("sqlite", *case) for case in SQLITE),
]


@pytest.mark.parametrize(("dialect", "text", "expected"), CASES)
def test_what_is_a_placeholder(dialect: str, text: str, expected: str | None) -> None:
    found = readable(text, dialects.get(dialect))
    assert found == (text if expected is None else expected)
    assert found.count("\n") == text.count("\n")


@pytest.mark.parametrize(
    ("dialect", "text", "expected"),
    [case for case in CASES if case[2] and case[1].startswith(("SEL", "INS", "UPD"))],
)
def test_sqlglot_reads_them(dialect: str, text: str, expected: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "sqlglot")
    tree = sqlglot.parse_one(readable(text, dialects.get(dialect)), read=dialects.get(dialect).sqlglot)
    names = set(re.findall(r":(p_\w+|p\d+|q\d+)", expected))
    assert {found.name for found in tree.find_all(exp.Placeholder)} >= names
    assert not tree.find(exp.Command)


@pytest.mark.parametrize(
    "text",
    [
        "?" * 100_000,
        "$1," * 50_000,
        "%" * 100_000,
        ":" * 100_000,
        "%(a" * 50_000,
        "@" * 100_000,
        "(" * 100_000 + "?",
    ],
)
def test_long_texts_are_read_to_their_end(text: str) -> None:
    assert readable(text, dialects.get("postgres"))
